"""Docks as this window has them: movable, closable, with a title bar only while panels are not locked."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from studio.ui.theme import GRID

DOCK_WIDTH: Final = 76 * GRID


def make_dock(name: str, title: str, panel: QWidget, window: QMainWindow) -> QDockWidget:
    """A dock with ``panel`` in it; by ``name`` its place is remembered."""
    dock = QDockWidget(title, window)
    dock.setObjectName(f"dock-{name}")
    dock.setWidget(panel)
    panel.setMinimumWidth(DOCK_WIDTH)
    dock.setFeatures(
        QDockWidget.DockWidgetFeature.DockWidgetMovable
        | QDockWidget.DockWidgetFeature.DockWidgetClosable
        | QDockWidget.DockWidgetFeature.DockWidgetFloatable
    )
    return dock


def lock_dock(dock: QDockWidget, is_locked: bool) -> None:
    """Hide the title bar, by which a panel is dragged, floated and closed; or show it."""
    old = dock.titleBarWidget()
    bar = QWidget(dock) if is_locked else cast("QWidget", None)  # None: Qt's own title bar
    dock.setTitleBarWidget(bar)
    if old is not None:
        old.deleteLater()
