"""Typing prompts: keys that weigh words, syntax in colours, and how many tokens there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.api import PromptStyleSpec
from studio.engine.models.byte_pairs import Tokenizer
from studio.generation.prompting import parse
from studio.ui.panels.generate.prompt_section import PromptSection
from studio.ui.panels.generate.wildcard_completion import WildcardCompletion
from studio.ui.style.theme import apply_theme, current_theme
from studio.ui.widgets.prompt_edit import PromptEdit
from tests.ui.panels.panel_commands import Commands

STARTER = Path(__file__).resolve().parents[3] / "resources" / "models" / "starter" / "tokenizer"


@pytest.fixture
def section(qtbot: QtBot, commands: Commands) -> PromptSection:
    made = PromptSection(commands.actions["generate.start"], wildcards=lambda: ["animals/cats", "colour", "cats"])
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def select(edit: PromptEdit, start: int, end: int) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def test_a_word_weighs_more_and_one_undo_takes_it_back(section: PromptSection) -> None:
    edit = section.prompt
    edit.set_text("a quiet harbour")
    section.reweigh(0.1)
    assert edit.text() == "a quiet (harbour:1.1)"
    section.reweigh(0.1)
    assert edit.text() == "a quiet (harbour:1.2)"
    assert edit.textCursor().selectedText() == "harbour"
    edit.undo()
    assert edit.text() == "a quiet (harbour:1.1)"
    edit.undo()
    assert edit.text() == "a quiet harbour"


def test_letters_beyond_the_first_plane_do_not_shift_what_is_weighed(section: PromptSection) -> None:
    edit = section.prompt
    edit.set_text("🎨🎨 a 𠀀 cat")
    select(edit, 10, 13)
    section.reweigh(0.1)
    assert edit.text() == "🎨🎨 a 𠀀 (cat:1.1)"
    assert edit.textCursor().selectedText() == "cat"


def test_it_is_the_text_that_was_typed_in_last(section: PromptSection, qtbot: QtBot) -> None:
    section.show_prompts("a boat", "fog")
    section.negative.setFocus()
    qtbot.waitUntil(section.negative.hasFocus)
    section.reweigh(-0.1)
    assert (section.prompt.text(), section.negative.text()) == ("a boat", "(fog:0.9)")


def colour_at(edit: PromptEdit, position: int) -> str:
    block = edit.document().findBlock(position)
    at = position - block.position()
    formats = (each for each in block.layout().formats() if each.start <= at < each.start + each.length)
    return next((each.format.foreground().color().name() for each in formats), "")


def test_syntax_has_colours_of_the_theme_and_changes_nothing(section: PromptSection, qapp: QApplication) -> None:
    changes: list[str] = []
    edit = section.prompt
    edit.set_text("a (cat:1.2), 🎨 __sky__\n# later")
    edit.textChanged.connect(lambda: changes.append(edit.text()))
    before = current_theme().name
    try:
        for name in ("light", "dark"):
            theme = apply_theme(qapp, name)
            assert colour_at(edit, 0) == ""
            assert colour_at(edit, 2) == theme.text_muted
            assert colour_at(edit, edit.toPlainText().index("__") + 1) == theme.accent, "one letter takes two units"
            assert colour_at(edit, len("a (cat:1.2), 🎨 __sky__") + 4) == theme.text_muted
    finally:
        apply_theme(qapp, before)
    assert edit.text().startswith("a (cat:1.2)")


def test_tokens_are_counted_behind_the_typing(section: PromptSection, qtbot: QtBot) -> None:
    section.prompt.set_text("a beautiful beach")
    assert section.counter.text() == ""
    section.use_tokenizer(Tokenizer(STARTER))
    qtbot.waitUntil(lambda: section.counter.text() == "3/75")
    section.prompt.set_text("a beautiful beach, " * 25)
    qtbot.waitUntil(lambda: section.counter.text() == "100/150")
    section.prompt.set_text("(a beautiful beach:1.3)")
    qtbot.waitUntil(lambda: section.counter.text() == "3/75")
    section.use_tokenizer(Tokenizer(STARTER, has_one_window=True))
    section.prompt.set_text("a beautiful beach, " * 25)
    qtbot.waitUntil(lambda: section.counter.text() == "100/75")
    assert section.counter.property("role") == "warning"
    section.use_tokenizer(None)
    assert section.counter.text() == ""


def test_a_tokenizer_that_cannot_be_read_counts_nothing(section: PromptSection, qtbot: QtBot, tmp_path: Path) -> None:
    section.use_tokenizer(Tokenizer(STARTER))
    section.prompt.set_text("a beach")
    qtbot.waitUntil(lambda: section.counter.text() == "2/75")
    section.use_tokenizer(Tokenizer(tmp_path))
    section.prompt.set_text("a beach at night")
    qtbot.wait(300)
    assert section.counter.text() == ""


def completion_of(edit: PromptEdit) -> WildcardCompletion:
    (found,) = edit.findChildren(WildcardCompletion)
    return found


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_wildcard_is_completed_by_a_key(section: PromptSection, qtbot: QtBot, key: Qt.Key) -> None:
    edit = section.prompt
    completion = completion_of(edit)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    edit.set_text("a ")
    qtbot.keyClicks(edit, "__ca")
    qtbot.waitUntil(lambda: completion.is_open)
    assert completion.choices.popup.model().index(0, 0).data() == "cats"
    qtbot.keyClick(completion.choices.popup, Qt.Key.Key_Down)
    qtbot.keyClick(completion.choices.popup, key)  # which has the keyboard where there are real windows
    assert edit.text() == "a __animals/cats__"
    assert not completion.is_open
    qtbot.keyClicks(edit, ", night")
    assert edit.text() == "a __animals/cats__, night"


def test_esc_and_names_that_do_not_fit_leave_what_was_typed(section: PromptSection, qtbot: QtBot) -> None:
    edit = section.prompt
    completion = completion_of(edit)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClicks(edit, "__co")
    qtbot.waitUntil(lambda: completion.is_open)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert not completion.is_open
    qtbot.keyClicks(edit, "x")
    qtbot.wait(100)
    assert (edit.text(), completion.is_open) == ("__cox", False)


def test_styles_go_around_what_is_weighed(section: PromptSection) -> None:
    style = PromptStyleSpec(id="ink", name="Ink", prompt="an ink drawing of {prompt}, (black lines:1.2)")
    section.show_prompts("a (cat:1.3) {a|b}", "")
    section.wear(style)
    assert section.prompt.text() == "an ink drawing of a (cat:1.3) {a|b}, (black lines:1.2)"
    assert "an ink drawing of a (cat:1.3) " in parse(section.prompt.text(), 1).text
    section.wear(style)
    assert section.prompt.text() == "a (cat:1.3) {a|b}"
