"""Numbers and blends over the frames, and the formulas that they may be."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.animation import (
    Blend,
    BlendKeyframe,
    BlendTrack,
    Expression,
    Interpolation,
    Moment,
    NumberKeyframe,
    NumberTrack,
    constant_track,
)
from studio.errors import SettingError


def at(frame: float) -> Moment:
    return Moment(frame, 24, 12.0)


def track(*keys: tuple[int, float], interpolation: Interpolation = "linear") -> NumberTrack:
    return NumberTrack("zoom", tuple(NumberKeyframe(frame, value, interpolation) for frame, value in keys))


@pytest.mark.parametrize(
    ("interpolation", "quarter", "middle"), [("step", 1.0, 1.0), ("linear", 1.5, 2.0), ("ease", 1.3125, 2.0)]
)
def test_between_two_keyframes(interpolation: Interpolation, quarter: float, middle: float) -> None:
    values = track((4, 1.0), (12, 3.0), interpolation=interpolation)
    assert [values.at(at(frame)) for frame in (0, 4, 6, 8, 12, 23)] == [1.0, 1.0, quarter, middle, 3.0, 3.0]


@given(st.lists(st.floats(-10, 10), min_size=2, max_size=6), st.floats(0, 1))
def test_a_cubic_goes_through_its_keyframes_and_never_overshoots(values: list[float], place: float) -> None:
    curve = track(*((index * 3, value) for index, value in enumerate(values)), interpolation="cubic")
    for index, value in enumerate(values):
        assert curve.at(at(index * 3)) == pytest.approx(value)
    for index in range(len(values) - 1):
        low, high = sorted(values[index : index + 2])
        assert low - 1e-9 <= curve.at(at(3 * (index + place))) <= high + 1e-9


def test_a_cubic_keeps_its_speed_where_lines_have_a_corner() -> None:
    curve = track((0, 0.0), (4, 1.0), (8, 3.0), interpolation="cubic")
    before, after = (curve.at(at(4)) - curve.at(at(3.999)), curve.at(at(4.001)) - curve.at(at(4)))
    assert before == pytest.approx(after, rel=1e-2)


def test_prompts_are_mixed_between_their_keyframes() -> None:
    prompts = BlendTrack("prompt", (BlendKeyframe(0, "a"), BlendKeyframe(8, "b", "step"), BlendKeyframe(12, "c")))
    assert prompts.at(at(2)) == Blend("a", "b", 0.25)
    assert prompts.at(at(8)) == prompts.at(at(10)) == Blend("b", "b", 0.0)
    assert prompts.at(at(20)).nearest == "c"


def test_keyframes_out_of_order_or_past_the_end_are_refused() -> None:
    with pytest.raises(SettingError, match="zoom has a keyframe with frame = 3 after one with frame = 5"):
        track((5, 1.0), (3, 2.0))
    with pytest.raises(SettingError, match="no keyframes"):
        track()
    track((0, 1.0), (23, 2.0)).check_length(24)
    with pytest.raises(SettingError, match="zoom has a keyframe with frame = 24, past the end"):
        track((0, 1.0), (24, 2.0)).check_length(24)


def test_formulas_of_frame_and_time() -> None:
    assert Expression("0.5 + 0.2*sin(2*pi*t)").at(at(3)) == pytest.approx(0.5 + 0.2 * math.sin(2 * math.pi * 0.25))
    assert Expression(" -f % 5 + max(n, fps, 2)**0.5").at(at(3)) == pytest.approx(2 + 24**0.5)
    assert constant_track("x", Expression("clamp(f, 2, 4)")).at(at(9)) == 4.0
    mixed = NumberTrack("x", (NumberKeyframe(0, Expression("f")), NumberKeyframe(10, 0.0)))
    assert mixed.at(at(5)) == 2.5


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("__import__('os').system('true')", "column 1"),
        ("1 + open('x')", "column 5: there is no function 'open'"),
        ("sin(t, t)", "sin takes 1 values"),
        ("t.real", "column 1: this is not allowed"),
        ("[1, 2][0]", "column 1"),
        ("2 + x", "column 5: there is no value 'x'"),
        ("  2 + x", "column 7"),
        ("lambda: 1", "column 1"),
        ("'a' * 9", "'a' is not a number"),
        ("True", "True is not a number"),
        ("1j", "is not a number"),
        ("f if f else 1", "column 1"),
        ("max(*f, 1)", "plain numbers"),
        ("round(t, ndigits=2)", "plain numbers"),
        ("2 +", "column"),
        ("", "column 1"),
        ("(" * 300 + ")" * 300, ""),
        ("-" * 300 + "1", "nested too deeply"),
        ("1" * 501, "501 characters"),
        ("f\0", ""),
    ],
)
def test_anything_else_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(SettingError) as caught:
        Expression(text)
    assert place in caught.value.message
    assert caught.value.advice


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,5", 1.5),
        ("0,5 + 0,25*f", 1.0),
        ("(1,5 + 2)*2", 7.0),
        ("floor(2,75) + max(1,5)", 7.0),
        ("clamp(0,5; 0; 1)", 0.5),
        ("max((1,5), 0)", 1.5),
        ("min(1,5)", 1.0),
    ],
)
def test_a_comma_between_digits_stands_before_decimals_where_no_values_are_parted(text: str, value: float) -> None:
    formula = Expression(text)
    assert formula.at(Moment(2.0, 10, 10.0)) == value
    assert formula.text == text


@pytest.mark.parametrize(
    "text", ["1/f", "9**9**9**9", "sqrt(-1)", "(0-2)**0.5", "exp(999)", "log(0)", "1e999", "f % 0"]
)
def test_a_formula_without_a_number_says_at_which_frame(text: str) -> None:
    with pytest.raises(SettingError, match="gives no number at frame 1, where f is 0"):
        Expression(text).at(at(0))


@given(st.text(max_size=60))
def test_no_text_does_anything_but_give_a_number_or_an_error(text: str) -> None:
    try:
        value = Expression(text).at(at(1))
    except SettingError:
        return
    assert math.isfinite(value)
