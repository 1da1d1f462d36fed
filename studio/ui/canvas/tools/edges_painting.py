"""How the frame of the canvas edges tool looks over the picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from studio.document import Rect
from studio.ui.canvas.tools.area_tool import paint_outline
from studio.ui.canvas.tools.edges_frame import GRIPS, Grip
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.view_transform import ViewTransform
from studio.ui.style.theme import GRID, current_theme

_HANDLE: Final = 9.0
_CUT: Final = QColor(0, 0, 0, 150)
"""Over what is cut off."""
_NEW_OPACITY: Final = 60


def paint_frame(painter: QPainter, view: ViewTransform, canvas: Rect, frame: Rect) -> None:
    """Dim what is cut off, tint what is new, and draw the frame with its handles and its size; view coordinates."""
    old, new = _outline(view, canvas), _outline(view, frame)
    tint = QColor(current_theme().accent)
    tint.setAlpha(_NEW_OPACITY)
    painter.save()
    painter.fillPath(old.subtracted(new), _CUT)
    painter.fillPath(new.subtracted(old), tint)
    paint_outline(painter, new)
    paint_handles(painter, (view.to_view(_point(frame, grip)) for grip in GRIPS))
    if frame != canvas:
        seen = new.boundingRect().intersected(QRectF(0, 0, view.view_width, view.view_height))
        paint_label(painter, seen, f"{frame.width} × {frame.height}")
    painter.restore()


def _outline(view: ViewTransform, rect: Rect) -> QPainterPath:
    path = QPainterPath()
    path.addRect(qrectf(rect))
    return view.matrix().map(path)


def _point(frame: Rect, grip: Grip) -> QPointF:
    return QPointF(frame.x + frame.width * (grip[0] + 1) / 2, frame.y + frame.height * (grip[1] + 1) / 2)


def paint_handles(painter: QPainter, points: Iterable[QPointF]) -> None:
    """Draw squares that can be gripped around points of the view."""
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1))
    painter.setBrush(QColor(255, 255, 255))
    for point in points:
        corner = point - QPointF(_HANDLE / 2, _HANDLE / 2)
        painter.drawRect(QRectF(corner.x(), corner.y(), _HANDLE, _HANDLE))


def paint_label(painter: QPainter, seen: QRectF, text: str) -> None:
    """A text in the middle above the lower side of what is seen of the frame."""
    width, height = QFontMetricsF(painter.font()).horizontalAdvance(text) + 4 * GRID, 6.0 * GRID
    label = QRectF(seen.center().x() - width / 2, seen.bottom() - height - 3 * GRID, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 180))
    painter.drawRoundedRect(label, GRID, GRID)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
