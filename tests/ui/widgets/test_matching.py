"""What is found by a few letters, and what comes first."""

from __future__ import annotations

import pytest

from studio.ui.widgets.command import plain
from studio.ui.widgets.matching import score

NAMES = ("Flip Horizontally", "Flatten Picture", "Fill", "Mask Everything", "Merge Down", "反转蒙版", "全部蒙版")


def found(query: str) -> list[str]:
    fits = {name: score(query, ((name, 4),)) for name in NAMES}
    return sorted((name for name in NAMES if fits[name]), key=lambda name: -fits[name])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("flip", "Flip Horizontally"),
        ("HORIZ", "Flip Horizontally"),
        ("fh", "Flip Horizontally"),
        ("md", "Merge Down"),
        ("fill", "Fill"),
        ("every mask", "Mask Everything"),
        ("蒙版", "反转蒙版"),
        ("全蒙", "全部蒙版"),
    ],
)
def test_the_best_comes_first(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_what_lacks_a_word_is_not_found() -> None:
    assert found("flip vertically") == []
    assert found("lip") == ["Flip Horizontally"]
    assert score("x", ()) == 0


def test_letters_apart_count_only_in_names() -> None:
    assert score("fhz", (("Flip Horizontally", 4),)) > 0
    assert score("fhz", (("Mirror from here zealously", 1),)) == 0


def test_a_name_counts_for_more_than_what_is_said_about_it() -> None:
    assert score("mask", (("Invert Mask", 4), ("", 1))) > score("mask", (("Invert", 4), ("Turn the mask round", 1)))


def test_menu_texts_lose_mnemonics_and_dots_but_no_ampersand() -> None:
    assert [plain(text) for text in ("&Open…", "保存(&S)", "Light && Colour…", "Save &As...")] == [
        "Open",
        "保存",
        "Light & Colour",
        "Save As",
    ]
