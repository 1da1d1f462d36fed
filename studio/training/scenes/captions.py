"""What a description is called: many sentences in English and Chinese."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from studio.training.scenes.grammar import TIMELESS, Description, Subject
from studio.training.scenes.vocabulary import (
    ADJECTIVES_EN,
    ADJECTIVES_ZH,
    COLOURS,
    COUNTS_EN,
    COUNTS_ZH,
    DETAILS,
    MEDIA_EN,
    MEDIA_ZH,
    PLACES,
    PLAIN,
    PRAISE_EN,
    PRAISE_ZH,
    SCENES,
    SIZES,
    STICKERS_EN,
    STICKERS_ZH,
    THINGS,
    TIMES_OF_DAY,
    WEATHERS,
    Detail,
    Language,
    Mood,
    Scene,
)

_SCENES = {scene.name: scene for scene in SCENES}
_TIMES = {mood.name: mood for mood in TIMES_OF_DAY}
_WEATHERS = {mood.name: mood for mood in WEATHERS}
_DETAILS = {detail.name: detail for detail in DETAILS}
_THINGS = {thing.name: thing for thing in THINGS}
_COLOURS = {colour.name: colour for colour in COLOURS}

_UNSAID = {"noon": 0.6, "clear": 0.85}
"""How often a caption leaves these out. All other times and weathers are said: a bare "a beach" is one by day."""

_USUAL = "palm"
"""The detail that a caption may leave out where no thing stands: there it is never missing."""

_PLACES_ALREADY = frozenset("边滨岸间内里下")
"""Chinese nouns that end so name a place without a further word."""


@dataclass(frozen=True)
class _Said:
    """What one caption is to say."""

    scene: Scene
    time: Mood | None
    weather: Mood | None
    subject: Subject | None
    details: tuple[Detail, ...]

    @property
    def moods(self) -> list[Mood]:
        return [mood for mood in (self.weather, self.time) if mood]


def caption(description: Description, rng: random.Random, language: Language, *, full: bool = False) -> str:
    """Say what a picture shows, in one of many ways.

    With ``full`` the time of day is always said and the weather too unless it is clear; evaluation asks for that. The
    thing and its colour are always said.
    """
    combination = description.combination
    scene = _SCENES[combination.scene]
    subject = description.subject
    usual = subject is None and not full
    details = tuple(
        _DETAILS[name] for name in description.details if not (usual and name == _USUAL and rng.random() < 0.4)
    )
    if scene.name == PLAIN and subject is not None and rng.random() < 0.75:
        return _alone(subject, rng, language)
    time, weather = _said_moods(scene, combination.time_of_day, combination.weather, rng, full=full)
    said = _Said(scene, time, weather, subject, details)
    if rng.random() < 0.15:
        return _tags(said, rng, language)
    return _english(said, rng) if language == "en" else _chinese(said, rng)


def thing_alone(subject: Subject, rng: random.Random, language: Language) -> str:
    """Name a thing with its count and colour, and neither its size nor its place: "a yellow bird"."""
    bare = replace(subject, size="", place="")
    return _subject_en(bare, rng) if language == "en" else _thing_zh(bare, rng)


def _said_moods(
    scene: Scene, time: str, weather: str, rng: random.Random, *, full: bool
) -> tuple[Mood | None, Mood | None]:
    if time == TIMELESS:
        return None, None
    says_time = not scene.only_night and (full or rng.random() >= _UNSAID.get(time, 0.0))
    unsaid = float(weather == "clear") if full else _UNSAID.get(weather, 0.0)
    says_weather = rng.random() >= unsaid
    return _TIMES[time] if says_time else None, _WEATHERS[weather] if says_weather else None


def _english(said: _Said, rng: random.Random) -> str:
    before, after = _split(said.moods, rng)
    words = [rng.choice(mood.before_en) for mood in before]
    if rng.random() < 0.35:
        words.insert(0, rng.choice(ADJECTIVES_EN))
    noun = rng.choice(said.scene.nouns_en)
    phrase = _with_article(" ".join([*words, noun]), noun, rng)
    things = [rng.choice(detail.phrases_en) for detail in said.details]
    if said.subject is not None and rng.random() < 0.55:
        phrase = f"{_subject_en(said.subject, rng)} {said.scene.where_en} {phrase}"
    elif said.subject is not None:
        things.insert(0, _subject_en(said.subject, rng))
    if things:
        phrase += " with " + " and ".join(things)
    phrase = " ".join([phrase, *(rng.choice(mood.after_en) for mood in after)])
    if rng.random() < 0.15:
        phrase = f"{rng.choice(MEDIA_EN)} {phrase}"
    return _with_praise(phrase, PRAISE_EN, ", ", rng)


def _chinese(said: _Said, rng: random.Random) -> str:
    noun = rng.choice(said.scene.nouns_zh)
    things = "和".join(rng.choice(detail.phrases_zh) for detail in said.details)
    if said.subject is None and said.time is not None and not things and rng.random() < 0.3:
        return _with_praise(_time_last_zh(noun, said, said.time, rng), PRAISE_ZH, rng.choice((",", "，")), rng)
    words = [rng.choice(mood.before_zh) for mood in said.moods]
    if rng.random() < 0.35:
        words.insert(rng.randint(0, len(words)), rng.choice(ADJECTIVES_ZH))
    place = "".join([*words, noun])
    phrase = place if said.subject is None else _placed_zh(said.subject, place, said.scene, rng)
    if things:
        joined = (f"{phrase},有{things}", f"有{things}的{phrase}", f"{phrase}和{things}")
        phrase = rng.choice(joined[:1] if said.subject else joined)
    if rng.random() < 0.15:
        phrase = rng.choice(MEDIA_ZH) + phrase
    return _with_praise(phrase, PRAISE_ZH, rng.choice((",", "，")), rng)


def _time_last_zh(noun: str, said: _Said, time: Mood, rng: random.Random) -> str:
    """The time behind the place: 沙滩上的日落, 雨中的海边傍晚."""
    before = rng.choice(said.weather.before_zh) if said.weather else ""
    where = rng.choice(("", f"{_there(noun, said.scene)}的"))
    return f"{before}{noun}{where}{rng.choice(time.nouns_zh)}"


def _placed_zh(subject: Subject, place: str, scene: Scene, rng: random.Random) -> str:
    there = place + _there(place, scene)
    side = _side_zh(subject, rng)
    thing = _thing_zh(subject, rng)
    return rng.choice(
        (
            f"{there}{side}有{thing}",
            f"{thing}在{there}{side}",
            f"{there}{side}的{thing}",
            f"{place},{side}有{thing}" if side else f"{place}和{thing}",
        )
    )


def _there(noun: str, scene: Scene) -> str:
    return "" if noun[-1] in _PLACES_ALREADY else scene.where_zh


def _alone(subject: Subject, rng: random.Random, language: Language) -> str:
    """A thing without a scene, perhaps as a sticker or an icon."""
    sticker = rng.random() < 0.6
    if language == "en":
        if not sticker:
            return _with_praise(_subject_en(subject, rng), PRAISE_EN, ", ", rng)
        form = rng.choice(STICKERS_EN)
        thing = form.format(_thing_en(subject, rng, bare=not form.endswith("{}")))
        return f"{thing}{_side_en(subject, rng)}"
    thing = _sided_zh(subject, rng)
    return rng.choice(STICKERS_ZH).format(thing) if sticker else _with_praise(thing, PRAISE_ZH, ",", rng)


def _subject_en(subject: Subject, rng: random.Random) -> str:
    return f"{_thing_en(subject, rng)}{_side_en(subject, rng)}"


def _side_en(subject: Subject, rng: random.Random) -> str:
    return f" {rng.choice(PLACES[subject.place][0])}" if subject.place else ""


def _side_zh(subject: Subject, rng: random.Random) -> str:
    return rng.choice(PLACES[subject.place][1]) if subject.place else ""


def _sided_zh(subject: Subject, rng: random.Random) -> str:
    """A thing with its side before it: 左边的红色的猫."""
    side = _side_zh(subject, rng)
    return f"{side}的{_thing_zh(subject, rng)}" if side else _thing_zh(subject, rng)


def _thing_en(subject: Subject, rng: random.Random, *, bare: bool = False) -> str:
    """A counted, sized and coloured thing; ``bare`` leaves the article out."""
    thing = _THINGS[subject.thing]
    words = []
    if subject.size:
        words.append(rng.choice(SIZES[subject.size][0]))
    if subject.colour:
        words.append(rng.choice(_COLOURS[subject.colour].words_en))
    if subject.count > 1:
        return " ".join([COUNTS_EN[subject.count - 1], *words, rng.choice(thing.plurals_en)])
    phrase = " ".join([*words, rng.choice(thing.nouns_en)])
    return phrase if bare or rng.random() < 0.12 else f"{article(phrase)} {phrase}"


def _thing_zh(subject: Subject, rng: random.Random) -> str:
    thing = _THINGS[subject.thing]
    size = rng.choice(SIZES[subject.size][1]) if subject.size else ""
    colour = rng.choice(_COLOURS[subject.colour].words_zh) if subject.colour else ""
    says_count = subject.count > 1 or rng.random() < 0.45
    counted = f"{COUNTS_ZH[subject.count - 1]}{thing.measure_zh}" if says_count else ""
    return f"{counted}{size}{colour}{rng.choice(thing.nouns_zh)}"


def _tags(said: _Said, rng: random.Random, language: Language) -> str:
    """The comma style: "beach, sunset, a palm tree"."""
    english = language == "en"
    rest = [rng.choice(mood.nouns_en if english else mood.nouns_zh) for mood in said.moods]
    rest += [rng.choice(detail.phrases_en if english else detail.phrases_zh) for detail in said.details]
    if said.subject is not None:
        rest.append(_subject_en(said.subject, rng) if english else _sided_zh(said.subject, rng))
    rng.shuffle(rest)
    separator = ", " if english else rng.choice((",", "，", ", ", "、", " "))
    tags = [rng.choice(said.scene.nouns_en if english else said.scene.nouns_zh), *rest]
    if said.subject is not None and rng.random() < 0.5:
        tags.reverse()
    return _with_praise(separator.join(tags), PRAISE_EN if english else PRAISE_ZH, separator, rng)


def _split(moods: list[Mood], rng: random.Random) -> tuple[list[Mood], list[Mood]]:
    """Split the moods into those before the noun and those after it, in either order."""
    shuffled = rng.sample(moods, len(moods))
    before = [mood for mood in shuffled if rng.random() < 0.3]
    return before, [mood for mood in shuffled if mood not in before]


def _with_article(phrase: str, noun: str, rng: random.Random) -> str:
    if noun.startswith(("the ", "outer ")):
        return phrase
    plural = noun.endswith(("s", "hills")) and not noun.endswith("stars")
    chance = rng.random()
    if chance < 0.3 or (chance < 0.7 and noun in ("space", "deep sea")):
        return phrase
    if plural or chance < 0.4:
        return f"the {phrase}"
    return f"{article(phrase)} {phrase}"


def article(phrase: str) -> str:
    """The indefinite article of an English phrase."""
    return "an" if phrase[0] in "aeiou" else "a"


def _with_praise(phrase: str, praise: tuple[str, ...], separator: str, rng: random.Random) -> str:
    if rng.random() > 0.15:
        return phrase
    words = rng.sample(praise, rng.randint(1, 4))
    return separator.join([*words, phrase] if rng.random() < 0.4 else [phrase, *words])
