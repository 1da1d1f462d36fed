"""Step 4: what a person looks at first: the shapes of things, their number and place, and whether scenes are whole.

Everything is drawn from words that were taught, and measured on outlines by
:mod:`studio.training.measuring.silhouettes`. Beside every figure stand its ceiling, renders through the autoencoder,
and its floor, the same pictures held against the answers of others.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from studio.training.configuration import EvaluationConfig
from studio.training.measuring.evaluation import derangement
from studio.training.measuring.silhouettes import Outline, likeness, nearest_thing, outline, parts, things_by_outline
from studio.training.measuring.wholeness import KINDS, Kind, is_whole, usual_area
from studio.training.networks.autoencoder import round_trip, to_float
from studio.training.networks.grids import save_grid, to_bytes
from studio.training.networks.libraries import Pipeline
from studio.training.networks.sampling import draw_pictures
from studio.training.scenes.captions import article
from studio.training.scenes.data import Pictures, render
from studio.training.scenes.grammar import TIMELESS, Combination, Description, Subject, taught
from studio.training.scenes.vocabulary import COLOURS, COUNTS_EN, COUNTS_ZH, PLACES, PLAIN, SCENES, THINGS

_SIDES = (0.39, 0.61)
"""Where the left third of a picture ends for the middle of a thing, and the right one begins."""

_ALONE = Combination(PLAIN, TIMELESS, TIMELESS)
_COLOURS = {colour.name: colour for colour in COLOURS}
_THINGS = {thing.name: thing for thing in THINGS}


@dataclass(frozen=True)
class Drawn:
    """Descriptions with pictures of them, uint8 (n, 3, side, side): drawn ones, and renders through the autoencoder."""

    descriptions: tuple[Description, ...]
    pictures: Pictures
    ceiling: Pictures


Draw = Callable[[Sequence[str]], Tensor]
"""Draws prompts: float (n, 3, side, side) in [-1, 1]."""


def evaluate_looks(config: EvaluationConfig, pipeline: Pipeline, sheets: Path) -> dict[str, Any]:
    """Draw things alone, counts, places and whole things; returns their rows, and writes the sheets to be looked at.

    ``things.png`` shows ``sheet_seeds`` pictures of every thing, three things a row; ``scenes.png`` those of scenes.
    """

    def draw(prompts: Sequence[str]) -> Tensor:
        return draw_pictures(
            pipeline, prompts, seed=3000, steps=config.inference_steps, guidance_scale=config.guidance_scale
        )

    side = pipeline.unet.config.sample_size * 8
    things = _drawn(pipeline, draw, *things_alone(config.sheet_seeds), side)
    save_grid(to_float(things.pictures), sheets / "things.png", columns=3 * config.sheet_seeds)
    save_grid(draw(scene_prompts(config.sheet_seeds)), sheets / "scenes.png", columns=3 * config.sheet_seeds)
    known = things_by_outline()
    return {
        "things": rows(things, lambda drawn: shape_row(drawn, known)),
        "count": rows(_drawn(pipeline, draw, *counted_things(config.counted), side), count_row),
        "place": rows(_drawn(pipeline, draw, *placed_things(config.counted), side), place_row),
        "wholeness": _wholeness(pipeline, draw, config.whole_pictures, side),
    }


def things_alone(seeds: int) -> tuple[tuple[Description, ...], tuple[str, ...]]:
    """Every thing ``seeds`` times, in taught colours, and prompts for it: stickers in English and in Chinese."""
    described, prompts = [], []
    for index, thing in enumerate(thing for thing in THINGS for _ in range(seeds)):
        colour = _taught_colour(thing.name, index)
        described.append(Description(_ALONE, (), index, Subject(thing.name, colour)))
        prompts.append(
            f"a sticker of {article(colour)} {colour} {thing.name}"
            if index % 2 == 0
            else f"{_COLOURS[colour].words_zh[0]}{thing.nouns_zh[0]}贴纸"
        )
    return tuple(described), tuple(prompts)


def counted_things(count: int) -> tuple[tuple[Description, ...], tuple[str, ...]]:
    """One to three of a thing, and prompts that say how many."""
    described, prompts = [], []
    for index in range(count):
        thing = _any_thing(index)
        number, colour = 1 + index % 3, _taught_colour(thing, index)
        described.append(Description(_ALONE, (), index, Subject(thing, colour, number)))
        noun = _THINGS[thing].plurals_en[0] if number > 1 else thing
        english = f"{COUNTS_EN[number - 1]} {colour} {noun}"
        chinese = (
            f"{COUNTS_ZH[number - 1]}{_THINGS[thing].measure_zh}"
            f"{_COLOURS[colour].words_zh[0]}{_THINGS[thing].nouns_zh[0]}"
        )
        prompts.append(english if index % 2 == 0 else chinese)
    return tuple(described), tuple(prompts)


def placed_things(count: int) -> tuple[tuple[Description, ...], tuple[str, ...]]:
    """A thing on the left, in the middle or on the right, and prompts that say where."""
    described, prompts = [], []
    for index in range(count):
        thing, place = _any_thing(index + count), tuple(PLACES)[index % len(PLACES)]
        colour = _taught_colour(thing, index)
        described.append(Description(_ALONE, (), index, Subject(thing, colour, place=place)))
        english, chinese = PLACES[place]
        prompts.append(
            f"an icon of {article(colour)} {colour} {thing} {english[0]}"
            if index % 2 == 0
            else f"{chinese[0]}的{_COLOURS[colour].words_zh[0]}{_THINGS[thing].nouns_zh[0]}图标"
        )
    return tuple(described), tuple(prompts)


def scene_prompts(seeds: int) -> tuple[str, ...]:
    """Every scene ``seeds`` times at noon, sunset, night and in the rain in turn, or by its name alone."""
    forms = ("{en}", "日落时的{zh}", "{en} at night", "雨中的{zh}")
    prompts = []
    for scene in SCENES:
        known = ("{en}", "{zh}") if scene.timeless or scene.only_night else forms
        for index in range(seeds):
            prompts.append(known[index % len(known)].format(en=scene.nouns_en[0], zh=scene.nouns_zh[0]))
    return tuple(prompts)


def rows(drawn: Drawn, measure: Callable[[Drawn], dict[str, float]]) -> dict[str, Any]:
    """What is measured of drawn pictures, of their ceiling, and of answers held against one another's pictures."""
    order = derangement(len(drawn.descriptions))
    shuffled = tuple(drawn.descriptions[index] for index in order.tolist())
    return {
        "pictures": len(drawn.descriptions),
        **measure(drawn),
        "ceiling": measure(Drawn(drawn.descriptions, drawn.ceiling, drawn.ceiling)),
        "floor": measure(Drawn(shuffled, drawn.pictures, drawn.ceiling)),
    }


