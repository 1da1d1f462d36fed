"""The folder of wildcards in the preferences: chosen, opened, and given back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from studio.ui.widgets.folder_field import FolderField


def test_a_folder_is_chosen_opened_and_given_back(qtbot: QtBot, tmp_path: Path) -> None:
    usual, other = tmp_path / "usual", tmp_path / "other"
    answers: list[Path | None] = [None, other, usual]
    shown: list[Path] = []

    def ask(_title: str, folder: Path, answer: Callable[[Path | None], None]) -> None:
        assert folder == field.folder()
        answer(answers.pop(0))

    field = FolderField("Folder", "", usual, ask=ask, show=shown.append)
    qtbot.addWidget(field)
    field.choose.click()
    assert (field.value(), field.folder()) == ("", usual)
    assert field.reset.isHidden()
    field.choose.click()
    assert (field.value(), field.path.text()) == (str(other), str(other))
    field.open.click()
    assert shown == [other]
    field.reset.click()
    assert field.value() == ""
    field.choose.click()
    assert field.value() == "", "the usual one is no choice"
