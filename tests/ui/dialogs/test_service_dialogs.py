"""Models, help, about, faults, background tasks."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QApplication, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio import __version__
from studio.paths import default_paths
from studio.ui.commands.registry import sections
from studio.ui.dialogs.about import AboutDialog
from studio.ui.dialogs.help_viewer import HelpViewer
from studio.ui.widgets import notice_bar
from studio.ui.widgets.notice_bar import LEAST_WIDTH, MAX_WIDTH, NoticeAction, NoticeBar
from studio.ui.window.fault_reports import FaultReports


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_help_pages_are_shown_and_linked(qtbot: QtBot, language: str) -> None:
    folder = default_paths().resources / "help"
    window = QWidget()
    qtbot.addWidget(window)
    viewer = HelpViewer(folder, language, sections=sections, shortcuts=lambda: {}, parent=window)
    assert viewer.pages.count() == len(list(folder.glob("*.md"))) + 1, "and the page of commands"
    for row in range(viewer.pages.count()):
        viewer.pages.setCurrentRow(row)
        assert len(viewer.browser.toPlainText()) > 100
    viewer.browser.anchorClicked.emit(QUrl("masks.md"))
    assert viewer.pages.currentItem().data(0x100) == "masks.md"


def test_about_names_the_version(qtbot: QtBot) -> None:
    about = AboutDialog()
    qtbot.addWidget(about)
    assert "PySide6" in about.versions.text()
    assert __version__ in " ".join(label.text() for label in about.findChildren(type(about.versions)))


def test_a_fault_is_logged_and_shown_calmly(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    faults = FaultReports(tmp_path, window)
    faults.install()
    try:
        error = ZeroDivisionError("by zero")
        sys.excepthook(ZeroDivisionError, error, None)
        sys.excepthook(ZeroDivisionError, error, None)
        qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
        assert len(window.findChildren(QMessageBox)) == 1
        window.findChild(QMessageBox).accept()
    finally:
        faults.remove()
    assert "by zero" in (tmp_path / "shoreline.log").read_text()
    assert sys.excepthook is sys.__excepthook__
    assert not any(isinstance(handler, logging.FileHandler) for handler in logging.getLogger("studio").handlers)


def test_a_fault_on_a_thread_is_logged_too(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    faults = FaultReports(tmp_path, window)
    faults.install()
    try:
        arguments = threading.ExceptHookArgs((ValueError, ValueError("odd"), None, None))
        thread = threading.Thread(target=lambda: threading.excepthook(arguments))
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
        window.findChild(QMessageBox).accept()
    finally:
        faults.remove()
    assert "odd" in (tmp_path / "shoreline.log").read_text()


def test_a_log_that_cannot_be_written_says_nothing_on_the_terminal(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shoreline.log").mkdir()
    window = QWidget()
    qtbot.addWidget(window)
    faults = FaultReports(tmp_path, window)
    faults.install()
    try:
        logging.getLogger("studio.test").error("nobody reads this")
    finally:
        faults.remove()
    assert "Traceback" not in capsys.readouterr().err


def test_a_remark_goes_by_itself_and_a_notice_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_bar, "REMARK_MS", 1)
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice("The picture was made smaller.")
    bar.show_remark("The layer is locked.")
    qtbot.waitUntil(lambda: bar.texts() == ["The picture was made smaller."])


def test_notices_are_few_and_answerable(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    pressed: list[str] = []
    for text in ("one", "two", "three", "four"):
        bar.show_notice(text)
    assert bar.texts() == ["four", "three", "two"]
    for text in ("five?", "six?"):
        bar.show_notice(text, actions=(NoticeAction("Do", lambda text=text: pressed.append(text)),))
    for text in ("seven", "eight"):
        bar.show_notice(text)
    assert bar.texts() == ["eight", "six?", "five?"], "what asks something stays"
    bar.notices()[1].buttons[0].click()
    assert pressed == ["six?"]
    bar.show_notice("new three", key="same")
    bar.show_notice("newer three", key="same")
    assert bar.texts()[0] == "newer three"
    assert len(bar.texts()) == 3
    for notice in bar.notices():
        notice.closed.click()
    assert bar.isHidden()


@pytest.mark.parametrize("width", [LEAST_WIDTH + 16, 340, 420, 640, MAX_WIDTH])
def test_a_notice_is_whole_at_any_width(qtbot: QtBot, width: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    bar = NoticeBar()
    column.addWidget(bar, 0, Qt.AlignmentFlag.AlignTop)
    column.addStretch(1)
    holder.resize(width, 600)
    holder.show()
    text = "Shoreline did not end as it should. The picture can be brought back as it was at 12:31."
    answers = tuple(NoticeAction(name, print) for name in ("Recover", "Discard", "Decide later"))
    bar.show_notice(text, "warning", answers)
    bar.show_notice("It is written.")
    for _ in range(6):
        QApplication.processEvents()
    assert holder.width() == width
    for notice in bar.notices():
        assert notice.label.height() >= notice.label.heightForWidth(notice.label.width())
        assert notice.label.width() >= 140
        for widget in (notice.label, notice.closed, *notice.buttons):
            place = widget.rect().translated(widget.mapTo(notice, QPoint()))
            assert notice.rect().contains(place)
            assert widget is notice.label or widget.width() >= widget.minimumSizeHint().width()
