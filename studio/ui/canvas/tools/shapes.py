"""Outlines drawn on the canvas, turned into generation masks."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF

from studio.document import Raster, Rect


def rectangle_path(one: QPointF, other: QPointF) -> QPainterPath:
    """A rectangle between two corners, on whole pixels: both pixels under the corners belong to it."""
    left, right = sorted((one.x(), other.x()))
    top, bottom = sorted((one.y(), other.y()))
    x, y = np.floor(left), np.floor(top)
    path = QPainterPath()
    path.addRect(QRectF(x, y, np.floor(right) + 1 - x, np.floor(bottom) + 1 - y))
    return path


def ellipse_path(one: QPointF, other: QPointF) -> QPainterPath:
    """An ellipse in the rectangle between two corners."""
    path = QPainterPath()
    path.addEllipse(QRectF(one, other).normalized())
    return path


def lasso_path(points: list[QPointF]) -> QPainterPath:
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


def shape_mask(path: QPainterPath, canvas: Rect) -> Raster:
    """The part of ``path`` that lies on the canvas as a mask, anti-aliased."""
    box = path.boundingRect().toAlignedRect()
    area = Rect(box.x(), box.y(), box.width(), box.height()).intersected(canvas)
    if area.is_empty:
        return Raster(channels=1)
    image = QImage(area.width, area.height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-area.x, -area.y)
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(area.height, image.bytesPerLine())
    return Raster.from_array(rows[:, : area.width], area.x, area.y)
