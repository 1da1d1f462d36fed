"""Panels are usable wherever they are docked, in a window of 1000x700, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.style.translation import install_language
from studio.ui.window.main_window import MainWindow
from tests.ui.shell_fakes import FakePrompts, FakeRunner

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


@pytest.fixture(params=["en", "zh_CN"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, paths: Paths, qapp: QApplication) -> Iterator[MainWindow]:
    store = SettingsStore(paths.config / "settings.json")
    store.update(language=request.param)
    made: Studio = build(paths, store, make_runner=FakeRunner, prompts=FakePrompts())
    made.runner.load()
    made.window.resize(1000, 700)
    made.window.show()
    made.window.actions_by_id["timeline.make"].trigger()
    made.window.actions_by_id["view.lock_panels"].trigger()  # titles take room too
    settle()
    yield made.window
    assert made.shut_down(20)
    made.window.deleteLater()
    install_language(qapp, "en", paths.resources)


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def docks(window: MainWindow) -> list[QDockWidget]:
    """Those that are not of plugins; the timeline is the last."""
    names = ("generate", "layers", "color", "history", "queue", "timeline")
    return [window.findChild(QDockWidget, f"dock-{name}") for name in names]


def at_left(window: MainWindow) -> None:
    every = docks(window)[:-1]
    for dock in every:
        window.addDockWidget(LEFT, dock)
        settle()
    for dock in every[2:]:
        window.tabifyDockWidget(every[1], dock)


def in_one_column(window: MainWindow) -> None:
    for dock in docks(window)[:4]:
        window.addDockWidget(RIGHT, dock)
        settle()


def at_both_sides(window: MainWindow) -> None:
    for dock in docks(window)[1:3]:
        window.addDockWidget(LEFT, dock)


def one_place(window: MainWindow) -> None:
    first, *others = docks(window)
    for dock in others:
        window.tabifyDockWidget(first, dock)
    first.raise_()


@pytest.mark.parametrize("arrange", [lambda _window: None, at_left, in_one_column, at_both_sides, one_place])
def test_the_window_stays_small_and_no_panel_is_cut_off(
    window: MainWindow, arrange: Callable[[MainWindow], None]
) -> None:
    arrange(window)
    settle()
    window.resize(1000, 700)
    settle()
    assert (window.width(), window.height()) == (1000, 700)
    assert window.canvas.width() > 200
    for dock in docks(window):
        dock.raise_()
        settle()
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            assert_usable(dock)


def test_floating_panels_are_usable_however_small(window: MainWindow) -> None:
    for dock in docks(window):
        dock.setFloating(True)
        dock.resize(dock.minimumSizeHint())
        settle()
        assert_usable(dock)


def assert_usable(dock: QDockWidget) -> None:
    """All of its width is in sight, and what is below can be scrolled to."""
    area = dock.widget()
    assert isinstance(area, QScrollArea)
    panel, view = area.widget(), area.viewport()
    assert panel.width() == view.width() >= panel.minimumSizeHint().width(), dock.objectName()
    assert panel.height() >= panel.minimumSizeHint().height(), dock.objectName()
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert panel.mapTo(view, QPoint(0, panel.height())).y() <= view.height(), dock.objectName()


def test_the_timeline_comes_with_room_for_its_frames(window: MainWindow) -> None:
    area = docks(window)[-1].widget()
    assert area.widget().height() <= area.viewport().height()
