"""What is said of the end of a prompt that a model has no room for."""

from __future__ import annotations

import pytest

from studio.generation.prompting.left_out import left_out


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("boat", "its last word was left out (boat)."),
        ("a red boat", "its last 3 words were left out (a red boat)."),
        ("one two  three, four five six", "its last 6 words were left out (one two  three, four five…)."),
        ("红色的狮子在海边", "its last 8 words were left out (红色的狮子…)."),
        ("x" * 500, f"its last word was left out ({'x' * 40}…)."),
        ("a {brace}", "its last 2 words were left out (a {brace})."),
    ],
)
def test_what_was_left_out_is_counted_and_its_beginning_named(end: str, said: str) -> None:
    assert left_out(end) == f"The prompt is too long for the model: {said}"


def test_a_long_end_makes_a_short_note() -> None:
    assert len(left_out("wide blue sea " * 1000)) < 120
