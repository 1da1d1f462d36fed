"""Brush, eraser, mask brush and mask eraser: a stroke is a transaction that ends as one step of history."""

from __future__ import annotations

import math
import struct
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter

from studio.document import Document, Raster, filled_mask
from studio.history import StepKind
from studio.session import DocumentId
from studio.ui.canvas.targets import (
    NewLayerAbove,
    Target,
    changed_nothing,
    hidden_there,
    is_outside,
    new_layer_remark,
)
from studio.ui.canvas.tools.brush_options import brush_of
from studio.ui.canvas.tools.brush_resize import BrushResize
from studio.ui.canvas.tools.layer_options import outside_remark, paint_clip
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.selection_options import is_quick
from studio.ui.canvas.tools.stroke_transaction import StrokeTransaction
from studio.ui.canvas.tools.symmetry_options import SYMMETRY, paint_axes, symmetry_of
from studio.ui.canvas.tools.tool import CanvasTool, Tool, ToolContext, Unfinished
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.brush_cursor import paint_rope
from studio.ui.canvas.view.pointer import Pointer

if TYPE_CHECKING:
    from studio.raster.brush import MakeStroke
    from studio.raster.brushes.brush import Brush

SLICE: Final = 0.006
"""Seconds that dabs may take before the event loop gets its turn; the rest of the way follows at once after."""

_LEAST_ROOM: Final = 2048
"""Pixels around a small canvas that a stroke can reach."""

translate = QCoreApplication.translate


@dataclass(frozen=True, kw_only=True)
class StrokeKind:
    """What a stroke tool does.

    ``target`` finds what is painted on, or says (translated) why nothing can be; ``brush`` are its options. With an
    ``erase_step`` it paints a mask of the picture: white whatever the colour, and Ctrl or the right button take away.
    Without ``is_limited`` it goes beyond what is selected. ``strokes`` make another kind of stroke than one of colour,
    on a raster as it is at its start.
    """

    step: StepKind
    brush: OptionGroup
    target: Callable[[ToolContext], Target | str]
    erases: bool = False
    erase_step: StepKind | None = None
    is_limited: bool = True
    strokes: Callable[[ToolContext, Raster], MakeStroke] | None = None

    @property
    def masking(self) -> bool:
        return self.erase_step is not None


