"""Pours the painting colour into an area of similar colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QColor

from studio.api.parameters import BoolParameter, IntParameter
from studio.document import Document, Raster, Rect
from studio.history import StepKind
from studio.ui.background.background import Background
from studio.ui.canvas.targets import (
    NewLayerAbove,
    Selection,
    Target,
    changed_nothing,
    is_outside,
    new_layer_remark,
    paint_target,
)
from studio.ui.canvas.tools.edge_options import edge_parameters
from studio.ui.canvas.tools.layer_options import LIMIT, PART, edited_part, outside_remark, paint_clip
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.quick_mask import PAINT_SELECTION
from studio.ui.canvas.tools.selection_options import is_quick
from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext
from studio.ui.canvas.view.pointer import Pointer

AT_ONCE: Final = 1024 * 1024
"""Pictures of up to this many pixels are filled, and looked through, without a thread."""

translate = QCoreApplication.translate

FILL: Final = StepKind("paint.fill", "Fill", "fill")


_FILL_OPTIONS: Final = OptionGroup(
    id="fill",
    parameters=(
        IntParameter(
            id="tolerance",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Tolerance")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "How different a colour may be and still be filled")),
            default=24,
            minimum=0,
            maximum=255,
        ),
        BoolParameter(
            id="contiguous",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Connected only")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "Fill only what touches the place that was clicked")),
            default=True,
        ),
        BoolParameter(
            id="sample_merged",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "All layers")),
            help=str(
                QT_TRANSLATE_NOOP("CanvasTools", "Look for the area in the whole picture, not in this layer alone")
            ),
            default=True,
        ),
        IntParameter(
            id="grow",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Grow")),
            help=str(
                QT_TRANSLATE_NOOP(
                    "CanvasTools",
                    "Fill beyond the edge of the area, under lines for instance; less than 0 stays away",
                )
            ),
            default=0,
            minimum=-64,
            maximum=64,
            suffix=" px",
            advanced=True,
        ),
        IntParameter(
            id="gap",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Close gaps")),
            help=str(
                QT_TRANSLATE_NOOP("CanvasTools", "The fill does not run through openings in lines up to this wide")
            ),
            default=0,
            minimum=0,
            maximum=64,
            suffix=" px",
            advanced=True,
        ),
        *edge_parameters(
            str(QT_TRANSLATE_NOOP("CanvasTools", "How far the fill fades out at its edge")),
            str(QT_TRANSLATE_NOOP("CanvasTools", "Fill the pixels along the edge in part, so that it shows no steps")),
        ),
    ),
)


class FillTool(Tool):
    """Fills where it is pressed, as one step. On a layer's mask it looks at that mask alone.

    The area of a large picture is found in the background; the fill is dropped if its layer changes meanwhile.
    """

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._background = Background("fill")

    def press(self, pointer: Pointer) -> None:
        document, pixel = self.context.session.document, pointer.pixel_within(self.context.around)
        if not document.canvas.contains(*pixel):
            return
        if self._background.is_busy:
            self.context.say(translate("CanvasView", "The last fill is still being worked out. Wait a moment."))
            return
        quick = is_quick(self.context)
        target: Target | str = Selection() if quick else paint_target(document, edited_part(self.context))
        if isinstance(target, str):
            self.context.say(target)
            return
        before = target.raster(document)
        spot = Rect(*pixel, 1, 1)
        if not quick and is_outside(paint_clip(self.context), spot):
            self.context.say(outside_remark(self.context, spot))
        elif before is not None:
            self._fill(target, before, self._work(document, target, before, pixel))

    def _work(self, document: Document, target: Target, before: Raster, pixel: tuple[int, int]) -> Callable[[], Raster]:
        from studio.raster.flood import FillEdge, flood_fill  # not needed for the first window

        merged = isinstance(target, NewLayerAbove)  # a new layer has nothing yet that could bound the fill
        quick, options = is_quick(self.context), self.context.options(_FILL_OPTIONS)
        color = QColor(Qt.GlobalColor.white) if quick else self.context.color
        return partial(
            flood_fill,
            document,
            before,
            pixel,
            (color.red(), color.green(), color.blue(), color.alpha()),
            tolerance=options["tolerance"],
            contiguous=options["contiguous"],
            sample_merged=(merged or options["sample_merged"]) and before.channels == 4,
            edge=FillEdge(grow=options["grow"], feather=options["feather"], antialias=options["antialias"]),
            clip=None if quick else paint_clip(self.context),
            lock_alpha=target.keeps_alpha(document),
            around=self.context.around is not None,
            gap=options["gap"],
        )

    def _fill(self, target: Target, before: Raster, work: Callable[[], Raster]) -> None:
        canvas = self.context.session.document.canvas
        if canvas.width * canvas.height <= AT_ONCE:
            self._commit(target, before, work())
            return
        self._background.run(work, lambda after: self._filled(target, before, after), self._failed)

    def _filled(self, target: Target, before: Raster, after: Raster) -> None:
        if target.raster(self.context.session.document) is before:
            self._commit(target, before, after)
        else:
            self.context.say(translate("CanvasView", "The fill was dropped because its layer changed meanwhile."))

    def _failed(self, error: Exception) -> None:
        self.context.say(translate("CanvasView", "The fill did not work: {reason}").format(reason=error))

    def _commit(self, target: Target, before: Raster, after: Raster) -> None:
        if before.changed_tiles(after):
            document = target.with_raster(self.context.session.document, after)
            self.context.commit(PAINT_SELECTION if isinstance(target, Selection) else FILL, document)
            if isinstance(target, NewLayerAbove):
                self.context.say(new_layer_remark(document, target))
        elif (remark := changed_nothing(self.context.session.document, target)) is not None:
            self.context.say(remark)


FILL_TOOL: Final = CanvasTool(
    id="fill",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Fill")),
    icon="fill",
    shortcut="F",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Fill an area of similar colour on the layer.")),
    section=Section.PAINT,
    make=FillTool,
    options=(PART, _FILL_OPTIONS, LIMIT),
    alt_picks=True,
    group="fill",
)
