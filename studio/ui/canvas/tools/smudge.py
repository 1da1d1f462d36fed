"""Smudge: drags the paint that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.document import Raster
from studio.history import StepKind
from studio.ui.canvas.tools.retouch import retouching_tool
from studio.ui.canvas.tools.tool import ToolContext

if TYPE_CHECKING:
    from studio.raster.brush import MakeStroke


def _strokes(_context: ToolContext, _raster: Raster) -> MakeStroke:
    from studio.raster.brushes.smudge import SmudgeStroke

    return SmudgeStroke


SMUDGE: Final = retouching_tool(
    "smudge",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Smudge")),
    str(
        QT_TRANSLATE_NOOP(
            "CanvasTools", "Drag the paint on the layer as a finger does. Opacity is how far it is dragged."
        )
    ),
    _strokes,
    step=StepKind("paint.smudge", "Smudge", "smudge"),
)
