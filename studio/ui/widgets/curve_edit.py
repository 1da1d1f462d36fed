"""A curve from 0..1 to 0..1 that is bent by its points."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.raster.brushes.curve import LINEAR, MOST_POINTS, Curve, value_at
from studio.ui.style.theme import GRID, current_theme

_REACH: Final = 10.0
_CLOSEST: Final = 0.03


class CurveEdit(QWidget):
    """Drag points; a click elsewhere adds one, a double click or Delete removes it. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[tuple[float, float]] = list(LINEAR)
        self._held = -1
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Curve"))
        self.setToolTip(
            self.tr("Drag points; click for another one, double-click one to remove it. Arrow keys move it too.")
        )

    def curve(self) -> Curve:
        return tuple(self._points)

    def set_curve(self, curve: Curve) -> None:
        """Show another curve without announcing it."""
        self._points = list(curve)
        self._held, self._chosen = -1, 0
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(48 * GRID, 34 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * GRID, 34 * GRID)

    def place(self, point: tuple[float, float]) -> QPointF:
        """Where a point is in the widget."""
        box = self._box()
        return QPointF(box.left() + point[0] * box.width(), box.bottom() - point[1] * box.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._held = self._near(event.position())
        if self._held < 0 and len(self._points) < MOST_POINTS:
            self._held = self._add(self._value(event.position()))
        self._chosen = max(0, self._held)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held >= 0:
            self._move(self._held, *self._value(event.position()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = -1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._remove(self._near(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        move = moves.get(Qt.Key(event.key()))
        if move is not None:
            x, y = self._points[self._chosen]
            self._move(self._chosen, x + move[0] * 0.02, y + move[1] * 0.02)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self._chosen)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            step = 1 if event.key() == Qt.Key.Key_PageUp else -1
            self._chosen = (self._chosen + step) % len(self._points)
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, box = current_theme(), self._box()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(theme.sunken))
        painter.setPen(QPen(QColor(theme.border), 1))
        for step in (1, 2, 3):
            across, down = box.left() + box.width() * step / 4, box.top() + box.height() * step / 4
            painter.drawLine(QPointF(across, box.top()), QPointF(across, box.bottom()))
            painter.drawLine(QPointF(box.left(), down), QPointF(box.right(), down))
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.outline), 1))
        painter.drawRect(box)
        painter.setPen(QPen(QColor(theme.text if self.isEnabled() else theme.text_disabled), 1.75))
        painter.drawPath(self._path())
        for index, point in enumerate(self._points):
            is_chosen = index == self._chosen and self.hasFocus()
            painter.setBrush(QColor(theme.accent if is_chosen else theme.raised))
            painter.drawEllipse(self.place(point), 4, 4)

    # --- points -----------------------------------------------------------------------------------

    def _path(self) -> QPainterPath:
        curve, steps = self.curve(), 64
        path = QPainterPath(self.place((0.0, value_at(curve, 0.0))))
        for step in range(1, steps + 1):
            path.lineTo(self.place((step / steps, value_at(curve, step / steps))))
        return path

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(6.5, 6.5, -6.5, -6.5)

    def _value(self, place: QPointF) -> tuple[float, float]:
        box = self._box()
        x, y = (place.x() - box.left()) / box.width(), (box.bottom() - place.y()) / box.height()
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def _near(self, place: QPointF) -> int:
        ways = [(self.place(point) - place).manhattanLength() for point in self._points]
        best = min(range(len(ways)), key=ways.__getitem__)
        return best if ways[best] <= _REACH else -1

    def _add(self, point: tuple[float, float]) -> int:
        index = next((place for place, (x, _) in enumerate(self._points) if x > point[0]), len(self._points) - 1)
        before, after = self._points[index - 1][0], self._points[index][0]
        if not before + _CLOSEST <= point[0] <= after - _CLOSEST:
            return -1
        self._points.insert(index, point)
        self.changed.emit()
        return index

    def _move(self, index: int, x: float, y: float) -> None:
        if index in (0, len(self._points) - 1):
            x = float(index > 0)
        else:
            low, high = self._points[index - 1][0] + _CLOSEST, self._points[index + 1][0] - _CLOSEST
            x = min(high, max(low, x))
        self._points[index] = (x, min(1.0, max(0.0, y)))
        self.update()
        self.changed.emit()

    def _remove(self, index: int) -> None:
        if 0 < index < len(self._points) - 1:
            del self._points[index]
            self._held, self._chosen = -1, 0
            self.update()
            self.changed.emit()
