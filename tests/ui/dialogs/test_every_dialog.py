"""What all dialogs have in common, in both languages: titles that fit, keys that go to the first field, whole texts."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

import studio.ui
from studio.app import Studio, build
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.style.translation import install_language
from studio.ui.widgets.dialog_opening import first_field, open_dialog, shown_title
from tests.ui.dialogs import every_dialog
from tests.ui.shell_fakes import FakePrompts, FakeRunner


@pytest.fixture(params=["en", "zh_CN"])
def studio_in(request: pytest.FixtureRequest, qtbot: QtBot, paths: Paths, qapp: QApplication) -> Iterator[Studio]:
    store = SettingsStore(paths.config / "settings.json")
    store.update(language=request.param)
    made = build(paths, store, make_runner=FakeRunner, prompts=FakePrompts())
    made.window.resize(1000, 700)
    made.window.show()
    made.runner.load()
    every_dialog.with_mask(made)
    yield made
    every_dialog.close(made)
    assert made.shut_down(20)
    made.window.deleteLater()
    install_language(qapp, "en", paths.resources)


def test_every_dialog_shows_its_title_and_gives_the_keys_to_its_first_field(studio_in: Studio) -> None:
    openers = {
        **every_dialog.OPENERS,
        **{name: (lambda s, name=name: s.window.filters.ask(name)) for name in every_dialog.filters(studio_in)},
    }
    seen: set[type] = set()
    for name, open_it in openers.items():
        dialog = every_dialog.opened(studio_in, open_it)
        seen.add(type(dialog))
        assert dialog.windowTitle(), name
        assert dialog.width() >= title_width(dialog), name
        assert_keys_go_to_the_first_field(dialog, name)
        assert_nothing_is_clipped(dialog, name)
        every_dialog.close(studio_in)
    missing = dialog_classes() - seen
    assert not missing, f"dialogs that this test does not open: {missing}"


def title_width(dialog: QDialog) -> int:
    """The title in bold, and the buttons of the window."""
    font = dialog.font()
    font.setBold(True)
    return QFontMetrics(font).horizontalAdvance(shown_title(dialog)) + 100


def assert_keys_go_to_the_first_field(dialog: QDialog, name: str) -> None:
    focus = dialog.focusWidget()
    assert focus is not None, name
    field = first_field(dialog)
    if field is None:
        assert isinstance(focus, QPushButton), name
    else:
        assert focus is field, (name, focus)
    if isinstance(field, QSpinBox | QDoubleSpinBox):
        assert field.lineEdit().selectedText(), name
    if isinstance(dialog, QFileDialog):
        assert isinstance(focus, QLineEdit), name
    elif isinstance(dialog, FormDialog) and not isinstance(field, QPushButton):
        above = [
            each
            for each in dialog.findChildren(QLineEdit)
            if each.isVisible() and each.mapTo(dialog, QPoint()).y() < focus.mapTo(dialog, QPoint()).y()
        ]
        assert not above, name


def assert_nothing_is_clipped(dialog: QDialog, name: str) -> None:
    """Texts have the room that they ask for, and everything lies inside of the dialog."""
    for widget in (*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)):
        if not widget.isVisible() or not widget.text() or dialog.isAncestorOf(widget) is False:
            continue
        if widget.window() is not dialog or not isinstance(widget, QLabel | QPushButton):
            continue
        wanted = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.sizeHint().height()
        assert widget.height() >= wanted, (name, widget.text())
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not wraps and type(widget) in (QLabel, QPushButton):
            assert widget.width() >= widget.minimumSizeHint().width(), (name, widget.text())


def dialog_classes() -> set[type[QDialog]]:
    """Those that are defined in the window's code and shown to people as they are."""
    for module in pkgutil.walk_packages(studio.ui.__path__, "studio.ui."):
        importlib.import_module(module.name)
    return {kind for kind in subclasses(QDialog) if kind.__module__.startswith("studio.")} - {FormDialog}


def subclasses(kind: type) -> set[type]:
    return {kind for each in kind.__subclasses__() for kind in (each, *subclasses(each))}


def test_dialogs_are_opened_in_one_place_only() -> None:
    folder = Path(studio.ui.__file__).parent
    here = folder / "widgets" / "dialog_opening.py"
    others = [path for path in folder.rglob("*.py") if path != here]
    assert [path for path in others if re.search(r"\.(open|exec)\(\)", path.read_text("utf-8"))] == []


@pytest.mark.parametrize("title", ["A", "A title that is longer than what the box has to say"])
def test_a_box_with_a_short_text_is_as_wide_as_its_title(qtbot: QtBot, title: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Question, title, "Well?")
    open_dialog(box)
    QApplication.processEvents()
    assert box.width() >= title_width(box)
    box.reject()


def test_a_title_that_no_screen_can_show_does_not_make_a_dialog_wider_than_the_screen(qtbot: QtBot) -> None:
    dialog = FormDialog()
    dialog.setWindowTitle("A plugin's name " * 40)
    open_dialog(dialog)
    QApplication.processEvents()
    assert dialog.width() <= dialog.screen().availableSize().width()
    dialog.reject()
