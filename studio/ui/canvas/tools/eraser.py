"""The eraser: takes paint off the layer."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.targets import Target, erase_target
from studio.ui.canvas.tools.brush_options import brush_group
from studio.ui.canvas.tools.layer_options import LIMIT, PART, edited_part
from studio.ui.canvas.tools.quick_mask import selection_strokes
from studio.ui.canvas.tools.stroke_tool import StrokeKind, StrokeTool
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.canvas.tools.tool import CanvasTool, Section, ToolContext

_ERASE: Final = StepKind("paint.erase", "Erase", "eraser")
_BRUSH: Final = brush_group("eraser")


def _edited(context: ToolContext) -> Target | str:
    return erase_target(context.session.document, edited_part(context))


_STROKES: Final = StrokeKind(step=_ERASE, brush=_BRUSH, target=_edited, erases=True)

ERASER: Final = CanvasTool(
    id="eraser",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Eraser")),
    icon="eraser",
    shortcut="E",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Erase from the layer. Shift+click erases along a line.")),
    section=Section.PAINT,
    make=partial(StrokeTool, kind=_STROKES, quick=selection_strokes(_BRUSH, erases=True)),
    options=(PART, _BRUSH, SYMMETRY, LIMIT),
    alt_picks=True,
    commands=("brush.presets", "brush.edit"),
)