class StrokeTool(Tool):
    """Paints or erases with a brush.

    Shift+click draws a straight line from the end of the last stroke; Shift+drag changes the brush size.
    Moves are queued while dabs take long, so that neither events nor repaints wait for a large brush.
    """

    def __init__(
        self, info: CanvasTool, context: ToolContext, kind: StrokeKind, quick: StrokeKind | None = None
    ) -> None:
        super().__init__(info, context)
        self._usual = kind
        self._quick = quick
        self._stroke: StrokeTransaction | None = None
        self._step = 0
        self._resize: BrushResize | None = None
        self._waiting: deque[Pointer] = deque()
        self._pointer: Pointer | None = None
        self._line_start: tuple[DocumentId, QPointF] | None = None
        self._roped = QRectF()  # where the rope was drawn last, in document pixels
        self._pump = QTimer()
        self._pump.setSingleShot(True)
        self._pump.timeout.connect(self._draw_waiting)

    @property
    def _kind(self) -> StrokeKind:
        """What it does now: in the quick mask, it may be something else."""
        return self._usual if self._quick is None or not is_quick(self.context) else self._quick

    @property
    def is_active(self) -> bool:
        return self._stroke is not None or self._resize is not None

    def press(self, pointer: Pointer) -> None:
        if pointer.shift:
            self._resize = BrushResize(self.context, self._kind.brush, pointer)
        else:
            self._begin(pointer)

    def move(self, pointer: Pointer) -> None:
        if self._resize is not None:
            self._resize.move(pointer)
        elif self._stroke is not None:
            self._queue(pointer)
            if not self._pump.isActive():
                self._draw_waiting()

    def release(self, pointer: Pointer) -> None:
        if self._resize is not None:
            resize, self._resize = self._resize, None
            if not resize.has_moved:
                self._draw_line(resize.start)
        elif self._stroke is not None:
            if self._pointer is not None and pointer.document != self._pointer.document:
                # A pen lifts with no pressure; the end of the stroke keeps what it had.
                self._queue(replace(pointer, pressure=self._pointer.pressure))
            self.finish()

    def cancel(self) -> None:
        if self._resize is not None:
            self._resize.restore()
        was_painting = self._stroke is not None
        self._end()
        if was_painting:
            self.context.show(self.context.session.document)

    def finish(self) -> None:
        stroke = self._stroke
        if stroke is None:
            self._end()
            return
        while self._waiting:
            self._draw(self._waiting.popleft())
        if self._pointer is not None:
            self._line_start = (self.context.session.current.id, self._pointer.document)
        before = self.context.session.document
        after = stroke.committed(before)
        self._end()
        # The screen shows nearly all of it: only the last bit is composed anew, not every tile of the stroke.
        self.context.show(after, stroke.take_area())
        if after is not before:
            self.context.commit(stroke.step, after)
            self._remark(stroke, after)
        elif is_outside(self._limit(), stroke.whole_area):
            self.context.say(outside_remark(self.context, stroke.whole_area))
        elif (remark := changed_nothing(after, stroke.target)) is not None:
            self.context.say(remark)

    def _remark(self, stroke: StrokeTransaction, document: Document) -> None:
        """Tell where paint went that is not on the layer it was meant for, or not to be seen."""
        if isinstance(stroke.target, NewLayerAbove):
            self.context.say(new_layer_remark(document, stroke.target))
            return
        hidden = hidden_there(document, stroke.target, stroke.whole_area)
        if hidden is not None:
            self.context.say(hidden)

    def so_far(self) -> Unfinished | None:
        """The stroke as far as it is drawn."""
        stroke = self._stroke
        document = None if stroke is None else stroke.snapshot(self.context.session.document)
        if stroke is None or document is None:
            return None
        return Unfinished(kind=stroke.step, document=lambda: document)

    def document_changed(self, document: Document) -> None:
        """Go on where another hand changed something else; give up where it went back or changed this raster."""
        if self._stroke is None:
            return
        history = self.context.session.history
        went_back = history.can_redo and history.index < self._step
        self._step = history.index
        if went_back or not self._stroke.fits(document):
            self._end()
            self.context.say(translate("CanvasView", "The stroke was dropped because the picture changed under it."))
        else:
            self.context.show(self._stroke.preview(document))

    def before_paint(self) -> None:
        """Hand what was painted since the last frame to the screen."""
        if self._stroke is None:
            return
        area = self._stroke.take_area()
        if not area.is_empty:
            self.context.show(self._stroke.preview(self.context.session.document), area)

    def paint(self, painter: QPainter) -> None:
        """The axes of the symmetry, and the rope from the pointer to the brush."""
        paint_axes(painter, self.context)
        place = None if self._stroke is None else self._stroke.place
        if place is not None and self._pointer is not None and self.context.options(self._kind.brush)["rope"]:
            paint_rope(painter, self.context.view, self._pointer.document, place)

    def brush_diameter(self) -> float | None:
        return self._diameter

    @property
    def _diameter(self) -> float:
        return float(self.context.options(self._kind.brush)["diameter"])

    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.BlankCursor

    def _begin(self, pointer: Pointer) -> bool:
        target = self._kind.target(self.context)
        if isinstance(target, str):
            self.context.say(target)
            return False
        document = self.context.session.document
        erases = self._erases(pointer)
        step = (erases and self._kind.erase_step) or self._kind.step
        clip = self._limit() or (filled_mask(document.canvas) if self._kind.masking else None)
        self._step = self.context.session.history.index
        self._stroke = StrokeTransaction(
            document,
            target,
            self._brush(erases),
            step,
            clip=clip,
            around=self.context.around,
            symmetry=symmetry_of(self.context.options(SYMMETRY), document.canvas),
            seed=_seed(self._step, pointer.document),
            make=self._strokes(document, target.raster(document) or Raster(), pointer),
        )
        self._pointer = None
        self._draw(pointer)
        self._redraw()
        return True

    def _strokes(self, document: Document, raster: Raster, pointer: Pointer) -> MakeStroke | None:
        """What begins the stroke on a raster of the document; ``None`` for paint."""
        del document, pointer
        return None if self._kind.strokes is None else self._kind.strokes(self.context, raster)

    def _limit(self) -> Raster | None:
        """What strokes keep to, if anything: neither the generation mask nor the selection limits itself."""
        if not self._kind.is_limited:
            return None
        return self.context.session.document.edit_limit if self._kind.masking else paint_clip(self.context)

    def _erases(self, pointer: Pointer) -> bool:
        turned = pointer.control or pointer.button == Qt.MouseButton.RightButton or pointer.is_eraser
        return self._kind.erases or (self._kind.masking and turned)

    def _brush(self, erases: bool) -> Brush:
        color = self.context.color
        rgba = (255, 255, 255, 255) if self._kind.masking else (color.red(), color.green(), color.blue(), color.alpha())
        return brush_of(self.context.options(self._kind.brush), rgba, eraser=erases)

    def _draw_line(self, pointer: Pointer) -> None:
        document_id, start = self._line_start or (None, None)
        if start is None or document_id != self.context.session.current.id:
            start = pointer.document
        if self._begin(replace(pointer, document=start)):
            self._queue(pointer)
            self.finish()

    def _queue(self, pointer: Pointer) -> None:
        if not all(map(math.isfinite, pointer.document.toTuple())):
            return
        last = self._waiting[-1] if self._waiting else self._pointer
        start = pointer.document if last is None else last.document
        pointer = replace(pointer, document=_last_within(self._room, start, pointer.document))
        if last is None:
            self._waiting.append(pointer)
        else:
            self._waiting.extend(_steps(last, pointer, max(16.0, self._diameter)))

    def _draw_waiting(self) -> None:
        stop = perf_counter() + SLICE
        while self._waiting and perf_counter() < stop:
            self._draw(self._waiting.popleft())
        if self._waiting:
            self._pump.start(0)
        self._redraw()

    @property
    def _room(self) -> QRectF:
        """What a stroke can reach: the canvas and as much around it. Broken drivers send pens a million pixels away."""
        canvas = self.context.session.document.canvas
        return qrectf(canvas.expanded(max(canvas.width, canvas.height, _LEAST_ROOM)))

    def _draw(self, pointer: Pointer) -> None:
        if self._stroke is not None and self._room.contains(pointer.document):
            self._stroke.move_to(pointer)
            self._pointer = pointer

    def _redraw(self) -> None:
        if self._stroke is None:
            return
        area = qrectf(self._stroke.area)
        if self.context.options(self._kind.brush)["rope"] and self._stroke.place and self._pointer:
            rope = QRectF(self._stroke.place, self._pointer.document).normalized().adjusted(-4, -4, 4, 4)
            area, self._roped = area.united(rope).united(self._roped), rope
        self.context.redraw(self.context.view.view_rect(area, margin=4))

    def _end(self) -> None:
        self._stroke = None
        self._resize = None
        if not self._roped.isEmpty():
            self.context.redraw(self.context.view.view_rect(self._roped, margin=4))
            self._roped = QRectF()
        self._waiting.clear()
        self._pump.stop()


def _last_within(area: QRectF, start: QPointF, end: QPointF) -> QPointF:
    """The end of a way, or where it leaves an area."""
    share = 1.0
    for begun, ended, low, high in (
        (start.x(), end.x(), area.left(), area.right()),
        (start.y(), end.y(), area.top(), area.bottom()),
    ):
        if not low <= ended <= high and begun != ended:
            share = min(share, max(0.0, ((low if ended < low else high) - begun) / (ended - begun)))
    return end if share == 1.0 else start + (end - start) * share


def _steps(start: Pointer, end: Pointer, length: float) -> Iterator[Pointer]:
    """``end``, with pointers on the way where it is further than ``length`` document pixels from ``start``."""
    way = end.document - start.document
    count = max(1, math.ceil(math.hypot(way.x(), way.y()) / length))
    for step in range(1, count):
        share = step / count
        pressure = start.pressure + (end.pressure - start.pressure) * share
        time = start.time + (end.time - start.time) * share
        yield replace(end, document=start.document + way * share, pressure=pressure, time=time)
    yield end


def _seed(step: int, start: QPointF) -> int:
    """What chance does in a stroke: the same if all is done again, another for each stroke."""
    return zlib.crc32(struct.pack("<qdd", step, start.x(), start.y()))
