"""What surrounds and underlies the picture: workspace colour, checkerboard, border, pixel grid."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF, QRegion

from studio.document import Rect
from studio.ui.canvas.view.view_transform import ViewTransform
from studio.ui.style.theme import Theme

GRID_ZOOM: Final = 8.0
"""From this zoom on, lines part the document pixels."""


def paint_workspace(painter: QPainter, view: ViewTransform, canvas: Rect, exposed: QRect, theme: Theme) -> None:
    """Fill what is not canvas."""
    color = QColor(theme.workspace)
    if view.angle == 0.0:
        around = QRegion(exposed) - QRegion(view.view_rect(qrectf(canvas), margin=-1))
        if around.isEmpty():
            return
        painter.save()
        painter.setClipRegion(around, Qt.ClipOperation.IntersectClip)
        painter.fillRect(exposed, color)
        painter.restore()
    else:
        painter.fillRect(exposed, color)


def paint_checkerboard(painter: QPainter, view: ViewTransform, canvas: Rect, exposed: QRect, brush: QBrush) -> None:
    """Fill the canvas with squares that stay upright and the same size however the view is turned."""
    painter.save()
    matrix = view.matrix()
    if view.angle == 0.0:
        painter.fillRect(matrix.mapRect(qrectf(canvas)).intersected(QRectF(exposed)), brush)
    else:
        fixed = QBrush(brush)
        fixed.setTransform(matrix.inverted()[0])
        painter.setTransform(matrix, combine=True)
        painter.fillRect(qrectf(canvas), fixed)
    painter.restore()


def paint_border(painter: QPainter, view: ViewTransform, canvas: Rect, theme: Theme) -> None:
    """Outline the canvas with one device pixel."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.angle % 90.0 != 0.0)
    painter.setPen(QPen(QColor(theme.outline), 1 / view.device_ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    edge = 0.5 / view.device_ratio
    if view.angle == 0.0:
        painter.drawRect(view.matrix().mapRect(qrectf(canvas)).adjusted(-edge, -edge, edge, edge))
    else:
        painter.drawPolygon(view.matrix().map(QPolygonF(qrectf(canvas))))
    painter.restore()


def paint_focus_ring(painter: QPainter, area: QRect, theme: Theme) -> None:
    """Show within the edge of the view that keys go to the canvas."""
    painter.save()
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(1, 1, -1, -1))
    painter.restore()


def paint_pixel_grid(painter: QPainter, view: ViewTransform, canvas: Rect) -> None:
    """Part the document pixels by thin grey lines that show on any colour."""
    seen = view.visible_rect().toAlignedRect()
    area = Rect(seen.x(), seen.y(), seen.width(), seen.height()).expanded(1).intersected(canvas)
    if view.zoom < GRID_ZOOM or area.is_empty:
        return
    lines = [QLineF(x, area.y, x, area.bottom) for x in range(area.x, area.right + 1)]
    lines += [QLineF(area.x, y, area.right, y) for y in range(area.y, area.bottom + 1)]
    painter.save()
    painter.setTransform(view.matrix(), combine=True)
    pen = QPen(QColor(128, 128, 128, 96), 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawLines(lines)
    painter.restore()


def paint_stretched(painter: QPainter, view: ViewTransform, canvas: Rect, image: QImage) -> None:
    """Draw a picture of any size over the whole canvas."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < 2.0)
    painter.setTransform(view.matrix(), combine=True)
    painter.drawImage(qrectf(canvas), image, QRectF(image.rect()))
    painter.restore()


def paint_part(painter: QPainter, view: ViewTransform, canvas: Rect, image: QImage, area: Rect) -> None:
    """Draw a picture of any size over an area, as far as it lies on the canvas."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < 2.0)
    painter.setTransform(view.matrix(), combine=True)
    painter.setClipRect(qrectf(canvas), Qt.ClipOperation.IntersectClip)
    painter.drawImage(qrectf(area), image, QRectF(image.rect()))
    painter.restore()


def qrectf(rect: Rect) -> QRectF:
    """The same rectangle for Qt."""
    return QRectF(rect.x, rect.y, rect.width, rect.height)
