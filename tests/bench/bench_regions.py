"""Two things of two colours, each in its half, on the model that ships: how often both are there and right."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.api import DenoiseJob
from studio.document import Pixels
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.generation import CancelToken
from studio.generation.conditioning import Conditioning, RegionPart
from studio.paths import default_paths
from studio.training.measuring.silhouettes import Outline, nearest_thing, outline, things_by_outline
from studio.training.scenes.vocabulary import COLOURS
from tests.bench.measurement import Measurement
from tests.engine.tiny_model import scheduler_specs

SIDE: Final = 256
PICTURES: Final = 24
_FEWEST_PIXELS: Final = 600
"""An outline with fewer pixels is no thing: those of the model have some 5,000 at this size."""
_SHADES: Final = {colour.name: tuple(bytes.fromhex(colour.shade[1:])) for colour in COLOURS}


def run() -> list[Measurement]:
    model = default_paths().starter_model
    found = rates(model, PICTURES, PAIRS[0])
    return [
        Measurement(name=f"regions: {what}", value=100 * share, unit="%", goal=90.0, note=f"{PICTURES} pictures")
        for what, share in found.items()
    ]


PAIRS: Final = ((("cat", "red"), ("car", "blue")), (("fish", "yellow"), ("apple", "green")))
"""What is asked for at the left and at the right."""


def rates(model: Path, count: int, pair: tuple[tuple[str, str], tuple[str, str]]) -> dict[str, float]:
    """How often both halves have their colour, and how often the thing in them is told by its outline too."""
    known = things_by_outline()
    halves = [(picture[:, : SIDE // 2], picture[:, SIDE // 2 :]) for picture in drawn(model, count, pair)]
    colours = [all(colour_of(half) == colour for half, (_, colour) in zip(both, pair, strict=True)) for both in halves]
    things = [
        all(thing_of(half, known) == thing for half, (thing, _) in zip(both, pair, strict=True)) for both in halves
    ]
    right = [one and other for one, other in zip(colours, things, strict=True)]
    return {"colours in their halves": sum(colours) / count, "colours and things": sum(right) / count}


def drawn(model: Path, count: int, pair: tuple[tuple[str, str], tuple[str, str]]) -> tuple[Pixels, ...]:
    """Pictures of two things, uint8 (side, side, 3), in few steps."""
    left = np.zeros((SIDE, SIDE), np.float32)
    left[:, : SIDE // 2] = 1.0
    parts = tuple(
        RegionPart(name=place, mask=mask, prompt=f"a {colour} {thing} on the {place}")
        for place, mask, (thing, colour) in zip(("left", "right"), (left, 1.0 - left), pair, strict=True)
    )
    with tempfile.TemporaryDirectory() as cache:
        library = ModelLibrary([model.parent])
        engine = DiffusionEngine(library, "cpu", Path(cache), scheduler_specs(), previews=lambda: "off")
        job = DenoiseJob(
            prompt="", negative_prompt="", seed=1000, steps=4, guidance_scale=1.0, scheduler="ddim",
            model=f"{model.name}/few_steps", width=SIDE, height=SIDE, count=count,
            conditioning=Conditioning(regions=parts),
        )  # fmt: skip
        pictures = engine.bound(lambda _progress: None, CancelToken()).denoise(job)
        engine.close()
    return pictures


def colour_of(half: Pixels) -> str:
    """The name of the colour that most of what stands in a half is nearest to; "" where nothing stands there."""
    shape = outline(np.moveaxis(half, 2, 0))
    if shape.sum() < _FEWEST_PIXELS:
        return ""
    pixels = half[shape].astype(np.float32)
    names = list(_SHADES)
    shades = np.array([_SHADES[name] for name in names], np.float32)
    nearest = np.linalg.norm(pixels[:, None] - shades[None], axis=2).argmin(axis=1)
    return names[int(np.bincount(nearest, minlength=len(names)).argmax())]


def thing_of(half: Pixels, known: dict[str, Outline]) -> str:
    """The name of the thing whose outline is nearest; "" where nothing stands."""
    shape: NDArray[np.bool_] = outline(np.moveaxis(half, 2, 0))
    return nearest_thing(shape, known) if shape.sum() >= _FEWEST_PIXELS else ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=default_paths().starter_model)
    parser.add_argument("--count", type=int, default=PICTURES)
    options = parser.parse_args()
    for asked in PAIRS:
        print(
            asked, {name: f"{100 * share:.0f} %" for name, share in rates(options.model, options.count, asked).items()}
        )
