"""What tools have in common that draw an area: they make it the generation mask, or the selection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from studio.document import Document, Raster, Rect
from studio.editing.selection import NONE
from studio.history import StepKind
from studio.raster.limits import MaskMode
from studio.ui.canvas.targets import GenerationMask, Selection, nothing_left_remark
from studio.ui.canvas.tools.mask_options import MASK_SHAPE
from studio.ui.canvas.tools.nudging import ARROWS, nudge_of
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.selection_options import SELECTION_SHAPE
from studio.ui.canvas.tools.shapes import shape_mask
from studio.ui.canvas.tools.tool import CanvasTool, Tool, ToolContext, Unfinished
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.mask_overlay import INSIDE
from studio.ui.canvas.view.pointer import Pointer

translate = QCoreApplication.translate

MOVE_OUTLINE: Final = StepKind("selection.move", "Move selection", "move")

_STEADY: Final = 3.0
"""Logical view pixels that a hand may shake by in a click."""


@dataclass(frozen=True, kw_only=True)
class Area:
    """What an outline is drawn for. ``options`` say how it meets what is there: "mode", "feather" and "antialias"."""

    target: GenerationMask | Selection
    options: OptionGroup

    @property
    def is_selection(self) -> bool:
        return isinstance(self.target, Selection)

    def raster(self, document: Document) -> Raster:
        raster = self.target.raster(document)
        assert raster is not None, "a document always has both"
        return raster

    def holds_anything(self, document: Document) -> bool:
        """Whether something is masked, or selected."""
        raster = self.raster(document)
        return bool(raster.tiles) or bool(raster.default)

    def mode(self, pointer: Pointer, context: ToolContext) -> MaskMode:
        """How an area meets what is there: as the keys held say, if there is anything, else as is chosen."""
        if not (pointer.shift or pointer.alt):
            return MaskMode(context.options(self.options)["mode"])
        if not self.holds_anything(context.session.document):
            return MaskMode.REPLACE
        if pointer.shift and pointer.alt:
            return MaskMode.INTERSECT
        return MaskMode.ADD if pointer.shift else MaskMode.SUBTRACT

    def outlined(self, context: ToolContext, path: QPainterPath, mode: MaskMode) -> Callable[[], Document]:
        """Makes the document with what lies in ``path``, with the edge that is chosen now; on any thread."""
        options = context.options(self.options)
        shape = partial(shape_mask, path, feather=options["feather"], antialias=options["antialias"])
        return partial(self.combined, context.session.document, shape, mode)

    def combined(self, document: Document, shape: Callable[[Rect], Raster], mode: MaskMode) -> Document:
        """The document with what ``shape`` makes on its canvas combined with what is there."""
        from studio.raster.masks import combine  # not needed for the first window

        made = combine(self.raster(document), shape(document.canvas), mode)
        return self.target.with_raster(document, made)


MASK_AREA: Final = Area(target=GenerationMask(), options=MASK_SHAPE)
SELECTION_AREA: Final = Area(target=Selection(), options=SELECTION_SHAPE)


class AreaTool(Tool):
    """Draws areas. Pressed on what is selected, without keys, it moves the outline; so do the arrow keys."""

    def __init__(self, info: CanvasTool, context: ToolContext, *, area: Area, step: StepKind) -> None:
        super().__init__(info, context)
        self.area = area
        self.step = step
        self._dragged: _OutlineDrag | None = None
        self._is_over = False

    @property
    def is_active(self) -> bool:
        return self._dragged is not None

    # --- the outline of the selection -------------------------------------------------------------

    def grab(self, pointer: Pointer) -> bool:
        """Begin to move the outline, if the pointer is on what is selected."""
        if not self._can_grab(pointer):
            return False
        self._dragged = _OutlineDrag(self.context, pointer)
        return True

    def _can_grab(self, pointer: Pointer) -> bool:
        document = self.context.session.document
        if not self.area.is_selection or document.edit_limit is None or pointer.shift or pointer.alt:
            return False
        is_new = self.context.options(self.area.options)["mode"] == MaskMode.REPLACE
        return is_new and bool(document.selection.read(Rect(*pointer.pixel, 1, 1))[0, 0] >= INSIDE)

    def hover(self, pointer: Pointer) -> None:
        self._is_over = self._can_grab(pointer)

    def cursor(self) -> Qt.CursorShape:
        is_moving = self._dragged is not None or (self._is_over and not self.is_active)
        return Qt.CursorShape.SizeAllCursor if is_moving else Qt.CursorShape.CrossCursor

    def move(self, pointer: Pointer) -> None:
        if self._dragged is not None:
            self._dragged.move(pointer)

    def release(self, pointer: Pointer) -> None:
        if self._dragged is not None:
            self._dragged.move(pointer)
            self.finish()

    def before_paint(self) -> None:
        if self._dragged is not None:
            self._dragged.show()

    def document_changed(self, document: Document) -> None:
        if self._dragged is not None and document.selection is not self._dragged.selection:
            self.cancel()

    def cancel(self) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.context.show(self.context.session.document)
        self.context.redraw()

    def finish(self) -> None:
        dragged, self._dragged = self._dragged, None
        if dragged is not None and dragged.offset == (0, 0):
            self.clicked()
        elif dragged is not None:
            self.commit(dragged.document(), MOVE_OUTLINE)

    def so_far(self) -> Unfinished | None:
        dragged = self._dragged
        if dragged is None or dragged.offset == (0, 0):
            return None
        return Unfinished(kind=MOVE_OUTLINE, document=dragged.document)

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        way = nudge_of(key, modifiers)
        if way is None or not self._nudges():
            return False
        document = self.context.session.document
        moved = document.with_selection(document.selection.translated(*way))
        self.commit(moved, MOVE_OUTLINE, merge_key="selection.nudge")
        return True

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        return super().wants_key(key, modifiers) or (key in ARROWS and self._nudges())

    def _nudges(self) -> bool:
        is_selected = self.context.session.document.edit_limit is not None
        return self.area.is_selection and is_selected and not self.is_active

    # --- what is drawn ----------------------------------------------------------------------------

    def commit(self, document: Document, step: StepKind | None = None, *, merge_key: str | None = None) -> None:
        """Make it the current one, and say so if nothing of the area is left; one that stays empty is no step."""
        before = self.context.session.document
        was_something, is_something = (self.area.holds_anything(each) for each in (before, document))
        if not was_something and not is_something:
            self.context.say(_nothing_made())
            return
        if self.area.is_selection and not _is_seen(document):
            document = document.with_selection(Raster(channels=1))
            is_something = False
        self.context.commit(step or self.step, document, merge_key=merge_key)
        if self.area.is_selection and was_something and not is_something:
            self.context.say(nothing_left_remark())

    def clicked(self) -> None:
        """What is selected was pressed, and not moved."""
        self.deselect()

    def deselect(self) -> None:
        """As a click beside or on the selection does, where a new one would begin."""
        document = self.context.session.document
        if self.area.is_selection and document.edit_limit is not None:
            self.context.commit(NONE, document.with_selection(Raster(channels=1)))


class _OutlineDrag:
    """The selection on its way to another place; the pixels stay where they are."""

    def __init__(self, context: ToolContext, start: Pointer) -> None:
        self._context = context
        self._start = start
        self.selection = context.session.document.selection
        self._extent = qrectf(self.selection.bounds())
        self.offset = (0, 0)
        self._is_stale = False

    def move(self, pointer: Pointer) -> None:
        is_click = (pointer.view - self._start.view).manhattanLength() < _STEADY
        if is_click and self.offset == (0, 0):
            return
        way = pointer.document - self._start.document
        if self._context.snapping.is_on:
            way += self._context.snapping.offset(self._extent.translated(way))
        dx, dy = round(way.x()), round(way.y())
        if pointer.shift:
            dx, dy = (dx, 0) if abs(dx) >= abs(dy) else (0, dy)
        if (dx, dy) != self.offset:
            self.offset = (dx, dy)
            self._is_stale = True
            self._context.redraw()

    def show(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._context.show(self.document())

    def document(self) -> Document:
        return self._context.session.document.with_selection(self.selection.translated(*self.offset))


def _nothing_made() -> str:
    return translate(
        "CanvasView", "This makes no area: it lies outside the picture, or there is nothing to take it away from."
    )


def _is_seen(document: Document) -> bool:
    """Whether some of the selection lies on the canvas."""
    selection, canvas = document.selection, document.canvas
    return bool(selection.default) or any(key in selection.tiles for key in canvas.tile_keys())


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
