"""What tools that draw the generation mask as a shape have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from studio.document import Document
from studio.history import StepKind
from studio.raster.limits import MaskMode
from studio.ui.canvas.tools.mask_options import MASK_SHAPE
from studio.ui.canvas.tools.shapes import shape_mask, with_equal_sides
from studio.ui.canvas.tools.tool import CanvasTool, Tool, ToolContext, Unfinished
from studio.ui.canvas.view.pointer import Pointer

_LASSO_STEP: Final = 1.5
"""Logical view pixels between two lasso points."""


Outline = Callable[[list[QPointF]], QPainterPath]
"""The outline through points of the document: at least two, the first where the drag began."""


class ShapeTool(Tool):
    """Drags an outline and makes it the mask.

    Shift adds, Alt subtracts, both intersect, as held when the drag starts. A ``freehand`` outline follows every move;
    otherwise first and last point span it, and Ctrl gives it equal sides.
    """

    def __init__(
        self, info: CanvasTool, context: ToolContext, *, step: StepKind, outline: Outline, freehand: bool
    ) -> None:
        super().__init__(info, context)
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
        self._mode = shape_mode(pointer, self.context)
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
            self.context.commit(self._step, self._masked(path)())

    def so_far(self) -> Unfinished | None:
        """The mask that the outline as it is would make."""
        path = self._path()
        if path is None:
            return None
        return Unfinished(kind=self._step, document=self._masked(path))

    def cancel(self) -> None:
        self._points = []
        self.context.redraw()

    def paint(self, painter: QPainter) -> None:
        if len(self._points) < 2:
            return
        paint_outline(painter, self.context.view.matrix().map(self._outline(self._points)))

    def _masked(self, path: QPainterPath) -> Callable[[], Document]:
        return masked(self.context, path, self._mode)

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


def masked(context: ToolContext, path: QPainterPath, mode: MaskMode) -> Callable[[], Document]:
    """Makes the document with ``path`` in its mask, with the edge that is chosen now; on any thread."""
    options = context.options(MASK_SHAPE)
    return partial(_masked, context.session.document, path, mode, options["feather"], options["antialias"])


def _masked(document: Document, path: QPainterPath, mode: MaskMode, feather: int, antialias: bool) -> Document:
    from studio.raster.masks import combine  # not needed for the first window

    shape = shape_mask(path, document.canvas, feather=feather, antialias=antialias)
    return document.with_generation_mask(combine(document.generation_mask, shape, mode))


def shape_mode(pointer: Pointer, context: ToolContext) -> MaskMode:
    """How a shape meets the mask: as the keys held say, else as is chosen."""
    if pointer.shift and pointer.alt:
        return MaskMode.INTERSECT
    if pointer.shift:
        return MaskMode.ADD
    return MaskMode.SUBTRACT if pointer.alt else MaskMode(context.options(MASK_SHAPE)["mode"])


def paint_outline(painter: QPainter, path: QPainterPath) -> None:
    """Draw a path in view coordinates as dashes that are seen on any colour."""
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
