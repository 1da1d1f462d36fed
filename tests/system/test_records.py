"""Values that check themselves: what they refuse, how they say so, and that they come back from JSON as they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from studio.generation import GenerationSettings, LoraUse
from studio.system.records import (
    FieldError,
    Record,
    check_of,
    choice,
    flag,
    mapping,
    maybe,
    number,
    record,
    several,
    text,
    whole,
)


@dataclass(frozen=True, kw_only=True)
class Brush(Record):
    size: float = number(8.0, least=0.5, most=100.0)


@dataclass(frozen=True, kw_only=True)
class Card(Record):
    name: str = text()
    count: int = whole(1, least=1, most=9)
    side: str = choice("left", "right")
    is_shown: bool = flag(True)
    brush: Brush = record(Brush)
    spot: tuple[int, int] | None = maybe(several(check_of(whole(least=0, most=99)), exactly=2))
    words: tuple[str, ...] = several(check_of(text(longest=3)), most=2)
    more: dict[str, Any] = mapping()


def test_it_comes_back_from_json_as_it_was() -> None:
    card = Card(name="a", count=3, brush=Brush(size=2), spot=(4, 5), words=("x", "y"), more={"p": [1, {"q": None}]})
    assert Card.read_json(card.json()) == card
    assert Card.read(card.values()) == card
    settings = GenerationSettings(prompt="a", loras=(LoraUse("ink", 0.5),), parameters={"blur": 4.0})
    assert GenerationSettings.read_json(settings.json()) == settings


def test_what_is_no_field_is_left_out_and_what_is_missing_has_its_default() -> None:
    assert Card.read({"name": "a", "colour": "red"}) == Card(name="a")
    with pytest.raises(ValueError, match="name"):
        Card.read({"count": 2})
    with pytest.raises(ValueError, match="object"):
        Card.read(["a"])


@pytest.mark.parametrize(
    ("field", "value", "name", "expected"),
    [
        ("count", 10, "count", "a whole number from 1 to 9"),
        ("count", 2.5, "count", "a whole number"),
        ("count", True, "count", "a whole number"),
        ("count", None, "count", "a whole number"),
        ("count", float("inf"), "count", "a whole number"),
        ("count", 10**400, "count", "a whole number"),
        ("name", 7, "name", "a text"),
        ("side", "up", "side", "one of left, right"),
        ("side", ["left"], "side", "one of left, right"),
        ("is_shown", "yes", "is_shown", "true or false"),
        ("brush", {"size": float("nan")}, "brush.size", "a number from 0.5 to 100"),
        ("brush", 3, "brush", "an object is expected"),
        ("spot", (1, 2, 3), "spot", "a list of 2"),
        ("words", ["long!"], "words", "a text of at most 3 characters"),
        ("words", ["a"] * 3, "words", "a list of at most 2"),
        ("words", "ab", "words", "a list"),
        ("more", {1: 2}, "more", "an object"),
    ],
)
def test_what_cannot_be_is_refused_by_name(field: str, value: object, name: str, expected: str) -> None:
    for make in (lambda: Card.read({"name": "a", field: value}), lambda: Card(name="a").with_changes(**{field: value})):
        with pytest.raises(FieldError) as caught:
            make()
        assert caught.value.name == name
        assert caught.value.expected == expected


def test_numbers_of_other_programs_may_be_texts() -> None:
    card = Card.read({"name": "a", "count": "4", "brush": {"size": "2.5"}})
    assert (card.count, card.brush.size) == (4, 2.5)
    assert isinstance(Card.read({"name": "a", "count": 4.0}).count, int)


def test_records_with_the_same_default_share_nothing_that_can_change() -> None:
    one, other = Card(name="a"), Card(name="b")
    one.more["x"] = 1
    assert other.more == {}
