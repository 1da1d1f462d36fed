"""The scene grammar: what a picture shows, and what is held out of training.

A :class:`Description` is drawn from a seeded generator; :mod:`studio.training.scenes.scenery` turns it into a drawing
and :mod:`studio.training.scenes.captions` into English or Chinese. One combination of scene, time and weather in ten is
held out of training, and one pair of thing and colour in ten.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product
from typing import Any

from studio.training.scenes.vocabulary import COLOUR_NAMES, PLAIN, SCENES, THINGS, TIMES_OF_DAY, WEATHERS, Scene

HELD_OUT_SHARE = 0.1

TIMELESS = "timeless"
"""The time of day and the weather of scenes that know neither."""

Tinted = tuple[str, str]
"""A thing and its colour, by name."""

_SCENES = {scene.name: scene for scene in SCENES}

_TIME_WEIGHTS = {"sunrise": 1.0, "noon": 1.5, "sunset": 1.2, "night": 1.0}
_WEATHER_WEIGHTS = {"clear": 3.0, "clouds": 1.5, "rain": 1.0, "snow": 0.9, "fog": 1.0}
_SCENE_WEIGHTS = {"beach": 1.5, "night sky": 8.0, "underwater": 25.0, "space": 25.0, "room": 25.0, PLAIN: 120.0}
"""How often a scene is drawn, against one of 35; scenes of few combinations would be rare without it."""

_DETAIL_CHANCES = {"palm": 1.0, "umbrella": 0.55, "moon": 0.6, "pines": 0.55, "flowers": 0.5, "tree": 0.5}
_DETAILS_BESIDE_THING = 0.4
"""A thing in the picture leaves less room for the scene's own details: their chances shrink by this."""

SEVERAL = "several"
SELDOM = (SEVERAL, "cabin", "cactus", "moon")
"""What captions say seldom: several of a thing, and details that few pictures show."""
_THING_CHANCE = 0.65
_NATURAL_CHANCE = 0.12


@dataclass(frozen=True, order=True)
class Combination:
    """The part of a description that is held out or taught as a whole."""

    scene: str
    time_of_day: str
    weather: str


@dataclass(frozen=True)
class Subject:
    """The thing that stands in a scene.

    ``colour`` is empty for the drawing's own colours, ``size`` for one between small and big, ``place`` for anywhere.
    """

    thing: str
    colour: str = ""
    count: int = 1
    size: str = ""
    place: str = ""


@dataclass(frozen=True)
class Description:
    """What one picture shows. ``seed`` fixes everything the words leave open."""

    combination: Combination
    details: tuple[str, ...]
    seed: int
    subject: Subject | None = None


@dataclass(frozen=True)
class Choices:
    """What descriptions may be drawn from: combinations, and pairs of thing and colour."""

    combinations: tuple[Combination, ...]
    pairs: tuple[Tinted, ...]


def combinations() -> tuple[Combination, ...]:
    """All combinations the grammar can say, in a fixed order."""
    timed = (
        Combination(scene.name, time.name, weather.name)
        for scene, time, weather in product(SCENES, TIMES_OF_DAY, WEATHERS)
        if not scene.timeless and _is_sensible(scene, time.name, weather.name)
    )
    return (*timed, *(Combination(scene.name, TIMELESS, TIMELESS) for scene in SCENES if scene.timeless))


def pairs() -> tuple[Tinted, ...]:
    """Every thing in every colour, in a fixed order."""
    return tuple((thing.name, colour) for thing, colour in product(THINGS, COLOUR_NAMES))


def held_out(seed: int = 0) -> frozenset[Combination]:
    """The combinations never trained on. Noon in clear weather and clear beaches stay in: bare captions need them."""
    candidates = [c for c in combinations() if not _is_everyday(c)]
    return _sample(candidates, len(combinations()), seed)


def held_out_pairs(seed: int = 0) -> frozenset[Tinted]:
    """The pairs of thing and colour never trained on."""
    return _sample(list(pairs()), len(pairs()), seed)


def everything() -> Choices:
    """All that the grammar can say."""
    return Choices(combinations(), pairs())


def taught(seed: int = 0) -> Choices:
    """What is trained on."""
    hidden, hidden_pairs = held_out(seed), held_out_pairs(seed)
    return Choices(
        tuple(c for c in combinations() if c not in hidden), tuple(p for p in pairs() if p not in hidden_pairs)
    )


def hidden(seed: int = 0) -> Choices:
    """What is kept for evaluation. Its timeless scenes are taught ones: there a picture is new by its pair alone."""
    timeless = (c for c in combinations() if c.time_of_day == TIMELESS)
    return Choices((*sorted(held_out(seed)), *timeless), tuple(sorted(held_out_pairs(seed))))


def sample_description(rng: random.Random, choices: Choices, *, always_new: bool = False) -> Description:
    """Draw one description among ``choices``; everyday times and weathers come more often.

    With ``always_new`` a thing has one of the pairs' colours, never its own, and timeless scenes hold a thing.
    """
    combination = rng.choices(choices.combinations, weights=[_weight(c) for c in choices.combinations])[0]
    timeless = combination.time_of_day == TIMELESS
    with_thing = rng.random() < _THING_CHANCE or combination.scene == PLAIN or (always_new and timeless)
    subject = (
        _sample_subject(rng, choices.pairs, natural=0.0 if always_new else _NATURAL_CHANCE) if with_thing else None
    )
    share = _DETAILS_BESIDE_THING if subject else 1.0
    return Description(combination, _sample_details(rng, combination.scene, share), rng.getrandbits(32), subject)


def holds(description: Description, seldom: str) -> bool:
    """Whether it asks for this one of `SELDOM`."""
    if seldom == SEVERAL:
        return description.subject is not None and description.subject.count > 1
    return seldom in description.details


def _sample(candidates: list[Any], total: int, seed: int) -> frozenset[Any]:
    return frozenset(random.Random(seed).sample(candidates, round(HELD_OUT_SHARE * total)))


def _sample_subject(rng: random.Random, choices: tuple[Tinted, ...], *, natural: float) -> Subject:
    thing, colour = rng.choice(choices)
    return Subject(
        thing,
        "" if rng.random() < natural else colour,
        rng.choices((1, 2, 3), weights=(0.82, 0.11, 0.07))[0],
        rng.choices(("", "big", "small"), weights=(0.68, 0.17, 0.15))[0],
        rng.choices(("", "left", "middle", "right"), weights=(0.6, 0.14, 0.12, 0.14))[0],
    )


def _is_sensible(scene: Scene, time: str, weather: str) -> bool:
    if scene.only_night:
        return time == "night" and weather in ("clear", "clouds")
    return not (scene.name == "snow" and weather == "rain")


def _is_everyday(combination: Combination) -> bool:
    by_day = combination.time_of_day == "noon" and combination.weather == "clear"
    clear_beach = combination.scene == "beach" and combination.weather == "clear"
    return by_day or clear_beach or combination.scene == "night sky" or combination.time_of_day == TIMELESS


def _weight(combination: Combination) -> float:
    by_scene = _SCENE_WEIGHTS.get(combination.scene, 1.0)
    if combination.scene == "night sky" or combination.time_of_day == TIMELESS:
        return by_scene
    return by_scene * _TIME_WEIGHTS[combination.time_of_day] * _WEATHER_WEIGHTS[combination.weather]


def _sample_details(rng: random.Random, scene: str, share: float) -> tuple[str, ...]:
    return tuple(name for name in _SCENES[scene].details if rng.random() < share * _DETAIL_CHANCES.get(name, 0.35))
