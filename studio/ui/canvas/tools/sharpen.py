"""Sharpen: makes details stronger under the brush."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.document import Raster
from studio.history import StepKind
from studio.ui.canvas.tools.retouch import REACH, retouching_tool, sourced
from studio.ui.canvas.tools.tool import ToolContext

if TYPE_CHECKING:
    from studio.raster.brushes.retouching import TileSource


def _changed(context: ToolContext, raster: Raster) -> TileSource:
    from studio.raster.brushes.retouching import reading, sharpened_tiles

    return sharpened_tiles(reading(raster, context.around), context.options(REACH)["radius"])


SHARPEN: Final = retouching_tool(
    "sharpen",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Sharpen")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "Sharpen what is on the layer.")),
    sourced(_changed),
    step=StepKind("paint.sharpen", "Sharpen", "sharpen"),
    options=(REACH,),
)
