"""Areas that are dragged: rectangles, ellipses and freehand outlines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from studio.history import StepKind
from studio.raster.limits import MaskMode
from studio.ui.canvas.tools.area_tool import Area, AreaTool, paint_outline
from studio.ui.canvas.tools.shapes import spanned
from studio.ui.canvas.tools.tool import CanvasTool, ToolContext, Unfinished
from studio.ui.canvas.view.pointer import Pointer

_LASSO_STEP: Final = 1.5
"""Logical view pixels between two lasso points."""


Outline = Callable[[list[QPointF]], QPainterPath]
"""The outline through points of the document: at least two, the first where the drag began."""


class ShapeTool(AreaTool):
    """Drags an outline and makes it the area.

    Shift adds, Alt subtracts, both intersect, as held when the drag starts; with nothing there they do not count. A
    ``freehand`` outline follows every move; otherwise first and last point span it, Shift gives it equal sides (Ctrl
    too) and Alt its centre where the drag began, if they are pressed after it.
    """

    def __init__(
        self, info: CanvasTool, context: ToolContext, *, area: Area, step: StepKind, outline: Outline, freehand: bool
    ) -> None:
        super().__init__(info, context, area=area, step=step)
        self._outline = outline
        self._freehand = freehand
        self._points: list[QPointF] = []
        self._first = QPointF()
        self._last_view = QPointF()
        self._mode = MaskMode.REPLACE
        self._spent = (False, False)

    @property
    def is_active(self) -> bool:
        return super().is_active or bool(self._points)

    def press(self, pointer: Pointer) -> None:
        if self.grab(pointer):
            return
        is_empty = not self.area.holds_anything(self.context.session.document)
        self._spent = (False, False) if is_empty else (pointer.shift, pointer.alt)
        self._mode = self.area.mode(pointer, self.context)
        self._points = [pointer.document]
        self._first = pointer.document
        self._last_view = pointer.view

    def move(self, pointer: Pointer) -> None:
        super().move(pointer)
        if self._points:
            self._extend(pointer)
            self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        super().release(pointer)
        if not self._points:
            return
        self._extend(pointer)
        path, is_click = self._path(), len(self._points) < 2
        self.cancel()
        if path is not None:
            self.commit(self.area.outlined(self.context, path, self._mode)())
        elif is_click and self._mode is MaskMode.REPLACE:
            self.deselect()

    def so_far(self) -> Unfinished | None:
        """What the outline as it is would make."""
        path = self._path()
        if path is None:
            return super().so_far()
        return Unfinished(kind=self.step, document=self.area.outlined(self.context, path, self._mode))

    def cancel(self) -> None:
        self._points = []
        super().cancel()

    def finish(self) -> None:
        self._points = []
        super().finish()
        self.context.redraw()

    def paint(self, painter: QPainter) -> None:
        if len(self._points) >= 2:
            paint_outline(painter, self.context.view.matrix().map(self._outline(self._points)))

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
        shift, alt = self._fresh_keys(pointer)
        if len(self._points) > 1 or pointer.view != self._last_view:
            square = shift or pointer.control
            start, end = self.context.snapping.span(self._first, pointer.document)
            self._points = spanned(start, end, square=square, from_centre=alt)

    def _fresh_keys(self, pointer: Pointer) -> tuple[bool, bool]:
        """Shift and Alt as far as they were pressed after the drag began: those held before said how to combine."""
        self._spent = (self._spent[0] and pointer.shift, self._spent[1] and pointer.alt)
        return pointer.shift and not self._spent[0], pointer.alt and not self._spent[1]

    def _follow(self, pointer: Pointer) -> None:
        way = pointer.view - self._last_view
        if abs(way.x()) + abs(way.y()) >= _LASSO_STEP:
            self._points.append(pointer.document)
            self._last_view = pointer.view