def shape_row(drawn: Drawn, known: dict[str, Outline]) -> dict[str, float]:
    """Median likeness to the render's outline, share whose nearest outline is the right one, share in one piece."""
    shapes = [outline(picture) for picture in drawn.pictures]
    names = [_subject(description).thing for description in drawn.descriptions]
    named = [nearest_thing(shape, known) == name for shape, name in zip(shapes, names, strict=True)]
    alike = [likeness(shape, known[name]) for shape, name in zip(shapes, names, strict=True)]
    whole = [len(parts(shape)) == 1 for shape in shapes]
    return {"likeness": round(float(np.median(alike)), 4), "named": _share(named), "whole": _share(whole)}


def count_row(drawn: Drawn) -> dict[str, float]:
    """Share of pictures with as many parts as things were asked for."""
    numbers = [len(parts(outline(picture))) for picture in drawn.pictures]
    wanted = [_subject(description).count for description in drawn.descriptions]
    return {"right": _share([number == want for number, want in zip(numbers, wanted, strict=True)])}


def place_row(drawn: Drawn) -> dict[str, float]:
    """Share of pictures whose thing stands in the third that was asked for."""
    places = [_place(outline(picture)) for picture in drawn.pictures]
    wanted = [_subject(description).place for description in drawn.descriptions]
    return {"right": _share([place == want for place, want in zip(places, wanted, strict=True)])}


def _wholeness(pipeline: Pipeline, draw: Draw, count: int, side: int) -> dict[str, Any]:
    result: dict[str, Any] = {"pictures": count * len(KINDS), "ceiling": {}, "floor": {}}
    pictures: dict[str, Pictures] = {}
    usual = {kind.name: usual_area(kind, side) for kind in KINDS}
    for kind in KINDS:
        prompts = tuple(kind.english if index % 2 == 0 else kind.chinese for index in range(count))
        descriptions = tuple(kind.description(index) for index in range(count))
        drawn = _drawn(pipeline, draw, descriptions, prompts, side)
        pictures[kind.name] = drawn.pictures
        result[kind.name] = _whole_share(kind, drawn.pictures, usual[kind.name])
        result["ceiling"][kind.name] = _whole_share(kind, drawn.ceiling, usual[kind.name])
    for kind, other in zip(KINDS, (*KINDS[1:], KINDS[0]), strict=True):
        result["floor"][kind.name] = _whole_share(kind, pictures[other.name], usual[kind.name])
    return result


def _whole_share(kind: Kind, pictures: Pictures, usual: float) -> float:
    return _share([is_whole(kind, picture, usual) for picture in pictures])


@torch.no_grad()
def _drawn(
    pipeline: Pipeline, draw: Draw, descriptions: tuple[Description, ...], prompts: tuple[str, ...], side: int
) -> Drawn:
    renders = to_float(np.stack([render(description, side) for description in descriptions]))
    returned = round_trip(pipeline.vae, renders.to(pipeline.device)).cpu()
    return Drawn(descriptions, to_bytes(draw(prompts)), to_bytes(returned))


def _place(shape: Outline) -> str:
    found = parts(shape)
    if not found:
        return ""
    across = found[0].middle[0]
    return "left" if across < _SIDES[0] else "right" if across > _SIDES[1] else "middle"


def _subject(description: Description) -> Subject:
    assert description.subject is not None
    return description.subject


def _any_thing(index: int) -> str:
    return random.Random(f"thing/{index}").choice(THINGS).name


def _taught_colour(thing: str, index: int) -> str:
    colours = [colour for name, colour in taught().pairs if name == thing]
    return random.Random(f"colour/{thing}/{index}").choice(colours)


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / max(1, len(right)), 4)
