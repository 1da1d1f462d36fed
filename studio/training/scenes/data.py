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
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image

from studio.errors import FileError
from studio.paths import default_paths
from studio.training.configuration import DataConfig
from studio.training.scenes.captions import caption
from studio.training.scenes.grammar import (
    SELDOM,
    TIMELESS,
    Choices,
    Combination,
    Description,
    Subject,
    everything,
    hidden,
    holds,
    sample_description,
    taught,
)
from studio.training.scenes.icons import ICONS_FILE, Icons
from studio.training.scenes.rasterise import rasterise
from studio.training.scenes.scenery import draw
from studio.training.scenes.vocabulary import (
    COLOUR_NAMES,
    PLACES,
    SCENE_NAMES,
    SIZES,
    THING_NAMES,
    TIME_NAMES,
    WEATHER_NAMES,
)

Split = Literal["train", "held-out", "judge"]
"""What the model learns from, the combinations kept from it, and what the judging classifier learns from: all."""

Pictures = npt.NDArray[np.uint8]

QUESTIONS: dict[str, tuple[str, ...]] = {
    "scene": SCENE_NAMES,
    "time_of_day": TIME_NAMES,
    "weather": WEATHER_NAMES,
    "object": THING_NAMES,
    "colour": COLOUR_NAMES,
}
"""What can be asked of a picture, and the answers there are."""

TOLD: dict[str, tuple[str, ...]] = {
    "count": ("1", "2", "3"),
    "size": ("", *SIZES),
    "place": ("", *PLACES),
}
"""What a caption tells of a thing beside that, and the answers there are; nothing where it says nothing."""

NO_ANSWER = -100
"""The label of a question that a picture does not answer; cross entropy leaves it out."""


@dataclass(frozen=True)
class Sample:
    """What one rendered picture shows and how it may be asked for."""

    description: Description
    english: tuple[str, ...]
    chinese: tuple[str, ...]

    @property
    def labels(self) -> tuple[int, ...]:
        """Index of the answer to each of ``QUESTIONS``, or ``NO_ANSWER``."""
        combination, subject = self.description.combination, self.description.subject
        said = (
            combination.scene,
            combination.time_of_day,
            combination.weather,
            subject.thing if subject else "",
            subject.colour if subject else "",
        )
        return tuple(
            NO_ANSWER if answer in ("", TIMELESS) else answers.index(answer)
            for answer, answers in zip(said, QUESTIONS.values(), strict=True)
        )

    @property
    def told(self) -> tuple[int, ...]:
        """Index of the answer to each of ``TOLD``, or ``NO_ANSWER`` where there is no thing."""
        subject = self.description.subject
        if subject is None:
            return (NO_ANSWER,) * len(TOLD)
        said = (str(subject.count), subject.size, subject.place)
        return tuple(answers.index(answer) for answer, answers in zip(said, TOLD.values(), strict=True))


@dataclass(frozen=True)
class RenderedSplit:
    """All pictures of a split, uint8 (n, 3, side, side), with their samples."""

    pictures: Pictures
    samples: tuple[Sample, ...]

    def labels(self) -> npt.NDArray[np.int64]:
        """Labels of every picture, int64 (n, 5), in the order of ``QUESTIONS``."""
        return np.array([sample.labels for sample in self.samples], dtype=np.int64)

    def told(self) -> npt.NDArray[np.int64]:
        """What is told of every picture's thing, int64 (n, 3), in the order of ``TOLD``."""
        return np.array([sample.told for sample in self.samples], dtype=np.int64)


def render(description: Description, side: int, icons: Icons | None = None) -> Pictures:
    """Rasterise a description to uint8 RGB (3, side, side), with the icons that ship unless others are given."""
    png = rasterise(draw(description, icons or _shipped_icons()), side)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return np.ascontiguousarray(np.asarray(picture).transpose(2, 0, 1))


@cache
def _shipped_icons() -> Icons:
    return Icons.load(default_paths().resources / ICONS_FILE)


def make_sample(config: DataConfig, split: Split, index: int) -> Sample:
    """Make the ``index``-th sample of a split. Equal arguments give equal samples."""
    rng = random.Random(f"{config.seed}/{split}/{index}")
    description = _description(config, split, rng)
    count = config.captions_per_language
    english = tuple(caption(description, rng, "en") for _ in range(count))
    chinese = tuple(caption(description, rng, "zh") for _ in range(count))
    return Sample(description, english, chinese)


def _description(config: DataConfig, split: Split, rng: random.Random) -> Description:
    choices, held_out = _choices(split), split == "held-out"
    asks_for_seldom = split == "train" and config.seldom_share > 0.0 and rng.random() < config.seldom_share
    seldom = rng.choice(SELDOM) if asks_for_seldom else None
    description = sample_description(rng, choices, always_new=held_out)
    while seldom is not None and not holds(description, seldom):
        description = sample_description(rng, choices, always_new=held_out)
    return description


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


def load_split(folder: Path, *, at_most: int | None = None) -> RenderedSplit:
    """Read all shards of a split, in order, or as many as hold the first ``at_most`` pictures.

    Raises:
        FileError: if the folder holds no shard.
    """
    records = sorted(folder.glob("captions-*.jsonl"))
    if not records:
        raise FileError(f"There are no rendered pictures in {folder}.", "Run `shoreline train starter` first.")
    shards: list[RenderedSplit] = []
    for path in records:
        if at_most is None or sum(len(shard.samples) for shard in shards) < at_most:
            shards.append(_read_shard(path))
    return RenderedSplit(
        np.concatenate([shard.pictures for shard in shards]),
        tuple(sample for shard in shards for sample in shard.samples),
    )


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


def _choices(split: Split) -> Choices:
    return {"train": taught, "held-out": hidden, "judge": everything}[split]()


def _captions_path(folder: Path, start: int) -> Path:
    return folder / f"captions-{start:05d}.jsonl"


def _read_shard(captions: Path) -> RenderedSplit:
    """Map one shard into memory; its pictures are read when they are used."""
    pictures = captions.with_name(captions.name.replace("captions", "pictures")).with_suffix(".npy")
    try:
        samples = tuple(_read_sample(json.loads(line)) for line in captions.read_text("utf-8-sig").splitlines())
        mapped = np.load(pictures, mmap_mode="r")
        if mapped.dtype != np.uint8 or mapped.ndim != 4 or len(mapped) != len(samples):
            raise ValueError(f"{len(samples)} captions, but pictures of shape {mapped.shape}")
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise FileError(
            f"The shard {pictures} is damaged: {error}.",
            f"Delete {captions.name} beside it, and run the command again: it is rendered anew.",
        ) from error
    return RenderedSplit(mapped, samples)


def _read_sample(record: dict[str, Any]) -> Sample:
    described = record["description"]
    subject = Subject(**described["subject"]) if described["subject"] else None
    description = Description(
        Combination(**described["combination"]), tuple(described["details"]), described["seed"], subject
    )
    return Sample(description, tuple(record["english"]), tuple(record["chinese"]))
