"""Blur: takes details away under the brush."""

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
    from studio.raster.brushes.retouching import blurred_tiles, reading

    return blurred_tiles(reading(raster, context.around), context.options(REACH)["radius"])


BLUR: Final = retouching_tool(
    "blur",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Blur")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "Blur what is on the layer.")),
    sourced(_changed),
    step=StepKind("paint.blur", "Blur", "blur"),
    options=(REACH,),
)
