"""Pours the painting colour into an area of similar colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.document import Document, Raster, Rect
from studio.history import StepKind
from studio.raster.flood import FillEdge, flood_fill
from studio.ui.background.tasks import Tasks
from studio.ui.canvas.targets import NewLayerAbove, Target, is_outside, new_layer_remark, outside_remark, paint_target
from studio.ui.canvas.tools.tool import Tool, ToolContext
from studio.ui.canvas.view.pointer import Pointer

AT_ONCE: Final = 1024 * 1024
"""Pictures of up to this many pixels are filled without a thread."""

translate = QCoreApplication.translate

FILL: Final = StepKind("paint.fill", "Fill", "fill")


@dataclass(frozen=True, kw_only=True)
class FillOptions:
    """How the fill tool finds its area.

    A pixel belongs if no channel differs by more than ``tolerance`` (0..255) from the pixel clicked; with
    ``contiguous`` it must also be connected to it. ``sample_merged`` looks at the whole picture, not at the
    layer alone. Then the area is grown by ``grow`` pixels (shrunk if negative), its steps are smoothed with
    ``antialias``, and it fades out over ``feather`` pixels.
    """

    tolerance: int = 24
    contiguous: bool = True
    sample_merged: bool = True
    grow: int = 0
    feather: int = 0
    antialias: bool = True


class FillTool(Tool):
    """Fills where it is pressed, as one step. On a layer's mask it looks at that mask alone.

    The area of a large picture is found in the background; the fill is dropped if its layer changes meanwhile.
    """

    def __init__(self, tool_id: str, context: ToolContext) -> None:
        super().__init__(tool_id, context)
        self._tasks: Tasks | None = None

    def press(self, pointer: Pointer) -> None:
        document = self.context.session.document
        if not document.canvas.contains(*pointer.pixel):
            return
        if self._tasks is not None:
            self.context.say(translate("CanvasView", "The last fill is still being worked out. Wait a moment."))
            return
        target = paint_target(document, self.context.edit_target)
        if isinstance(target, str):
            self.context.say(target)
            return
        before = target.raster(document)
        if is_outside(self.context.paint_clip, Rect(*pointer.pixel, 1, 1)):
            self.context.say(outside_remark())
        elif before is not None:
            # A new layer has nothing yet that could bound the fill.
            merged = isinstance(target, NewLayerAbove)
            self._fill(target, before, self._work(document, before, pointer.pixel, merged=merged))

    def _work(
        self, document: Document, before: Raster, pixel: tuple[int, int], *, merged: bool
    ) -> Callable[[], Raster]:
        color, options = self.context.color, self.context.fill_options
        return partial(
            flood_fill,
            document,
            before,
            pixel,
            (color.red(), color.green(), color.blue(), color.alpha()),
            tolerance=options.tolerance,
            contiguous=options.contiguous,
            sample_merged=(merged or options.sample_merged) and before.channels == 4,
            edge=FillEdge(grow=options.grow, feather=options.feather, antialias=options.antialias),
            clip=self.context.paint_clip,
        )

    def _fill(self, target: Target, before: Raster, work: Callable[[], Raster]) -> None:
        canvas = self.context.session.document.canvas
        if canvas.width * canvas.height <= AT_ONCE:
            self._commit(target, before, work())
            return
        self._tasks = Tasks("fill")
        self._tasks.run(work, lambda after: self._filled(target, before, after), self._failed)

    def _filled(self, target: Target, before: Raster, after: Raster) -> None:
        self._close()
        if target.raster(self.context.session.document) is before:
            self._commit(target, before, after)
        else:
            self.context.say(translate("CanvasView", "The fill was dropped because its layer changed meanwhile."))

    def _failed(self, error: Exception) -> None:
        self._close()
        self.context.say(translate("CanvasView", "The fill did not work: {reason}").format(reason=error))

    def _close(self) -> None:
        if self._tasks is not None:
            self._tasks.close()
            self._tasks.deleteLater()
            self._tasks = None

    def _commit(self, target: Target, before: Raster, after: Raster) -> None:
        if before.changed_tiles(after):
            document = target.with_raster(self.context.session.document, after)
            self.context.commit(FILL, document)
            if isinstance(target, NewLayerAbove):
                self.context.say(new_layer_remark(document, target))
