"""Outlines drawn on the canvas, turned into generation masks."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF

from studio.document import Pixels, Raster, Rect


class ShapeMode(StrEnum):
    """How a new shape meets the mask that is there."""

    REPLACE = "replace"
    ADD = "add"
    SUBTRACT = "subtract"


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


def coverage(path: QPainterPath, canvas: Rect) -> tuple[Pixels, Rect]:
    """How much of each canvas pixel lies inside ``path``, 0..255, and the rectangle that it is about.

    The array is uint8 ``(h, w)``; the rectangle is empty when the path misses the canvas.
    """
    box = path.boundingRect().toAlignedRect()
    area = Rect(box.x(), box.y(), box.width(), box.height()).intersected(canvas)
    if area.is_empty:
        return np.zeros((0, 0), np.uint8), area
    image = QImage(area.width, area.height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-area.x, -area.y)
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(area.height, image.bytesPerLine())
    return rows[:, : area.width].copy(), area


def combined(mask: Raster, path: QPainterPath, mode: ShapeMode, canvas: Rect) -> Raster:
    """``mask`` with a shape put in its place, added to it or taken away from it."""
    inside, area = coverage(path, canvas)
    if mode is ShapeMode.REPLACE:
        return Raster(channels=1) if area.is_empty else Raster.from_array(inside, area.x, area.y)
    if area.is_empty:
        return mask
    before = mask.read(area)
    after = np.maximum(before, inside) if mode is ShapeMode.ADD else np.minimum(before, 255 - inside)
    return mask.with_array(after, area.x, area.y)
