"""What the grammar says, and what it keeps back."""

from __future__ import annotations

import random
import re

from studio.training.grammar import (
    Combination,
    Description,
    caption,
    combinations,
    held_out,
    sample_description,
    taught,
)
from studio.training.vocabulary import SCENES

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_a_tenth_of_the_combinations_is_held_out() -> None:
    hidden, known = held_out(), taught()
    assert not hidden & set(known)
    assert hidden | set(known) == set(combinations())
    assert len(hidden) == round(0.1 * len(combinations()))


def test_everyday_combinations_are_taught() -> None:
    known = set(taught())
    for time in ("sunrise", "noon", "sunset", "night"):
        assert Combination("beach", time, "clear") in known
    assert {c.scene for c in known} == {scene.name for scene in SCENES}


def test_the_same_seed_says_the_same() -> None:
    first, second = random.Random(5), random.Random(5)
    descriptions = [sample_description(rng, taught()) for rng in (first, second)]
    assert descriptions[0] == descriptions[1]
    assert caption(descriptions[0], first, "en") == caption(descriptions[1], second, "en")


def test_captions_come_in_two_languages() -> None:
    rng = random.Random(1)
    for _ in range(200):
        description = sample_description(rng, taught())
        english, chinese = caption(description, rng, "en"), caption(description, rng, "zh")
        assert english.isascii()
        assert not re.search(r"\ba [aeiou]", english)
        assert _CHINESE.search(chinese)


def test_the_promised_prompts_are_captions_of_a_beach() -> None:
    beach = Description(Combination("beach", "noon", "clear"), (), 0)
    rng = random.Random(0)
    said = {caption(beach, rng, language) for language in ("en", "zh") for _ in range(4000)}
    assert {"a beautiful beach", "美丽的海滩", "beach"} <= said


def test_a_full_caption_names_time_and_weather() -> None:
    rainy = Description(Combination("city", "sunset", "rain"), (), 0)
    rng = random.Random(0)
    for _ in range(50):
        said = caption(rainy, rng, "en", full=True)
        assert re.search("rain", said)
        assert re.search("sunset|dusk|evening|setting sun", said)
