"""Step 1: render the pictures and write their captions, deterministic from a seed.

A split is a folder of shards: ``pictures-00000.npy`` (uint8, n x 3 x side x side) beside ``captions-00000.jsonl`` with
one record a picture. A shard that stands is not rendered again.
"""

from __future__ import annotations

import io
import json
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

from studio.errors import FileError
from studio.training.configuration import DataConfig
from studio.training.grammar import (
    Combination,
    Description,
    caption,
    combinations,
    held_out,
    sample_description,
    taught,
)
from studio.training.scenery import draw
from studio.training.vocabulary import SCENE_NAMES, TIME_NAMES, WEATHER_NAMES

Split = Literal["train", "held-out", "judge"]
"""What the model learns from, the combinations kept from it, and what the judging classifier learns from: all."""

Pictures = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Sample:
    """What one rendered picture shows and how it may be asked for."""

    description: Description
    english: tuple[str, ...]
    chinese: tuple[str, ...]

    @property
    def labels(self) -> tuple[int, int, int]:
        """Indices of scene, time of day and weather in the vocabulary."""
        combination = self.description.combination
        return (
            SCENE_NAMES.index(combination.scene),
            TIME_NAMES.index(combination.time_of_day),
            WEATHER_NAMES.index(combination.weather),
        )


@dataclass(frozen=True)
class RenderedSplit:
    """All pictures of a split, uint8 (n, 3, side, side), with their samples."""

    pictures: Pictures
    samples: tuple[Sample, ...]

    def labels(self) -> npt.NDArray[np.int64]:
        """Labels of every picture, int64 (n, 3): scene, time of day, weather."""
        return np.array([sample.labels for sample in self.samples], dtype=np.int64)


def render(description: Description, side: int) -> Pictures:
    """Rasterise a description to uint8 RGB (3, side, side)."""
    png = resvg_py.svg_to_bytes(svg_string=draw(description), width=side, height=side, skip_system_fonts=True)
    picture = Image.open(io.BytesIO(bytes(png))).convert("RGB")
    return np.ascontiguousarray(np.asarray(picture).transpose(2, 0, 1))


def make_sample(config: DataConfig, split: Split, index: int) -> Sample:
    """Make the ``index``-th sample of a split. Equal arguments give equal samples."""
    rng = random.Random(f"{config.seed}/{split}/{index}")
    description = sample_description(rng, _choices(split))
    count = config.captions_per_language
    english = tuple(caption(description, rng, "en") for _ in range(count))
    chinese = tuple(caption(description, rng, "zh") for _ in range(count))
    return Sample(description, english, chinese)


def render_split(config: DataConfig, split: Split, folder: Path, *, processes: int = 2) -> None:
    """Render every missing shard of a split into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {"train": config.pictures, "held-out": config.held_out_pictures, "judge": config.judge_pictures}
    total = sizes[split]
    starts = [start for start in range(0, total, config.shard_size) if not _captions_path(folder, start).exists()]
    work = partial(_render_shard, config, split, folder, total)
    if processes <= 1 or len(starts) <= 1:
        for start in starts:
            work(start)
        return
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(work, starts))


def load_split(folder: Path) -> RenderedSplit:
    """Read all shards of a split, in order.

    Raises:
        FileError: if the folder holds no shard.
    """
    records = sorted(folder.glob("captions-*.jsonl"))
    if not records:
        raise FileError(f"There are no rendered pictures in {folder}.", "Run `shoreline train starter` first.")
    pictures = [
        np.load(path.with_name(path.name.replace("captions", "pictures")).with_suffix(".npy")) for path in records
    ]
    samples = [_read_sample(json.loads(line)) for path in records for line in path.read_text("utf-8").splitlines()]
    return RenderedSplit(np.concatenate(pictures), tuple(samples))


def prepare_split(config: DataConfig, split: Split, work: Path) -> RenderedSplit:
    """Render what is missing of a split under ``work`` and load it."""
    folder = work / "data" / split
    render_split(config, split, folder)
    return load_split(folder)


def _render_shard(config: DataConfig, split: Split, folder: Path, total: int, start: int) -> None:
    """Render one shard. The captions are written last: they say that the shard is whole."""
    samples = [make_sample(config, split, index) for index in range(start, min(total, start + config.shard_size))]
    pictures = np.stack([render(sample.description, config.resolution) for sample in samples])
    np.save(folder / f"pictures-{start:05d}.npy", pictures)
    lines = [json.dumps(asdict(sample), ensure_ascii=False) for sample in samples]
    partial_path = folder / f"captions-{start:05d}.partial"
    partial_path.write_text("\n".join(lines) + "\n", "utf-8")
    partial_path.replace(_captions_path(folder, start))


def _choices(split: Split) -> tuple[Combination, ...]:
    if split == "judge":
        return combinations()
    return taught() if split == "train" else tuple(sorted(held_out()))


def _captions_path(folder: Path, start: int) -> Path:
    return folder / f"captions-{start:05d}.jsonl"


def _read_sample(record: dict[str, Any]) -> Sample:
    described = record["description"]
    description = Description(Combination(**described["combination"]), tuple(described["details"]), described["seed"])
    return Sample(description, tuple(record["english"]), tuple(record["chinese"]))
