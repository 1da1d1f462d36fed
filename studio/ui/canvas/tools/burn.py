"""Burn: makes what is under the brush darker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.document import Raster
from studio.history import StepKind
from studio.ui.canvas.tools.retouch import TONES, retouching_tool, sourced
from studio.ui.canvas.tools.tool import ToolContext

if TYPE_CHECKING:
    from studio.raster.brushes.retouching import TileSource


def _changed(context: ToolContext, raster: Raster) -> TileSource:
    from studio.raster.brushes.retouching import reading, toned_tiles

    read = reading(raster, context.around)
    return toned_tiles(read, lighter=False, tones=context.options(TONES)["tones"])


BURN: Final = retouching_tool(
    "burn",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Burn")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "Make what is on the layer darker.")),
    sourced(_changed),
    step=StepKind("paint.burn", "Burn", "burn"),
    options=(TONES,),
)
