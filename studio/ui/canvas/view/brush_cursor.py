"""The brush outline that follows the pointer: true to size, seen on any colour."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from studio.ui.canvas.view.view_transform import ViewTransform

CROSSHAIR_BELOW: Final = 6.0
"""Outlines of fewer logical pixels across get a crosshair, which can be found more easily."""

_KEPT_UP_TO: Final = 256.0
_ARM: Final = 8
_GAP: Final = 2
_DARK: Final = QColor(0, 0, 0, 200)
_LIGHT: Final = QColor(255, 255, 255, 230)


def cursor_rect(center: QPointF, diameter: float) -> QRect:
    """The view pixels that a `BrushOutline` may touch."""
    reach = max(diameter / 2, _ARM) + 3
    return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach).toAlignedRect()


def paint_rope(painter: QPainter, view: ViewTransform, hand: QPointF, brush: QPointF) -> None:
    """Draw the rope between two points of the document; ``painter`` is in view coordinates."""
    ends = view.to_view(hand), view.to_view(brush)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in ((_DARK, 3.0), (_LIGHT, 1.25)):
        painter.setPen(QPen(color, width))
        painter.drawLine(*ends)
        painter.drawEllipse(ends[1], 2.0, 2.0)
    painter.restore()


class FollowingOutline:
    """The outline where the pointer is. ``expose`` has a view rectangle painted again."""

    def __init__(self, expose: Callable[[QRect], None]) -> None:
        self._expose = expose
        self._outline = BrushOutline()
        self._place: tuple[QPointF, float] | None = None

    def follow(self, center: QPointF | None, diameter: float | None) -> None:
        """Be shown around view point ``center``, ``diameter`` logical pixels wide; ``None`` hides it."""
        before = self._place
        self._place = None if center is None or diameter is None else (QPointF(center), diameter)
        if before != self._place:
            for place in (before, self._place):
                if place is not None:
                    self._expose(cursor_rect(*place))

    def paint(self, painter: QPainter) -> None:
        """``painter`` is in view coordinates."""
        if self._place is not None:
            self._outline.paint(painter, *self._place)


class BrushOutline:
    """Draws the outline; small rings are kept as pictures, for they are drawn with every move."""

    def __init__(self) -> None:
        self._ring = QImage()
        self._key = (0.0, 0.0)

    def paint(self, painter: QPainter, center: QPointF, diameter: float) -> None:
        """Draw a ring of ``diameter`` logical pixels around ``center`` (or a crosshair), dark under light."""
        if diameter < CROSSHAIR_BELOW:
            paint_crosshair(painter, center)
        elif diameter > _KEPT_UP_TO:
            _paint_ring(painter, center, diameter)
        else:
            ring = self._kept(diameter, painter.device().devicePixelRatioF())
            half = ring.deviceIndependentSize() / 2
            painter.drawImage(center - QPointF(half.width(), half.height()), ring)

    def _kept(self, diameter: float, device_ratio: float) -> QImage:
        if self._key != (diameter, device_ratio):
            side = (math.ceil(diameter / 2) + 3) * 2
            self._ring = QImage(QSize(side, side) * device_ratio, QImage.Format.Format_ARGB32_Premultiplied)
            self._ring.setDevicePixelRatio(device_ratio)
            self._ring.fill(0)
            painter = QPainter(self._ring)
            _paint_ring(painter, QPointF(side / 2, side / 2), diameter)
            painter.end()
            self._key = (diameter, device_ratio)
        return self._ring


def _paint_ring(painter: QPainter, center: QPointF, diameter: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((_DARK, 3.0), (_LIGHT, 1.25)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(center, diameter / 2, diameter / 2)
    painter.restore()


def paint_crosshair(painter: QPainter, center: QPointF) -> None:
    """Draw a cross around a point, dark under light; ``painter`` is in view coordinates."""
    x, y = int(center.x()), int(center.y())
    arms = (
        QRect(x - _ARM, y, _ARM - _GAP, 1),
        QRect(x + _GAP + 1, y, _ARM - _GAP, 1),
        QRect(x, y - _ARM, 1, _ARM - _GAP),
        QRect(x, y + _GAP + 1, 1, _ARM - _GAP),
    )
    for arm in arms:
        painter.fillRect(arm.adjusted(-1, -1, 1, 1), _DARK)
    for arm in arms:
        painter.fillRect(arm, _LIGHT)
