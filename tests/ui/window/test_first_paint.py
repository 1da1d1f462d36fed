"""What waits until the window is seen."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.window import first_paint
from studio.ui.window.first_paint import FirstPaint


class Painted(QWidget):
    def __init__(self, happened: list[str]) -> None:
        super().__init__()
        self._happened = happened

    def paintEvent(self, event: QPaintEvent) -> None:
        self._happened.append("painted")


def test_work_begins_once_after_the_window_was_painted(qtbot: QtBot) -> None:
    happened: list[str] = []
    window = Painted(happened)
    qtbot.addWidget(window)
    FirstPaint(window, lambda: happened.append("begun"))
    window.show()
    qtbot.waitUntil(lambda: "begun" in happened)
    assert happened[0] == "painted"
    window.repaint()
    qtbot.wait(1)
    assert happened.count("begun") == 1


def test_work_begins_also_for_a_window_that_nobody_sees(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_paint, "PATIENCE_MS", 1)
    happened: list[str] = []
    window = Painted(happened)
    qtbot.addWidget(window)
    FirstPaint(window, lambda: happened.append("begun"))
    qtbot.waitUntil(lambda: happened == ["begun"])
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: "painted" in happened)
    assert happened.count("begun") == 1
