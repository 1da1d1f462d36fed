"""Two versions of a picture in one place, with a divider between them that can be dragged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.style.checker import checker_brush
from studio.ui.style.theme import GRID, current_theme

_GRIP: Final = 8
"""How near to the divider a press must be to take hold of it, in logical pixels."""
_KEY_STEP: Final = 0.05


class SplitView(QWidget):
    """``before`` at the left of the divider, ``after`` at its right, in the same place as large as fits.

    Signals: ``panned(float, float)`` while the picture is dragged, in widths and heights of the picture;
    ``pan_ended()`` when it is let go.
    """

    panned = Signal(float, float)
    pan_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = QImage()
        self._after = QImage()
        self._divider = 0.5
        self._grasped = ""
        self._last = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(60 * GRID, 60 * GRID)
        self.setAccessibleName(self.tr("Before and after"))
        self.setToolTip(self.tr("Drag the line to compare, the picture to see another part of it"))

    def sizeHint(self) -> QSize:
        return QSize(100 * GRID, 100 * GRID)

    @property
    def divider(self) -> float:
        """Where the divider stands, 0 at the left to 1 at the right."""
        return self._divider

    @property
    def has_after(self) -> bool:
        return not self._after.isNull()

    def set_divider(self, place: float) -> None:
        self._divider = min(1.0, max(0.0, place))
        self.update()

    def show_before(self, image: QImage) -> None:
        """Show another part of the picture; there is no ``after`` of it yet."""
        self._before, self._after = image, QImage()
        self.update()

    def show_after(self, image: QImage) -> None:
        self._after = image
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -_KEY_STEP, Qt.Key.Key_Right: _KEY_STEP}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_divider(self._divider + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grasped = "divider" if self._is_near(event.position()) else "picture"
            self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._grasped == "divider":
            frame = self._frame()
            self.set_divider((place.x() - frame.x()) / frame.width())
        elif self._grasped == "picture":
            moved, self._last = place - self._last, place
            frame = self._frame()
            self.panned.emit(-moved.x() / frame.width(), -moved.y() / frame.height())
        else:
            near = self._is_near(place)
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.OpenHandCursor)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._grasped == "picture":
            self.pan_ended.emit()
        self._grasped = ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame, line = self._frame(), self._line()
        painter.fillRect(frame, checker_brush(self.devicePixelRatioF()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(frame, self._before)
        if self.has_after:
            painter.setClipRect(QRectF(line, 0, self.width(), self.height()))
            painter.fillRect(frame, checker_brush(self.devicePixelRatioF()))
            painter.drawImage(frame, self._after)
            painter.setClipping(False)
        self._paint_divider(painter, line, frame)
        painter.end()

    def _paint_divider(self, painter: QPainter, line: float, frame: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 120), 3.0), (QColor(255, 255, 255), 1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(line, frame.top()), QPointF(line, frame.bottom()))
        painter.setPen(QPen(QColor(255, 255, 255), 1.5))
        painter.setBrush(QColor(current_theme().accent))
        painter.drawEllipse(QPointF(line, frame.center().y()), 7, 7)

    def _frame(self) -> QRectF:
        """Where the picture stands: in the middle, as large as fits."""
        if self._before.isNull():
            return QRectF(self.rect())
        size = self._before.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _line(self) -> float:
        frame = self._frame()
        return round(frame.x() + self._divider * frame.width())

    def _is_near(self, place: QPointF) -> bool:
        return abs(place.x() - self._line()) <= _GRIP
