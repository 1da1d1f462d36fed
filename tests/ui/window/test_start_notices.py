"""What is told after a start: a report of an end that was none, and a newer version."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.installation import updates
from studio.installation.updates import Update
from studio.paths import Paths
from studio.ui.dialogs.report import ReportDialog


def texts(studio: Studio) -> str:
    return "\n".join(studio.window.notices.texts())


@pytest.fixture
def report(paths: Paths) -> Path:
    paths.logs.mkdir(parents=True, exist_ok=True)
    path = paths.logs / "report-1.txt"
    path.write_text("Fatal Python error: Aborted", "utf-8")
    return path


def test_an_end_that_was_none_is_told_with_its_report(studio: Studio, report: Path) -> None:
    told = studio.window.start_notices
    told.offer_reports(())
    assert "unexpectedly" not in texts(studio)
    told.offer_reports((report,))
    assert "unexpectedly" in texts(studio)
    notice = studio.window.notices.notices()[0]
    notice.buttons[0].click()
    (shown,) = studio.window.findChildren(ReportDialog)
    assert shown.text.toPlainText() == "Fatal Python error: Aborted"
    QGuiApplication.clipboard().clear()
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == "Fatal Python error: Aborted"
    shown.reject()
    assert "unexpectedly" not in texts(studio)


def test_a_report_that_is_gone_is_said_in_its_place(studio: Studio, report: Path) -> None:
    report.unlink()
    shown = studio.window.start_notices.show_report(report)
    assert isinstance(shown, ReportDialog)
    assert "report-1.txt" in shown.text.toPlainText()
    shown.reject()


def test_a_newer_version_is_told_once_and_only_if_that_is_wanted(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHORELINE_NO_UPDATE_CHECK", raising=False)
    asked: list[str] = []

    def answer(own: str, address: str) -> Update:
        asked.append(own)
        return Update("99.0", {"en": "Everything is better."})

    monkeypatch.setattr(updates, "newer_version", answer)
    told = studio.window.start_notices
    told.check_updates()
    assert asked == [], "it is off until a person wants it"
    studio.store.update(check_updates=True, language="en")
    told.check_updates()
    qtbot.waitUntil(lambda: "99.0 is there. Everything is better." in texts(studio), timeout=20_000)
    studio.window.notices.clear("update")
    told.check_updates()
    assert len(asked) == 1, "once a day"
    studio.store.update(updates_checked=time.time() - 100_000)
    told.check_updates()
    told.join(20)
    qtbot.wait(50)
    assert len(asked) == 2
    assert "99.0" not in texts(studio), "told once"


def test_no_answer_is_quiet(qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHORELINE_NO_UPDATE_CHECK", raising=False)
    studio.store.update(check_updates=True)
    before = texts(studio)
    studio.window.start_notices.check_updates("http://127.0.0.1:9/newest.json")
    studio.window.start_notices.join(20)
    qtbot.wait(50)
    assert texts(studio) == before
