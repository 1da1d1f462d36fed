"""What the grammar says, and what it keeps back."""

from __future__ import annotations

import random
import re
from pathlib import Path

from studio.engine.models.vocabulary import read_vocabulary
from studio.training.scenes.captions import caption
from studio.training.scenes.grammar import (
    TIMELESS,
    Combination,
    Description,
    Subject,
    combinations,
    everything,
    held_out,
    held_out_pairs,
    hidden,
    pairs,
    sample_description,
    taught,
)
from studio.training.scenes.known_words import write_known_words
from studio.training.scenes.vocabulary import COLOUR_NAMES, SCENES, THING_NAMES

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_a_tenth_of_the_combinations_and_of_the_pairs_is_held_out() -> None:
    kept, known = held_out(), taught()
    assert not kept & set(known.combinations)
    assert kept | set(known.combinations) == set(combinations())
    assert len(kept) == round(0.1 * len(combinations()))
    assert not held_out_pairs() & set(known.pairs)
    assert len(held_out_pairs()) == round(0.1 * len(pairs()))


def test_everything_is_taught_in_some_company() -> None:
    known = taught()
    for time in ("sunrise", "noon", "sunset", "night"):
        assert Combination("beach", time, "clear") in known.combinations
    assert {c.scene for c in known.combinations} == {scene.name for scene in SCENES}
    assert {thing for thing, _ in known.pairs} == set(THING_NAMES)
    assert {colour for _, colour in known.pairs} == set(COLOUR_NAMES)


def test_what_is_evaluated_was_never_taught() -> None:
    known, rng = taught(), random.Random(2)
    for _ in range(300):
        description = sample_description(rng, hidden(), always_new=True)
        subject = description.subject
        new_pair = subject is not None and (subject.thing, subject.colour) not in known.pairs
        assert new_pair or description.combination not in known.combinations
        assert subject is None or new_pair
        assert description.combination.time_of_day == TIMELESS or description.combination not in known.combinations


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


def test_a_thing_is_named_with_its_colour_in_every_caption() -> None:
    cat = Description(Combination("beach", "sunset", "clear"), (), 0, Subject("cat", "blue", 2, "big", "left"))
    rng = random.Random(0)
    for _ in range(200):
        english, chinese = caption(cat, rng, "en"), caption(cat, rng, "zh")
        assert re.search("two .*blue (cats|kittens)", english)
        assert "两只" in chinese
        assert re.search("蓝色?的?小?猫", chinese)


def test_a_thing_alone_is_named_as_people_ask_for_it() -> None:
    apple = Description(Combination("plain", TIMELESS, TIMELESS), (), 0, Subject("apple", "red"))
    rng = random.Random(0)
    said = {caption(apple, rng, language) for language in ("en", "zh") for _ in range(2000)}
    assert {"a red apple", "a sticker of a red apple", "an icon of a red apple", "红色的苹果", "一个红色的苹果"} <= said


def test_what_has_far_apart_answers_is_always_told() -> None:
    cat = Description(Combination("beach", "sunset", "rain"), ("palm",), 0, Subject("cat", "blue", 1, "big", "left"))
    alone = Description(Combination("plain", TIMELESS, TIMELESS), (), 0, cat.subject)
    rng = random.Random(0)
    for _ in range(200):
        for description in (cat, alone):
            english, chinese = caption(description, rng, "en"), caption(description, rng, "zh")
            assert re.search("at the left|on the left", english)
            assert "左边" in chinese
            assert re.search("big|large|huge", english)
            assert re.search("大的", chinese)
        english, chinese = caption(cat, rng, "en"), caption(cat, rng, "zh")
        assert re.search("palm", english)
        assert re.search("[棕椰]", chinese)
        assert re.search("rain", english)
        assert re.search("sunset|dusk|evening|setting sun", english)


def test_an_unsaid_palm_stands_on_every_empty_beach() -> None:
    rng = random.Random(3)
    for _ in range(2000):
        description = sample_description(rng, taught())
        if description.combination.scene == "beach" and description.subject is None:
            assert "palm" in description.details


def test_chinese_may_say_the_time_last() -> None:
    beach = Description(Combination("beach", "sunset", "clear"), (), 0)
    rng = random.Random(0)
    said = {caption(beach, rng, "zh") for _ in range(4000)}
    assert {"沙滩上的日落", "海滩日落", "海边日落"} <= said


def test_every_caption_is_made_of_known_words(tmp_path: Path) -> None:
    write_known_words(tmp_path / "vocabulary.json")
    vocabulary = read_vocabulary(tmp_path)
    assert vocabulary is not None
    rng = random.Random(9)
    for _ in range(600):
        description = sample_description(rng, everything())
        for language in ("en", "zh"):
            said = caption(description, rng, language, full=rng.random() < 0.3)
            assert vocabulary.unknown(said) == (), said
    assert vocabulary.unknown("a purple lion, 紫色的狮子") == ("lion", "狮子")
    assert set(THING_NAMES) <= set(vocabulary.knows["en"])
