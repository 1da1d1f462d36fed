"""Panels that are made late: when they are seen, asked for, or when the window has nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from studio.ui.window.late_panel import LatePanel, OneByOne


@pytest.fixture
def late(qtbot: QtBot) -> Iterator[LatePanel[QLabel]]:
    """In a tab behind another dock of a window that is shown."""
    window = QMainWindow()
    qtbot.addWidget(window)
    front = LatePanel("front", "Front", lambda: QLabel("front"), window)
    behind = LatePanel("behind", "Behind", lambda: QLabel("behind"), window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, front.dock)
    window.tabifyDockWidget(front.dock, behind.dock)
    front.dock.raise_()
    window.show()
    qtbot.waitExposed(window)
    assert front.is_made, "it is seen from the first paint on"
    yield behind
    window.close()


def test_a_panel_behind_another_is_made_when_it_is_seen(qtbot: QtBot, late: LatePanel[QLabel]) -> None:
    assert not late.is_made
    late.dock.raise_()
    qtbot.waitUntil(lambda: late.is_made and late.panel.isVisible())
    assert late.panel.text() == "behind"


def test_a_panel_is_made_when_it_is_asked_for_and_only_once(late: LatePanel[QLabel]) -> None:
    panel = late.panel
    assert late.is_made
    late.make()
    assert late.panel is panel
    assert late.dock.isAncestorOf(panel)


def test_pieces_of_work_are_done_in_turns_of_their_own(qtbot: QtBot) -> None:
    done: list[int] = []
    parent = QObject()
    OneByOne([lambda number=number: done.append(number) for number in range(3)], parent)  # type: ignore[misc]
    assert done == []
    qtbot.waitUntil(lambda: done == [0, 1, 2])
    qtbot.waitUntil(lambda: parent.findChild(OneByOne) is None)
