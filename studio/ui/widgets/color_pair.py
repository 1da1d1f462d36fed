"""Foreground and background colour, one over the other, always in sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.paint_colors import PaintColors

_SIDE: Final = 5 * GRID
_STEP: Final = 3 * GRID


class ColorPair(QWidget):
    """Two squares. Signal: ``asked()`` when the one in front is clicked; a click on the other exchanges them."""

    asked = Signal()

    def __init__(self, colors: PaintColors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        colors.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE + _STEP + 2, _SIDE + _STEP + 2)

    def front(self) -> QRect:
        """Where the foreground is."""
        return QRect(QPoint(1, 1), QSize(_SIDE, _SIDE))

    def back(self) -> QRect:
        """Where the background is, in part behind the other."""
        return self.front().translated(_STEP, _STEP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self.front().contains(place):
            self.asked.emit()
        elif self.back().contains(place):
            self._colors.swap()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            in_front = self.front().contains(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(in_front), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, color in ((self.back(), self._colors.background), (self.front(), self._colors.foreground)):
            painter.setBrush(color)
            painter.setPen(QPen(QColor(theme.surface), 3))
            painter.drawRoundedRect(place, 3, 3)
            in_front = place == self.front() and self.hasFocus()
            painter.setPen(QPen(QColor(theme.accent if in_front else theme.outline), 1))
            painter.drawRoundedRect(place, 3, 3)

    def _show(self) -> None:
        front, back = self._colors.foreground.name(), self._colors.background.name()
        self.setAccessibleName(self.tr("Colours: {front} over {back}").format(front=front, back=back))
        self.update()

    def _tip(self, in_front: bool) -> str:
        if in_front:
            return self.tr("Colour to paint with: {color}. Click to choose another").format(
                color=self._colors.foreground.name()
            )
        return self.tr("Other colour: {color}. Click to swap").format(color=self._colors.background.name())
