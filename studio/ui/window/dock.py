"""Docks as this window has them: movable, closable, with a title bar only while panels are not locked."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QMainWindow, QScrollArea, QWidget

from studio.ui.commands.panels import DOCK_PREFIX
from studio.ui.style.theme import GRID

DOCK_WIDTH: Final = 76 * GRID
_LEAST_HEIGHT: Final = 24 * GRID


def make_dock(name: str, title: str, panel: QWidget, window: QMainWindow) -> QDockWidget:
    """A dock with ``panel`` in it; by ``name`` its place is remembered."""
    dock = QDockWidget(title, window)
    dock.setObjectName(DOCK_PREFIX + name)
    dock.setWidget(_Page(panel))
    dock.setFeatures(
        QDockWidget.DockWidgetFeature.DockWidgetMovable
        | QDockWidget.DockWidgetFeature.DockWidgetClosable
        | QDockWidget.DockWidgetFeature.DockWidgetFloatable
    )
    return dock


def bring_forward(dock: QDockWidget) -> None:
    """Show a dock, also one that is hidden or lies behind another tab."""
    dock.show()
    dock.raise_()


def put_panel(dock: QDockWidget, panel: QWidget) -> None:
    """Put another panel into a dock; the old one goes."""
    old = dock.widget()
    dock.setWidget(_Page(panel))
    old.deleteLater()


class _Page(QScrollArea):
    """Scrolls a panel that has too little room, so that panels in one column never make the window too high."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(panel)
        self._panel = panel

    def sizeHint(self) -> QSize:
        return self._panel.sizeHint().expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        return QSize(DOCK_WIDTH, min(_LEAST_HEIGHT, self._panel.minimumSizeHint().height()))


def lock_dock(dock: QDockWidget, is_locked: bool) -> None:
    """Hide the title bar, by which a panel is dragged, floated and closed; or show it."""
    old = dock.titleBarWidget()
    bar = QWidget(dock) if is_locked else cast("QWidget", None)  # None: Qt's own title bar
    dock.setTitleBarWidget(bar)
    if old is not None:
        old.deleteLater()
