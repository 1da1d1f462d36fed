"""Two things of two colours, each in its half, on the model that ships: how often both are there and right."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.api import DenoiseJob
from studio.cli.measured import app_preprocess
from studio.document import Pixels
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.generation import CancelToken
from studio.generation.conditioning import Conditioning, Control, RegionPart
from studio.paths import default_paths
from studio.training.measuring.edges import agreement
from studio.training.measuring.silhouettes import Outline, nearest_thing, outline, things_by_outline
from studio.training.scenes.data import render
from studio.training.scenes.grammar import TIMELESS, Combination, Description, Subject
from studio.training.scenes.lines import Lines, Preprocess
from studio.training.scenes.vocabulary import COLOURS, PLAIN
from tests.bench.measurement import Measurement
from tests.engine.bundled_influences import bundled_influences
from tests.engine.tiny_model import scheduler_specs

SIDE: Final = 256
PICTURES: Final = 3
"""Of each pair."""
_FEWEST_PIXELS: Final = 600
"""An outline with fewer pixels is no thing: those of the model have some 5,000 at this size."""
_SHADES: Final = {colour.name: tuple(bytes.fromhex(colour.shade[1:])) for colour in COLOURS}


Pair: TypeAlias = tuple[tuple[str, str], tuple[str, str]]
"""The thing and its colour at the left, and those at the right."""

TUNED: Final[tuple[Pair, ...]] = (
    (("cat", "red"), ("car", "blue")),
    (("mushroom", "red"), ("teapot", "blue")),
    (("rocket", "blue"), ("heart", "pink")),
    (("bird", "orange"), ("castle", "purple")),
    (("tulip", "pink"), ("robot", "green")),
    (("elephant", "purple"), ("bus", "yellow")),
)
"""What was looked at while the way in which regions are drawn was chosen, from seed 1000 on."""
MEASURED: Final[tuple[Pair, ...]] = (
    (("dog", "orange"), ("balloon", "red")),
    (("rabbit", "pink"), ("crown", "yellow")),
    (("turtle", "green"), ("gift", "red")),
    (("octopus", "purple"), ("hat", "blue")),
    (("butterfly", "orange"), ("shield", "blue")),
    (("ghost", "purple"), ("gem", "green")),
    (("guitar", "green"), ("chair", "blue")),
    (("lantern", "yellow"), ("anchor", "blue")),
    (("fish", "yellow"), ("apple", "green")),
    (("apple", "red"), ("fish", "blue")),
)
"""Things that were not looked at then, and other seeds. White and black are left out: outlines are found by
colour. Of each pair a render is told right; that of an orange guitar is told to be red."""


def run() -> list[Measurement]:
    rate = rates(Drawing(default_paths().starter_model), MEASURED, PICTURES)
    note = f"{PICTURES} pictures of each of {len(MEASURED)} pairs"
    return [
        Measurement(name=f"regions: {what}", value=100 * share, unit="%", goal=90.0, note=note)
        for what, share in rate.shares().items()
    ]


@dataclass(frozen=True)
class Drawing:
    """How pictures are drawn: by which model, from which seed on, in 20 steps or in few, and whether after lines too.

    The lines are Canny edges of renders of both things, each somewhere in its half.
    """

    model: Path
    seed: int = 2000
    is_full: bool = False
    after_lines: bool = False


@dataclass(frozen=True)
class Rate:
    """How many of ``count`` pictures have the ``colours`` in their halves, and in how many the things are right too.

    ``edges`` is the sum of their F-scores against the lines of the wanted pictures.
    """

    count: int = 0
    colours: int = 0
    things: int = 0
    edges: float = 0.0

    def __add__(self, other: Rate) -> Rate:
        return Rate(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        edges = self.edges / max(1, self.count)
        found = f"colours in their halves {self.colours}, colours and things {self.things} of {self.count}"
        return f"{found}; edges {edges:.3f}"

    def shares(self) -> dict[str, float]:
        count = max(1, self.count)
        return {"colours in their halves": self.colours / count, "colours and things": self.things / count}


def rates(drawing: Drawing, pairs: Sequence[Pair], count: int, told: Callable[[str], object] = lambda _: None) -> Rate:
    """How often both halves have their colour, and how often the thing in them is told by its outline too."""
    known, total = things_by_outline(), Rate()
    for pair, pictures in drawn(drawing, pairs, count):
        lines = canny(wanted(pair))
        rate = sum((_judged(picture, pair, known, lines) for picture in pictures), Rate())
        told(f"{pair}: {rate}")
        total += rate
    return total


def drawn(drawing: Drawing, pairs: Sequence[Pair], count: int) -> Iterator[tuple[Pair, tuple[Pixels, ...]]]:
    """Pictures of two things, uint8 (side, side, 3), for each pair."""
    model = drawing.model
    how: dict[str, Any] = {"steps": 4, "guidance_scale": 1.0, "model": f"{model.name}/few_steps"}
    if drawing.is_full:
        how = {"steps": 20, "guidance_scale": 5.0, "model": model.name}
    with tempfile.TemporaryDirectory() as cache:
        # Other number formats and numbers of threads draw other pictures: they are not left to the machine.
        library = ModelLibrary([model.parent])
        engine = DiffusionEngine(
            library, "cpu", Path(cache), scheduler_specs(), previews=lambda: "off",
            precision="float32", torch_threads=1, influences=bundled_influences(),
        )  # fmt: skip
        for pair in pairs:
            job = DenoiseJob(
                prompt="", negative_prompt="", seed=drawing.seed, scheduler="ddim", width=SIDE, height=SIDE,
                count=count, conditioning=_conditioning(pair, after_lines=drawing.after_lines), **how,
            )  # fmt: skip
            yield pair, engine.bound(lambda _progress: None, CancelToken()).denoise(job)
        engine.close()


def _conditioning(pair: Pair, *, after_lines: bool) -> Conditioning:
    lines = np.repeat(canny(wanted(pair))[..., None], 3, axis=2)
    controls = (Control(name="Canny", modes=("canny",), picture=lines),) if after_lines else ()
    return Conditioning(regions=_halves(pair), controls=controls)


def wanted(pair: Pair) -> Pixels:
    """A picture of both things, rendered, not at the same height: uint8 (side, side, 3)."""
    picture = np.full((SIDE, SIDE, 3), 255, np.uint8)
    half = SIDE // 2
    for place, (thing, colour) in enumerate(pair):
        alone = Description(Combination(PLAIN, TIMELESS, TIMELESS), (), 0, Subject(thing, colour, size="big"))
        top = (place + 1) * SIDE // 6 - SIDE // 8
        picture[top : top + half, place * half : (place + 1) * half] = np.moveaxis(render(alone, half), 0, 2)
    return picture


@cache
def _preprocess() -> Preprocess:
    return app_preprocess()


def canny(picture: Pixels) -> Lines:
    """The edges of a picture as the preprocessor that ships finds them, uint8 (h, w)."""
    return _preprocess()("guide_canny", picture, {})


def _halves(pair: Pair) -> tuple[RegionPart, ...]:
    left = np.zeros((SIDE, SIDE), np.float32)
    left[:, : SIDE // 2] = 1.0
    return tuple(
        RegionPart(name=place, mask=mask, prompt=f"a {colour} {thing} on the {place}")
        for place, mask, (thing, colour) in zip(("left", "right"), (left, 1.0 - left), pair, strict=True)
    )


def _judged(picture: Pixels, pair: Pair, known: dict[str, Outline], lines: Lines) -> Rate:
    halves = tuple(zip((picture[:, : SIDE // 2], picture[:, SIDE // 2 :]), pair, strict=True))
    has_colours = all(colour_of(half) == colour for half, (_, colour) in halves)
    has_things = has_colours and all(thing_of(half, known) == thing for half, (thing, _) in halves)
    return Rate(1, int(has_colours), int(has_things), agreement(canny(picture), lines).f_score)


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
    parser.add_argument("--count", type=int, default=PICTURES, help="pictures of each pair")
    parser.add_argument("--seed", type=int, default=2000)
    parser.add_argument("--tuned", action="store_true", help="the pairs that were looked at, not the others")
    parser.add_argument("--full", action="store_true", help="20 steps in place of 4")
    parser.add_argument("--lines", action="store_true", help="draw after edges of both things too")
    options = parser.parse_args()
    chosen = Drawing(options.model, options.seed, options.full, options.lines)
    print("all:", rates(chosen, TUNED if options.tuned else MEASURED, options.count, print))
