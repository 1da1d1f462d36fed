"""Outlines drawn on the canvas, turned into generation masks."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF

from studio.document import Raster, Rect


def rectangle_outline(points: list[QPointF]) -> QPainterPath:
    """A rectangle between the first and the last point, on whole pixels: both pixels under these belong to it."""
    one, other = points[0], points[-1]
    left, right = sorted((one.x(), other.x()))
    top, bottom = sorted((one.y(), other.y()))
    x, y = np.floor(left), np.floor(top)
    path = QPainterPath()
    path.addRect(QRectF(x, y, np.floor(right) + 1 - x, np.floor(bottom) + 1 - y))
    return path


def ellipse_outline(points: list[QPointF]) -> QPainterPath:
    """An ellipse in the rectangle between the first and the last point."""
    path = QPainterPath()
    path.addEllipse(QRectF(points[0], points[-1]).normalized())
    return path


def closed_outline(points: list[QPointF]) -> QPainterPath:
    """A closed outline; where it crosses itself, everything enclosed counts as inside."""
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def with_equal_sides(start: QPointF, end: QPointF) -> QPointF:
    """``end`` moved so that both spans from ``start`` are as long as the longer one."""
    span = end - start
    side = max(abs(span.x()), abs(span.y()))
    return start + QPointF(side if span.x() >= 0 else -side, side if span.y() >= 0 else -side)


def shape_mask(path: QPainterPath, canvas: Rect, *, feather: int = 0, antialias: bool = True) -> Raster:
    """The part of ``path`` that lies on the canvas as a mask; its edge fades out over ``feather`` pixels."""
    box = path.boundingRect().toAlignedRect()
    area = Rect(box.x(), box.y(), box.width(), box.height()).intersected(canvas)
    if area.is_empty:
        return Raster(channels=1)
    image = QImage(area.width, area.height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, antialias)
    painter.translate(-area.x, -area.y)
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(area.height, image.bytesPerLine())
    mask = Raster.from_array(rows[:, : area.width], area.x, area.y)
    if not feather:
        return mask
    from studio.raster import masks  # not needed for the first window

    return masks.feather(mask, float(feather), canvas)
