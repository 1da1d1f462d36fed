"""Rectangle, ellipse and lasso: tools that draw the generation mask as a shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from studio.document import Document
from studio.history import StepKind
from studio.raster.masks import MaskMode, combine
from studio.ui.canvas.tools.shapes import (
    ellipse_path,
    lasso_path,
    rectangle_path,
    shape_mask,
    with_equal_sides,
)
from studio.ui.canvas.tools.tool import Tool, ToolContext, Unfinished
from studio.ui.canvas.view.pointer import Pointer

_RECTANGLE: Final = StepKind("mask.rectangle", "Mask rectangle", "mask-rectangle")
_ELLIPSE: Final = StepKind("mask.ellipse", "Mask ellipse", "mask-ellipse")
_LASSO: Final = StepKind("mask.lasso", "Mask lasso", "mask-lasso")
_LASSO_STEP: Final = 1.5
"""Logical view pixels between two lasso points."""


Outline = Callable[[list[QPointF]], QPainterPath]
"""The outline through points of the document: at least two, the first where the drag began."""


class ShapeTool(Tool):
    """Drags an outline and makes it the mask.

    Shift adds, Alt subtracts, both intersect, as held when the drag starts. A ``freehand`` outline follows every move;
    otherwise first and last point span it, and Ctrl gives it equal sides.
    """

    def __init__(self, tool_id: str, context: ToolContext, step: StepKind, outline: Outline, *, freehand: bool) -> None:
        super().__init__(tool_id, context)
        self._step = step
        self._outline = outline
        self._freehand = freehand
        self._points: list[QPointF] = []
        self._last_view = QPointF()
        self._mode = MaskMode.REPLACE

    @property
    def is_active(self) -> bool:
        return bool(self._points)

    def press(self, pointer: Pointer) -> None:
        self._mode = _mode(pointer, self.context.shape_mode)
        self._points = [pointer.document]
        self._last_view = pointer.view

    def move(self, pointer: Pointer) -> None:
        if self._points:
            self._extend(pointer)
            self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        if not self._points:
            return
        self._extend(pointer)
        path = self._path()
        self.cancel()
        if path is not None:
            self.context.commit(self._step, _masked(self.context.session.document, path, self._mode))

    def so_far(self) -> Unfinished | None:
        """The mask that the outline as it is would make."""
        path = self._path()
        if path is None:
            return None
        masked = partial(_masked, self.context.session.document, path, self._mode)
        return Unfinished(kind=self._step, document=masked)

    def cancel(self) -> None:
        self._points = []
        self.context.redraw()

    def paint(self, painter: QPainter) -> None:
        if len(self._points) < 2:
            return
        path = self.context.view.matrix().map(self._outline(self._points))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 220), 1.25))
        painter.drawPath(path)
        pen = QPen(QColor(255, 255, 255), 1.25)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawPath(path)
        painter.restore()

    def _path(self) -> QPainterPath | None:
        """The outline; ``None`` while it encloses nothing."""
        if len(self._points) < 2:
            return None
        path = self._outline(list(self._points))
        return None if path.boundingRect().isEmpty() else path

    def _extend(self, pointer: Pointer) -> None:
        if self._freehand:
            self._follow(pointer)
            return
        end = with_equal_sides(self._points[0], pointer.document) if pointer.control else pointer.document
        if len(self._points) > 1 or pointer.view != self._last_view:
            self._points = [self._points[0], end]

    def _follow(self, pointer: Pointer) -> None:
        way = pointer.view - self._last_view
        if abs(way.x()) + abs(way.y()) >= _LASSO_STEP:
            self._points.append(pointer.document)
            self._last_view = pointer.view


def _masked(document: Document, path: QPainterPath, mode: MaskMode) -> Document:
    return document.with_selection(combine(document.selection, shape_mask(path, document.canvas), mode))


def _mode(pointer: Pointer, otherwise: MaskMode) -> MaskMode:
    if pointer.shift and pointer.alt:
        return MaskMode.INTERSECT
    if pointer.shift:
        return MaskMode.ADD
    return MaskMode.SUBTRACT if pointer.alt else otherwise


def rectangle_tool(tool_id: str, context: ToolContext) -> ShapeTool:
    """A rectangle on whole pixels."""
    return ShapeTool(tool_id, context, _RECTANGLE, lambda points: rectangle_path(points[0], points[-1]), freehand=False)


def ellipse_tool(tool_id: str, context: ToolContext) -> ShapeTool:
    """An ellipse."""
    return ShapeTool(tool_id, context, _ELLIPSE, lambda points: ellipse_path(points[0], points[-1]), freehand=False)


def lasso_tool(tool_id: str, context: ToolContext) -> ShapeTool:
    """A freehand outline, closed on release."""
    return ShapeTool(tool_id, context, _LASSO, lasso_path, freehand=True)
