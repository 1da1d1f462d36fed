"""What people type for the axes of a grid."""

from __future__ import annotations

import pytest

from studio.errors import SettingError
from studio.generation.grid_values import MOST_VALUES, number_text, numbers_of, texts_of


def numbers(typed: str, *, whole: bool = False) -> list[float]:
    return [float(number) for number in numbers_of(typed, whole=whole)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("8, 12,20", [8, 12, 20]),
        ("7", [7]),
        ("1-5", [1, 2, 3, 4, 5]),
        ("1-10 (+3)", [1, 4, 7, 10]),
        ("10-1 (-3)", [10, 7, 4, 1]),
        ("10-1(3)", [10, 7, 4, 1]),
        ("0-1 [5]", [0, 0.25, 0.5, 0.75, 1]),
        ("0.1-0.5 (+0.1)", [0.1, 0.2, 0.3, 0.4, 0.5]),
        ("-1--0.5 (+0.25)", [-1, -0.75, -0.5]),
        ("-2 - 2 (+2), 7", [-2, 0, 2, 7]),
        ("3-3 [1]", [3]),
        ("5 [3]-1", None),
        ("20%, 40 %", [0.2, 0.4]),
        ("20%-60% (+20%)", [0.2, 0.4, 0.6]),
        ("１－５（＋２），９", [1, 3, 5, 9]),
        ("5, 5, 4-6", [5, 4, 6]),
        (" 3 ,, 4 ,", [3, 4]),
        ("1..3", [1, 2, 3]),
        ("1\n2", [1, 2]),
    ],
)
def test_lists_and_ranges(typed: str, expected: list[float] | None) -> None:
    if expected is None:
        with pytest.raises(SettingError, match="no range"):
            numbers(typed)
    else:
        assert numbers(typed) == expected


def test_a_divided_range_of_whole_numbers_has_whole_numbers() -> None:
    assert numbers("1-10 [5]", whole=True) == [1, 3, 6, 8, 10]
    assert numbers("1-3 [9]", whole=True) == [1, 2, 3]


@pytest.mark.parametrize(
    "typed", ["", " , ", "eight", "1-", "1-10 (0)", "1-10 [0]", "1e9", "1-1000000000", "nan", "0-1 [999]", "9" * 400]
)
def test_what_is_no_list_of_numbers_is_refused_in_words(typed: str) -> None:
    with pytest.raises(SettingError) as refused:
        numbers(typed)
    assert refused.value.message
    assert refused.value.advice


def test_most_values_are_taken_and_one_more_is_not() -> None:
    assert len(numbers(f"1-{MOST_VALUES}")) == MOST_VALUES
    with pytest.raises(SettingError, match=str(MOST_VALUES)):
        numbers(f"1-{MOST_VALUES + 1}")
    with pytest.raises(SettingError, match=str(MOST_VALUES)):
        texts_of(",".join("abc" for _ in range(MOST_VALUES + 1)))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a beach, a wood", ("a beach", "a wood")),
        ('"red, and blue", green', ("red, and blue", "green")),
        ('"", at night', ("", "at night")),
        ("海滩，森林", ("海滩", "森林")),
        ("“红，蓝”，绿", ("红，蓝", "绿")),
        ("one\ntwo\n", ("one", "two")),
    ],
)
def test_lists_of_texts(typed: str, expected: tuple[str, ...]) -> None:
    assert texts_of(typed) == expected


def test_an_open_quotation_mark_is_told() -> None:
    with pytest.raises(SettingError, match="not closed"):
        texts_of('"a beach, a wood')


def test_numbers_are_written_short() -> None:
    assert [number_text(number) for number in numbers_of("0.50, 20, -1, 100")] == ["0.5", "20", "-1", "100"]
