"""The two painted controls of a colour picker: a square of saturation and value, and a strip of hues."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.style.theme import GRID, current_theme

_MARK = 5.0
_KEY_STEP = 0.01


class _Field(QWidget):
    """A focusable area in which a press and a drag choose a point; coordinates are 0..1 of the inner rectangle."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def inner(self) -> QRect:
        return self.rect().adjusted(2, 2, -2, -2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        step = _KEY_STEP * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        self._nudge(move[0] * step, move[1] * step)

    def paint_frame(self, painter: QPainter) -> None:
        """The border, in the accent colour while the field has the focus."""
        theme = current_theme()
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.inner().adjusted(-1, -1, 0, 0))

    def _pick(self, point: QPointF) -> None:
        box = self.inner()
        x = (point.x() - box.left()) / max(1, box.width() - 1)
        y = (point.y() - box.top()) / max(1, box.height() - 1)
        self._choose(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    def _choose(self, x: float, y: float) -> None:
        raise NotImplementedError

    def _nudge(self, dx: float, dy: float) -> None:
        raise NotImplementedError


class SaturationValueSquare(_Field):
    """Saturation from left to right, value from the bottom up, of one hue. Signal: ``picked(float, float)``."""

    picked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Saturation and brightness"), parent)
        self._hue, self._saturation, self._value = 0.0, 0.0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_color(self, hue: float, saturation: float, value: float) -> None:
        """Show a colour; each part is 0..1."""
        self._hue, self._saturation, self._value = hue, saturation, value
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(48 * GRID, 36 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(24 * GRID, 20 * GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.inner())
        across = QLinearGradient(box.topLeft(), box.topRight())
        across.setColorAt(0.0, QColor(Qt.GlobalColor.white))
        across.setColorAt(1.0, QColor.fromHsvF(self._hue, 1.0, 1.0))
        painter.fillRect(box, across)
        down = QLinearGradient(box.topLeft(), box.bottomLeft())
        down.setColorAt(0.0, QColor(0, 0, 0, 0))
        down.setColorAt(1.0, QColor(0, 0, 0))
        painter.fillRect(box, down)
        self.paint_frame(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = QPointF(
            box.left() + self._saturation * (box.width() - 1), box.top() + (1 - self._value) * (box.height() - 1)
        )
        painter.setPen(QPen(QColor("white"), 3))
        painter.drawEllipse(spot, _MARK, _MARK)
        painter.setPen(QPen(QColor("black"), 1))
        painter.drawEllipse(spot, _MARK, _MARK)

    def _choose(self, x: float, y: float) -> None:
        self.show_color(self._hue, x, 1.0 - y)
        self.picked.emit(x, 1.0 - y)

    def _nudge(self, dx: float, dy: float) -> None:
        self._choose(min(1.0, max(0.0, self._saturation + dx)), min(1.0, max(0.0, 1.0 - self._value + dy)))


class HueStrip(_Field):
    """All hues from left to right. Signal: ``picked(float)`` with the hue 0..1."""

    picked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hue"), parent)
        self._hue = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hue(self, hue: float) -> None:
        self._hue = hue
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(48 * GRID, 5 * GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(24 * GRID, 5 * GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.inner())
        hues = QLinearGradient(box.topLeft(), box.topRight())
        for sixth in range(7):
            hues.setColorAt(sixth / 6, QColor.fromHsvF((sixth / 6) % 1.0, 1.0, 1.0))
        painter.fillRect(box, hues)
        self.paint_frame(painter)
        x = box.left() + self._hue * (box.width() - 1)
        mark = QRectF(x - 3, box.top() - 1, 6, box.height() + 2)
        painter.setPen(QPen(QColor("white"), 3))
        painter.drawRect(mark)
        painter.setPen(QPen(QColor("black"), 1))
        painter.drawRect(mark)

    def _choose(self, x: float, _y: float) -> None:
        self.show_hue(x)
        self.picked.emit(x)

    def _nudge(self, dx: float, dy: float) -> None:
        self._choose(min(1.0, max(0.0, self._hue + dx - dy)), 0.0)
