"""The scene grammar: what a picture shows, and the sentences that say so.

A :class:`Description` is drawn from a seeded generator; :mod:`studio.training.scenery` turns it into a drawing and
:func:`caption` into English or Chinese. One combination of scene, time and weather in ten is held out of training.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product

from studio.training.vocabulary import (
    ADJECTIVES_EN,
    ADJECTIVES_ZH,
    DETAILS,
    MEDIA_EN,
    MEDIA_ZH,
    PRAISE_EN,
    PRAISE_ZH,
    SCENES,
    TIMES_OF_DAY,
    WEATHERS,
    Detail,
    Language,
    Mood,
    Scene,
)

HELD_OUT_SHARE = 0.1

_SCENES = {scene.name: scene for scene in SCENES}
_TIMES = {mood.name: mood for mood in TIMES_OF_DAY}
_WEATHERS = {mood.name: mood for mood in WEATHERS}
_DETAILS = {detail.name: detail for detail in DETAILS}

_TIME_WEIGHTS = {"sunrise": 1.0, "noon": 1.5, "sunset": 1.2, "night": 1.0}
_WEATHER_WEIGHTS = {"clear": 3.0, "clouds": 1.5, "rain": 1.0, "snow": 0.9, "fog": 1.0}
_SCENE_WEIGHTS = {"beach": 1.5, "night sky": 0.7}

_TIME_UNSAID = {"sunrise": 0.15, "noon": 0.6, "sunset": 0.15, "night": 0.04}
"""How often a caption leaves out the time of day: a bare "a beach" is then mostly a beach by day."""

_DETAIL_CHANCES = {"palm": 0.85, "umbrella": 0.55, "moon": 0.6, "pines": 0.55, "flowers": 0.5, "tree": 0.5}

_WEATHER_UNSAID = {"clear": 0.85, "clouds": 0.3, "rain": 0.03, "snow": 0.03, "fog": 0.03}


@dataclass(frozen=True, order=True)
class Combination:
    """The part of a description that is held out or taught as a whole."""

    scene: str
    time_of_day: str
    weather: str


@dataclass(frozen=True)
class Description:
    """What one picture shows. ``seed`` fixes everything the words leave open."""

    combination: Combination
    details: tuple[str, ...]
    seed: int


def combinations() -> tuple[Combination, ...]:
    """All combinations the grammar can say, in a fixed order."""
    return tuple(
        Combination(scene.name, time.name, weather.name)
        for scene, time, weather in product(SCENES, TIMES_OF_DAY, WEATHERS)
        if _is_sensible(scene, time.name, weather.name)
    )


def held_out(seed: int = 0) -> frozenset[Combination]:
    """The combinations never trained on. Noon in clear weather and clear beaches stay in: bare captions need them."""
    candidates = [c for c in combinations() if not _is_everyday(c)]
    count = round(HELD_OUT_SHARE * len(combinations()))
    return frozenset(random.Random(seed).sample(candidates, count))


def taught(seed: int = 0) -> tuple[Combination, ...]:
    """The combinations trained on, in a fixed order."""
    hidden = held_out(seed)
    return tuple(c for c in combinations() if c not in hidden)


def sample_description(rng: random.Random, choices: tuple[Combination, ...]) -> Description:
    """Draw one description among ``choices``; everyday times and weathers come more often."""
    combination = rng.choices(choices, weights=[_weight(c) for c in choices])[0]
    return Description(combination, _sample_details(rng, combination.scene), rng.getrandbits(32))


def caption(description: Description, rng: random.Random, language: Language, *, full: bool = False) -> str:
    """Say what a picture shows, in one of many ways.

    With ``full`` the time of day is always said and the weather too unless it is clear; evaluation asks for that.
    """
    combination = description.combination
    time = _TIMES[combination.time_of_day]
    weather = _WEATHERS[combination.weather]
    scene = _SCENES[combination.scene]
    said_time = time if not scene.only_night and (full or rng.random() > _TIME_UNSAID[time.name]) else None
    unsaid = float(weather.name == "clear") if full else _WEATHER_UNSAID[weather.name]
    said_weather = weather if rng.random() >= unsaid else None
    details = [_DETAILS[name] for name in description.details if full or rng.random() < 0.7]
    if language == "en":
        return _english(scene, said_time, said_weather, details, rng)
    return _chinese(scene, said_time, said_weather, details, rng)


def _is_sensible(scene: Scene, time: str, weather: str) -> bool:
    if scene.only_night:
        return time == "night" and weather in ("clear", "clouds")
    return not (scene.name == "snow" and weather == "rain")


def _is_everyday(combination: Combination) -> bool:
    by_day = combination.time_of_day == "noon" and combination.weather == "clear"
    clear_beach = combination.scene == "beach" and combination.weather == "clear"
    return by_day or clear_beach or combination.scene == "night sky"


def _weight(combination: Combination) -> float:
    by_scene = _SCENE_WEIGHTS.get(combination.scene, 1.0)
    if combination.scene == "night sky":
        return by_scene * 12.0  # its two combinations stand for a whole scene
    return by_scene * _TIME_WEIGHTS[combination.time_of_day] * _WEATHER_WEIGHTS[combination.weather]


def _sample_details(rng: random.Random, scene: str) -> tuple[str, ...]:
    return tuple(name for name in _SCENES[scene].details if rng.random() < _DETAIL_CHANCES.get(name, 0.35))


def _english(scene: Scene, time: Mood | None, weather: Mood | None, details: list[Detail], rng: random.Random) -> str:
    if rng.random() < 0.15:
        return _tags(scene.nouns_en, [m.nouns_en for m in (time, weather) if m], details, rng, "en")
    before, after = _place(time, weather, rng)
    words = [rng.choice(mood.before_en) for mood in before]
    if rng.random() < 0.45:
        words.insert(0, rng.choice(ADJECTIVES_EN))
    noun = rng.choice(scene.nouns_en)
    phrase = _with_article(" ".join([*words, noun]), noun, rng)
    if details:
        phrase += " with " + " and ".join(rng.choice(detail.phrases_en) for detail in details)
    phrase = " ".join([phrase, *(rng.choice(mood.after_en) for mood in after)])
    if rng.random() < 0.15:
        phrase = f"{rng.choice(MEDIA_EN)} {phrase}"
    return _with_praise(phrase, PRAISE_EN, ", ", rng)


def _chinese(scene: Scene, time: Mood | None, weather: Mood | None, details: list[Detail], rng: random.Random) -> str:
    if rng.random() < 0.15:
        return _tags(scene.nouns_zh, [m.nouns_zh for m in (time, weather) if m], details, rng, "zh")
    words = [rng.choice(mood.before_zh) for mood in (weather, time) if mood]
    if rng.random() < 0.45:
        words.insert(rng.randint(0, len(words)), rng.choice(ADJECTIVES_ZH))
    phrase = "".join([*words, rng.choice(scene.nouns_zh)])
    things = "和".join(rng.choice(detail.phrases_zh) for detail in details)
    if things:
        phrase = rng.choice((f"{phrase},有{things}", f"有{things}的{phrase}", f"{phrase}和{things}"))
    if rng.random() < 0.15:
        phrase = rng.choice(MEDIA_ZH) + phrase
    return _with_praise(phrase, PRAISE_ZH, rng.choice((",", "，")), rng)


def _tags(
    nouns: tuple[str, ...],
    moods: list[tuple[str, ...]],
    details: list[Detail],
    rng: random.Random,
    language: Language,
) -> str:
    """The comma style: "beach, sunset, a palm tree"."""
    things = [detail.phrases_en if language == "en" else detail.phrases_zh for detail in details]
    rest = [rng.choice(words) for words in [*moods, *things]]
    rng.shuffle(rest)
    separator = ", " if language == "en" else rng.choice((",", "，", ", ", "、", " "))
    phrase = separator.join([rng.choice(nouns), *rest])
    return _with_praise(phrase, PRAISE_EN if language == "en" else PRAISE_ZH, separator, rng)


def _place(time: Mood | None, weather: Mood | None, rng: random.Random) -> tuple[list[Mood], list[Mood]]:
    """Split the moods into those before the noun and those after it, in either order."""
    moods = [mood for mood in (weather, time) if mood]
    rng.shuffle(moods)
    before = [mood for mood in moods if rng.random() < 0.3]
    return before, [mood for mood in moods if mood not in before]


def _with_article(phrase: str, noun: str, rng: random.Random) -> str:
    plural = noun.endswith(("s", "hills")) and not noun.endswith("stars")
    chance = rng.random()
    if chance < 0.3:
        return phrase
    if plural or chance < 0.4:
        return f"the {phrase}"
    return f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"


def _with_praise(phrase: str, praise: tuple[str, ...], separator: str, rng: random.Random) -> str:
    if rng.random() > 0.15:
        return phrase
    words = rng.sample(praise, rng.randint(1, 4))
    return separator.join([*words, phrase] if rng.random() < 0.4 else [phrase, *words])
