"""How the frame of the transform tool looks over the picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from studio.raster.free_transform import FreeTransform, Mesh, Point, mapped
from studio.ui.canvas.tools.area_tool import paint_outline
from studio.ui.canvas.tools.edges_frame import GRIPS
from studio.ui.canvas.tools.edges_painting import paint_handles, paint_label
from studio.ui.canvas.tools.transform_frame import turning_handle, unit
from studio.ui.canvas.view.view_transform import ViewTransform

_BEND: Final = 8
"""Straight pieces that a side of a cell of the mesh is drawn in."""
_ROUND: Final = 4.5
"""Radius of what is round, in view pixels."""


def paint_frame(painter: QPainter, view: ViewTransform, shape: FreeTransform, *, is_warping: bool) -> None:
    """Draw the frame with its handles, pivot and size, in view coordinates; a mesh in place of them for a warp."""

    def to_view(point: Point) -> Point:
        place = view.to_view(QPointF(*point))
        return place.x(), place.y()

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addPolygon(QPolygonF([QPointF(*to_view(corner)) for corner in shape.outline()]))
    outline.closeSubpath()
    if is_warping and shape.mesh is not None:
        paint_outline(painter, _mesh_lines(shape, shape.mesh, view))
        _paint_rounds(painter, [to_view(mapped(shape.matrix(), point)) for point in shape.mesh.points])
    else:
        paint_outline(painter, outline)
        _paint_turning(painter, to_view(shape.frame_point((0.5, 0.0))), turning_handle(shape, to_view))
        paint_handles(painter, [QPointF(*to_view(shape.frame_point(unit(grip)))) for grip in GRIPS])
        _paint_pivot(painter, QPointF(*to_view(shape.frame_point(shape.pivot))))
    if not shape.is_unchanged:
        seen = outline.boundingRect().intersected(QRectF(0, 0, view.view_width, view.view_height))
        paint_label(painter, seen, _said(shape))
    painter.restore()


def _said(shape: FreeTransform) -> str:
    width, height = (round(abs(side)) for side in (shape.box.width * shape.scale_x, shape.box.height * shape.scale_y))
    return f"{width} × {height}" + (f"  {shape.angle:.1f}°" if shape.angle else "")


def _mesh_lines(shape: FreeTransform, mesh: Mesh, view: ViewTransform) -> QPainterPath:
    path = QPainterPath()
    steps = [index / (mesh.cells * _BEND) for index in range(mesh.cells * _BEND + 1)]
    for line in range(mesh.cells + 1):
        place = line / mesh.cells
        for way in ([(place, step) for step in steps], [(step, place) for step in steps]):
            path.addPolygon(QPolygonF([view.to_view(QPointF(*shape.to_canvas(point))) for point in way]))
    return path


def _paint_turning(painter: QPainter, side: Point, handle: Point) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1.25))
    painter.drawLine(QPointF(*side), QPointF(*handle))
    _paint_rounds(painter, [handle])


def _paint_rounds(painter: QPainter, points: list[Point]) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1))
    painter.setBrush(QColor(255, 255, 255))
    for point in points:
        painter.drawEllipse(QPointF(*point), _ROUND, _ROUND)


def _paint_pivot(painter: QPainter, at: QPointF) -> None:
    for color, width in ((QColor(255, 255, 255), 3.0), (QColor(0, 0, 0), 1.25)):
        painter.setPen(QPen(color, width))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawEllipse(at, _ROUND, _ROUND)
        for dx, dy in ((2 * _ROUND, 0.0), (0.0, 2 * _ROUND)):
            painter.drawLine(at - QPointF(dx, dy), at + QPointF(dx, dy))
