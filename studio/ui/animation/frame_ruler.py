"""The frames above the curves, with the current one; a click or a drag goes to a frame."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.animation.lanes import TimeScale
from studio.ui.style.theme import GRID, current_theme

_HEIGHT: Final = 7 * GRID
_LEAST_LABEL: Final = 44
"""Pixels from one number to the next."""
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


class FrameRuler(QWidget):
    """Signals: ``playhead_moved(int)``, ``zoom_asked(float factor, float x)``."""

    playhead_moved = Signal(int)
    zoom_asked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = TimeScale(1, 1)
        self._playhead = 0
        self._drawn = 0
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Click or drag to go to a frame; Ctrl+wheel zooms"))

    def show_scale(self, scale: TimeScale, playhead: int, drawn: int) -> None:
        """Show frames, the current one, and how many from the first on are drawn."""
        self._scale, self._playhead, self._drawn = scale, playhead, drawn
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, scale = current_theme(), self._scale
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.raised))
        if self._drawn:
            left, right = scale.x(-0.5), scale.x(self._drawn - 0.5)
            painter.fillRect(QRectF(left, self.height() - 3, right - left, 3), QColor(theme.success))
        for number in numbers_in_sight(scale, self.width()):
            x = scale.x(number - 1)
            painter.setPen(QColor(theme.outline))
            painter.drawLine(QPointF(x, self.height() - 7), QPointF(x, self.height() - 3))
            painter.setPen(QColor(theme.text_muted))
            place = QRectF(x - _LEAST_LABEL, 2, 2 * _LEAST_LABEL, self.height() - 9)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))
        self._paint_playhead(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.playhead_moved.emit(self._scale.nearest(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        zoom = zoom_of(event)
        if zoom:
            self.zoom_asked.emit(zoom, event.position().x())

    def _paint_playhead(self, painter: QPainter) -> None:
        theme = current_theme()
        x = self._scale.x(self._playhead)
        text = str(self._playhead + 1)
        half = max(10.0, painter.fontMetrics().horizontalAdvance(text) / 2 + GRID)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        foot = self.height() - 7.0
        outline = ((-half, 2), (half, 2), (half, foot), (4, foot), (0, self.height()), (-4, foot), (-half, foot))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in outline]))
        painter.setPen(QColor(theme.on_accent))
        painter.drawText(QRectF(x - half, 2, 2 * half, foot - 2), Qt.AlignmentFlag.AlignCenter, text)


def numbers_in_sight(scale: TimeScale, width: int) -> list[int]:
    """The frame numbers to write, counted from one: the first, and multiples of a round step that leaves them room."""
    step = next((step for step in _STEPS if step * scale.step >= _LEAST_LABEL), _STEPS[-1])
    first = max(1, int(scale.frame_at(0)) + 1)
    last = min(scale.frames, int(scale.frame_at(width)) + 2)
    multiples = range(-(-first // step) * step, last + 1, step)
    return [*multiples] if first > 1 or step == 1 else [1, *multiples]


def zoom_of(event: QWheelEvent) -> float:
    """By what factor the time is to be zoomed, or 0: the event is passed on then, to be scrolled with."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        event.ignore()
        return 0.0
    event.accept()
    return float(1.2 ** (event.angleDelta().y() / 120))
