"""The brush outline that follows the pointer: true to size, seen on any colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

CROSSHAIR_BELOW: Final = 6.0
"""Outlines of fewer logical pixels across get a crosshair, which can be found more easily."""

_ARM: Final = 7.0
_GAP: Final = 2.5
_DARK: Final = QColor(0, 0, 0, 200)
_LIGHT: Final = QColor(255, 255, 255, 230)


def cursor_rect(center: QPointF, diameter: float) -> QRect:
    """The view pixels that `paint_brush_cursor` may touch."""
    reach = max(diameter / 2, _ARM) + 3
    return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach).toAlignedRect()


def paint_brush_cursor(painter: QPainter, center: QPointF, diameter: float) -> None:
    """Draw a ring of ``diameter`` logical pixels around ``center`` (or a crosshair), dark under light."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((_DARK, 3.0), (_LIGHT, 1.25)):
        painter.setPen(QPen(color, width))
        if diameter >= CROSSHAIR_BELOW:
            painter.drawEllipse(center, diameter / 2, diameter / 2)
        else:
            painter.drawLines(_crosshair(center))
    painter.restore()


def _crosshair(center: QPointF) -> list[QLineF]:
    x, y = center.x(), center.y()
    return [
        QLineF(x - _ARM, y, x - _GAP, y),
        QLineF(x + _GAP, y, x + _ARM, y),
        QLineF(x, y - _ARM, x, y - _GAP),
        QLineF(x, y + _GAP, x, y + _ARM),
    ]
