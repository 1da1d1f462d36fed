"""What a painter wants under the hand: colour, recent ones and favourite brushes, at the pointer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from studio.ui.panels.brushes.brush_desk import BrushDesk
from studio.ui.panels.brushes.brush_list import CELL, HEIGHT, BrushList
from studio.ui.panels.color_panel import ColorPanel
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.paint_colors import PaintColors

_ROWS: Final = 4
_COLORS: Final = 60 * GRID


class QuickPalette(QFrame):
    """Goes away with a click beside it, Esc, or once a brush was taken."""

    def __init__(self, colors: PaintColors, brushes: BrushDesk, actions: ActionTable, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.colors = ColorPanel(colors, actions, self)
        self.colors.setFixedWidth(_COLORS)
        self.list = BrushList(self)
        self.list.setFixedSize(2 * CELL + 6 * GRID, _ROWS * HEIGHT + 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID, GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self.colors)
        row.addWidget(self.list)
        self._brushes = brushes
        self.list.picked.connect(self._take)
        self.list.starred.connect(brushes.toggle_favourite)

    def show_at(self, place: QPoint) -> None:
        """Show it with its middle at a point of the screen, as far as that has room."""
        presets = self._brushes.presets
        favourites = [each for each in presets if each.id in self._brushes.favourites]
        self.list.brushes.show_presets(favourites or presets, self._brushes.favourites)
        self.list.show_chosen(self._brushes.current_id)
        self.adjustSize()
        room = self.screen().availableGeometry()
        corner = place - self.rect().center()
        x = min(max(corner.x(), room.left()), room.right() - self.width())
        y = min(max(corner.y(), room.top()), room.bottom() - self.height())
        self.move(x, y)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _take(self, preset_id: str) -> None:
        self._brushes.take(preset_id)
        self.close()
