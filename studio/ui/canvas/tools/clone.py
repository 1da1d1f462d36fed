"""Clone and heal: paint with what lies elsewhere in the picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from studio.api.parameters import BoolParameter
from studio.document import Document, Raster
from studio.history import StepKind
from studio.session import DocumentId
from studio.ui.canvas.tools.brush_options import brush_group
from studio.ui.canvas.tools.layer_options import LIMIT, PART
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.retouch import retouched
from studio.ui.canvas.tools.stroke_tool import StrokeKind, StrokeTool
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.canvas.tools.tool import CanvasTool, Section, ToolContext
from studio.ui.canvas.view.brush_cursor import paint_crosshair
from studio.ui.canvas.view.pointer import Pointer

if TYPE_CHECKING:
    from studio.raster.brush import MakeStroke

translate = QCoreApplication.translate

_REACH: Final = 14.0
"""Logical view pixels around the mark of the source."""
_BRUSH: Final = brush_group("clone")
_SOURCE: Final = OptionGroup(
    id="clone_source",
    parameters=(
        BoolParameter(
            id="sample_merged",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "All layers")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "Take from the whole picture, not from this layer alone")),
            icon="layers",
        ),
    ),
)


class CloneTool(StrokeTool):
    """Alt+click says where to take from; the first stroke after it says from how far away."""

    def __init__(self, info: CanvasTool, context: ToolContext, kind: StrokeKind, *, heals: bool) -> None:
        super().__init__(info, context, kind)
        self._heals = heals
        self._from: tuple[DocumentId, QPointF] | None = None
        self._offset: QPointF | None = None
        self._mark: QPointF | None = None

    def press(self, pointer: Pointer) -> None:
        if pointer.alt:
            self._from, self._offset = (self.context.session.current.id, pointer.document), None
            self._show_mark(pointer.document)
        elif self._source_point() is None:
            self.context.say(translate("CanvasView", "Alt+click where to take from first."))
        else:
            super().press(pointer)

    def move(self, pointer: Pointer) -> None:
        super().move(pointer)
        self._follow(pointer)

    def hover(self, pointer: Pointer) -> None:
        super().hover(pointer)
        self._follow(pointer)

    def paint(self, painter: QPainter) -> None:
        super().paint(painter)
        if self._mark is not None and self._source_point() is not None:
            paint_crosshair(painter, self.context.view.to_view(self._mark))

    def _strokes(self, document: Document, raster: Raster, pointer: Pointer) -> MakeStroke | None:
        source = self._source_point()
        if self._offset is None and source is not None:
            self._offset = source - pointer.document
        offset = self._offset or QPointF()
        return _cloning(self.context, document, raster, offset, heals=self._heals)

    def _source_point(self) -> QPointF | None:
        """Where the person said to take from, in this document."""
        if self._from is None or self._from[0] != self.context.session.current.id:
            return None
        return self._from[1]

    def _follow(self, pointer: Pointer) -> None:
        if self._offset is not None:
            self._show_mark(pointer.document + self._offset)

    def _show_mark(self, place: QPointF) -> None:
        view = self.context.view
        reach = _REACH / view.scale
        for each in (self._mark, place):
            if each is not None:
                area = QRectF(each.x() - reach, each.y() - reach, 2 * reach, 2 * reach)
                self.context.redraw(view.view_rect(area, margin=4))
        self._mark = place


def _cloning(context: ToolContext, document: Document, raster: Raster, offset: QPointF, *, heals: bool) -> MakeStroke:
    from studio.raster.brush import Stroke
    from studio.raster.brushes.heal import HealStroke
    from studio.raster.brushes.retouching import moved_tiles, reading
    from studio.raster.compose import compose

    is_merged = context.options(_SOURCE)["sample_merged"] and raster.channels == 4
    read = partial(compose, document) if is_merged else reading(raster, context.around)
    source = moved_tiles(read, round(offset.x()), round(offset.y()))
    return partial(HealStroke if heals else Stroke, source=source)


def _tool(tool_id: str, name: str, hint: str, *, step: StepKind, heals: bool) -> CanvasTool:
    kind = StrokeKind(step=step, brush=_BRUSH, target=retouched)
    return CanvasTool(
        id=tool_id,
        name=name,
        icon=tool_id,
        shortcut="",
        hint=hint,
        section=Section.PAINT,
        make=partial(CloneTool, kind=kind, heals=heals),
        options=(PART, _BRUSH, _SOURCE, SYMMETRY, LIMIT),
        commands=("brush.edit",),
        group="retouch",
    )


CLONE: Final = _tool(
    "clone",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Clone")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "Paint with what lies elsewhere. Alt+click says where to take from.")),
    step=StepKind("paint.clone", "Clone", "clone"),
    heals=False,
)
HEAL: Final = _tool(
    "heal",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Heal")),
    str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Cover a blemish with texture from elsewhere, in the tones around it. Alt+click says where to take from.",
        )
    ),
    step=StepKind("paint.heal", "Heal", "heal"),
    heals=True,
)
