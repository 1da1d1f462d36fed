"""A curve that is drawn by its points, over the histogram."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from studio.ui.dialogs.adjustments.histogram_view import HistogramView
from studio.ui.style.theme import GRID, current_theme

Point = tuple[int, int]
"""x and y, 0..255 each."""
STRAIGHT: Final[tuple[Point, ...]] = ((0, 0), (255, 255))
MOST_POINTS: Final = 16

_NEAR: Final = 10.0
_SIDE: Final = 64 * GRID
_ARROWS: Final = {
    int(Qt.Key.Key_Left): (-1, 0),
    int(Qt.Key.Key_Right): (1, 0),
    int(Qt.Key.Key_Up): (0, 1),
    int(Qt.Key.Key_Down): (0, -1),
}


class CurveView(HistogramView):
    """A press on the curve adds a point, a drag moves it, a double click or a drag far out takes it away.

    Arrow keys move the chosen point (with Shift by 10), Delete takes it away, Tab and Shift+Tab leave. ``draw`` gives
    the 256 values of a curve, 0..1. Signal: ``changed()`` after every change by the user.
    """

    changed = Signal()

    def __init__(self, draw: Callable[[Sequence[Point]], Sequence[float]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw = draw
        self._points: list[Point] = list(STRAIGHT)
        self._chosen = -1
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFixedSize(_SIDE + 2 * GRID, _SIDE + 2 * GRID)
        self.setAccessibleName(self.tr("Curve"))
        self.setToolTip(
            self.tr("Drag the curve to bend it; a double click takes a point away. Arrow keys move the chosen point.")
        )

    def sizeHint(self) -> QSize:
        return QSize(_SIDE + 2 * GRID, _SIDE + 2 * GRID)

    def points(self) -> tuple[Point, ...]:
        return tuple(self._points)

    def set_points(self, points: Sequence[Point]) -> None:
        """Show other points; x rises."""
        self._points, self._chosen = list(points), -1
        self.update()

    # --- hands ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        near = self._near(event.position())
        if near < 0 and len(self._points) < MOST_POINTS:
            near = self._insert(self._value(event.position()))
        self._chosen, self._dragging = near, near >= 0
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(self._value(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging and not self.rect().adjusted(-40, -40, 40, 40).contains(event.position().toPoint()):
            self._remove()
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._chosen = self._near(event.position())
        self._dragging = False
        self._remove()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(event.key())
        if self._chosen >= 0 and step is not None:
            size = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            x, y = self._points[self._chosen]
            self._move_to((x + step[0] * size, y + step[1] * size))
        elif self._chosen >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    # --- points -----------------------------------------------------------------------------------

    def _near(self, position: QPointF) -> int:
        distances = [(self._place(point) - position).manhattanLength() for point in self._points]
        nearest = min(range(len(distances)), key=distances.__getitem__)
        return nearest if distances[nearest] <= _NEAR else -1

    def _insert(self, point: Point) -> int:
        """A new point; -1 where one stands at that x already."""
        x, y = point
        if any(x == other for other, _ in self._points):
            return -1
        place = sum(other < x for other, _ in self._points)
        self._points.insert(place, (x, y))
        self._tell()
        return place

    def _move_to(self, point: Point) -> None:
        """Move the chosen point between its neighbours."""
        place = self._chosen
        low = self._points[place - 1][0] + 1 if place > 0 else 0
        high = self._points[place + 1][0] - 1 if place + 1 < len(self._points) else 255
        moved = min(high, max(low, point[0])), min(255, max(0, point[1]))
        if moved != self._points[place]:
            self._points[place] = moved
            self._tell()

    def _remove(self) -> None:
        if self._chosen >= 0 and len(self._points) > 2:
            del self._points[self._chosen]
            self._chosen = -1
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # --- drawing ----------------------------------------------------------------------------------

    def _place(self, point: Sequence[float]) -> QPointF:
        plot = self.plot()
        return QPointF(plot.left() + point[0] / 255 * plot.width(), plot.bottom() - point[1] / 255 * plot.height())

    def _value(self, position: QPointF) -> Point:
        plot = self.plot()
        x = round((position.x() - plot.left()) / plot.width() * 255)
        y = round((plot.bottom() - position.y()) / plot.height() * 255)
        return min(255, max(0, x)), min(255, max(0, y))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, plot = current_theme(), self.plot()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.border), 1))
        for share in (0.25, 0.5, 0.75):
            x, y = plot.left() + share * plot.width(), plot.top() + share * plot.height()
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(QPen(QColor(theme.text), 1.5))
        curve = self._draw(self._points)
        painter.drawPolyline(QPolygonF([self._place((x, 255 * float(y))) for x, y in enumerate(curve)]))
        for index, point in enumerate(self._points):
            is_chosen = index == self._chosen
            painter.setPen(QPen(QColor(theme.text), 1.5))
            painter.setBrush(QColor(theme.accent if is_chosen else theme.sunken))
            painter.drawEllipse(self._place(point), 4.0, 4.0)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
