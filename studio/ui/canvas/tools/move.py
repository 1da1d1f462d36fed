"""Moves the active layer or group, or what is selected of it, by whole pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPointF, QRectF, Qt

from studio.document import Document, Layer, LayerId
from studio.history import StepKind
from studio.ui.canvas.targets import movable_layer
from studio.ui.canvas.tools.nudging import ARROWS, nudge_of
from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext, Unfinished
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.pointer import Pointer

if TYPE_CHECKING:
    from studio.raster.lifting import LiftedPixels

_MOVE: Final = StepKind("layer.move", "Move layer", "move")
_MOVE_SELECTED: Final = StepKind("selection.move_pixels", "Move what is selected", "move")
translate = QCoreApplication.translate


class MoveTool(Tool):
    """Drags the active layer with its mask, or what is selected of it; arrow keys nudge it. Shift keeps a drag level or
    upright. It snaps. What is selected floats until something else is done: what it is moved across stays as it was.
    """

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._start: Pointer | None = None
        self._layer: Layer | None = None
        self._offset = (0, 0)
        self._is_stale = False
        self._floating: _Floating | None = None
        self._extent: QRectF | None = None

    @property
    def is_active(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        layer = movable_layer(self.context.session.document)
        if isinstance(layer, str):
            self.context.say(layer)
            return
        if not self._has_something_to_move(layer):
            return
        self._start, self._layer, self._offset = pointer, layer, (0, 0)
        self._extent = None

    def move(self, pointer: Pointer) -> None:
        offset = self._offset_to(pointer)
        if offset != self._offset:
            self._offset = offset
            self._is_stale = True
            self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self.finish()

    def cancel(self) -> None:
        self._start = self._layer = None
        self._is_stale = False
        self.context.show(self.context.session.document)

    def finish(self) -> None:
        layer, offset = self._layer, self._offset
        self._start = self._layer = None
        self._is_stale = False
        if layer is not None and offset != (0, 0):
            self._commit(layer.id, offset)

    def so_far(self) -> Unfinished | None:
        """The layer where it is dragged to."""
        if self._layer is None or self._offset == (0, 0):
            return None
        moved = partial(self._moved, self._layer.id, *self._offset)
        return Unfinished(kind=self._kind, document=moved)

    def before_paint(self) -> None:
        if self._is_stale and self._layer is not None:
            self._is_stale = False
            self.context.show(self._moved(self._layer.id, *self._offset))

    def document_changed(self, document: Document) -> None:
        """Go on where the layer is the same still; give up where it was changed or taken away."""
        if self._layer is None:
            return
        if any(layer is self._layer for layer in document.walk()):
            self._is_stale = True
        else:
            self.cancel()
            self.context.say(translate("CanvasView", "The move was dropped because the layer changed under it."))

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        way = nudge_of(key, modifiers)
        if way is None:
            return False
        layer = movable_layer(self.context.session.document)
        if isinstance(layer, str):
            self.context.say(layer)
        elif not self.is_active and self._has_something_to_move(layer):
            self._commit(layer.id, way, merge_key=f"nudge:{self._kind.id}:{layer.id}")
        return True

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        return super().wants_key(key, modifiers) or key in ARROWS

    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.SizeAllCursor

    def _offset_to(self, pointer: Pointer) -> tuple[int, int]:
        if self._start is None:
            return (0, 0)
        way = self._snapped(pointer.document - self._start.document)
        dx, dy = round(way.x()), round(way.y())
        if pointer.shift:
            return (dx, 0) if abs(dx) >= abs(dy) else (0, dy)
        return (dx, dy)

    @property
    def _kind(self) -> StepKind:
        return _MOVE if self.context.session.document.edit_limit is None else _MOVE_SELECTED

    def _has_something_to_move(self, layer: Layer) -> bool:
        """Whether there are pixels where something is selected; says so where there are none."""
        document = self.context.session.document
        if document.edit_limit is None or self._float(document, layer.id).pixels.holds_anything:
            return True
        self.context.say(translate("CanvasView", '"{name}" has nothing in the selection.').format(name=layer.name))
        return False

    def _commit(self, layer_id: LayerId, offset: tuple[int, int], merge_key: str | None = None) -> None:
        kind, document = self._kind, self._moved(layer_id, *offset)
        self.context.commit(kind, document, merge_key=merge_key)
        if self._floating is not None:
            self._floating = self._floating.put_down(offset, self.context.session.document)

    def _snapped(self, way: QPointF) -> QPointF:
        """The way that has a side or the middle of the layer lie on a line, where one attracts."""
        snapping = self.context.snapping
        is_part = self.context.session.document.edit_limit is not None
        if self._layer is None or is_part or not snapping.is_on:
            return way
        if self._extent is None:
            self._extent = qrectf(self._layer.bounds_on(self.context.session.document.canvas))
        return way + snapping.offset(self._extent.translated(way))

    def _moved(self, layer_id: LayerId, dx: int, dy: int) -> Document:
        from studio.raster import transform  # not needed for the first window

        document = self.context.session.document
        if document.edit_limit is not None:
            floating = self._float(document, layer_id)
            return floating.pixels.put_down(document, floating.offset[0] + dx, floating.offset[1] + dy)
        move = transform.move_layer_pixels if self.context.around is None else transform.move_layer_around
        return move(document, layer_id, dx, dy)

    def _float(self, document: Document, layer_id: LayerId) -> _Floating:
        """What is selected of the layer: what floats already, if nothing was done to the picture since."""
        floating = self._floating
        is_known = floating is not None and floating.pixels.layer_id == layer_id
        if floating is None or not is_known or not (self.is_active or floating.document is document):
            from studio.raster.lifting import LiftedPixels  # not needed for the first window

            floating = self._floating = _Floating(LiftedPixels(document, layer_id), document)
        return floating


@dataclass(frozen=True, eq=False)
class _Floating:
    """Selected pixels, how far they were moved, and the document in which they lie there."""

    pixels: LiftedPixels
    document: Document
    offset: tuple[int, int] = (0, 0)

    def put_down(self, offset: tuple[int, int], document: Document) -> _Floating:
        total = self.offset[0] + offset[0], self.offset[1] + offset[1]
        return _Floating(self.pixels, document, total)


MOVE: Final = CanvasTool(
    id="move",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Move layer")),
    icon="move",
    shortcut="V",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Drag the layer, or what is selected of it. Arrow keys move it by 1 pixel, with Shift by 10.",
        )
    ),
    section=Section.PAINT,
    make=MoveTool,
)
