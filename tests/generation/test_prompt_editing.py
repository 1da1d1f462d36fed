"""Weights by keys, and what is shown as syntax."""

from __future__ import annotations

import pytest

from studio.generation.prompting import begun_wildcard, coloured, fitting, reweighted


def pressed(marked: str, change: float = 0.1) -> str | None:
    """``marked`` has the selection between two "^", or the cursor at one. The answer is marked in the same way."""
    before, selected, *rest = marked.split("^")
    start, end = len(before), len(before)
    text = before + selected
    if rest:
        end += len(selected)
        text += rest[0]
    edit = reweighted(text, start, end, change)
    if edit is None:
        return None
    text = text[: edit.start] + edit.text + text[edit.end :]
    first, last = edit.selected
    return f"{text[:first]}^{text[first:last]}^{text[last:]}"


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a quiet har^bour", 0.1, "a quiet (^harbour^:1.1)"),
        ("harbour^", 0.1, "(^harbour^:1.1)"),
        ("^harbour", -0.1, "(^harbour^:0.9)"),
        ("a ^quiet harbour^, b", 0.1, "a (^quiet harbour^:1.1), b"),
        ("a^ quiet harbour ^b", 0.05, "a (^quiet harbour^:1.05) b"),
        ("(^harbour^:1.1)", 0.1, "(^harbour^:1.2)"),
        ("(har^bour:1.1)", -0.1, "^harbour^"),
        ("^(harbour:1.1)^", -0.1, "^harbour^"),
        ("(harbour^)", 0.1, "(^harbour^:1.2)"),
        ("(harbour:1.2)^", 0.1, "(^harbour^:1.3)"),
        ("((a:1.2) b^)", 0.1, "(^(a:1.2) b^:1.2)"),
        ("((a^:1.2) b)", 0.1, "((^a^:1.3) b)"),
        ("(a:9.95^)", 0.1, "(^a^:10)"),
        ("(a:0.05^)", -0.1, "(^a^:0)"),
        ("猫在^海边，晴天", 0.1, "(^猫在海边^:1.1)，晴天"),
        ("^猫^在海边", 0.1, "(^猫^:1.1)在海边"),
        ("（猫^：1.1）", 0.1, "（^猫^:1.2）"),
        (r"saber \(fa^te\)", 0.1, r"saber (^\(fate\)^:1.1)"),
        ("<lora:ink:0^.8> a", 0.05, "<lora:ink:0.85^^> a"),
        ("<lora:ink^>", -0.05, "<lora:ink:0.95^^>"),
        ("<lora:ink:0^>", -0.1, "<lora:ink:-0.1^^>"),
    ],
)
def test_a_key_changes_the_weight(before: str, change: float, after: str) -> None:
    assert pressed(before, change) == after


@pytest.mark.parametrize("text", ["^", "a ^ b", ",^ a", "^   ^"])
def test_where_nothing_stands_nothing_happens(text: str) -> None:
    assert pressed(text) is None


def test_up_and_down_again_leaves_the_text_as_it_was() -> None:
    text = "a ^quiet harbour^ at night"
    up = pressed(text)
    assert up is not None
    assert pressed(up, -0.1) == text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a quiet harbour, 10:30", {}),
        ("(cat:1.2)", {"(": "sign", ":1.2": "sign", ")": "sign"}),
        ("[a|b]", {"[": "sign", "|": "sign", "]": "sign"}),
        ("{2::a|b}", {"{": "sign", "2::": "sign", "|": "sign", "}": "sign"}),
        (r"\(fate\)", {}),
        ("a __sky/blue__ BREAK b", {"__sky/blue__": "name", " BREAK ": "name"}),
        ("<lora:ink:0.8> embedding:soft", {"<lora:ink:0.8>": "name", "embedding:soft": "name"}),
        ("a cat # (old)", {"(": "sign", ")": "sign", " # (old)": "comment"}),
        ("（猫：1.2）", {"（": "sign", "：1.2": "sign", "）": "sign"}),
    ],
)
def test_syntax_is_told_from_words(line: str, expected: dict[str, str]) -> None:
    assert {line[part.start : part.end]: part.kind for part in coloured(line)} == expected


@pytest.mark.parametrize(
    ("head", "typed"),
    [
        ("a __", ""),
        ("a __sky/cl", "sky/cl"),
        ("a __sky__ and __c", "c"),
        ("戴__颜", "颜"),
        ("a __sky__", None),
        ("a __sky__ ", None),
        ("a __sky, blue", None),
        ("a _", None),
        ("a cat", None),
        (r"a \__x", None),
    ],
)
def test_a_wildcard_that_is_begun_is_seen(head: str, typed: str | None) -> None:
    assert begun_wildcard(head) == typed


def test_names_that_begin_with_what_was_typed_come_first() -> None:
    names = ["animals/cats", "Cats", "dogs"]
    assert fitting(names, "cat") == ["Cats", "animals/cats"]
    assert fitting(names, "") == names
