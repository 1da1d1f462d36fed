"""The brush: paints on the layer."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.targets import Target, paint_target
from studio.ui.canvas.tools.brush_options import brush_group
from studio.ui.canvas.tools.layer_options import LIMIT, PART, edited_part
from studio.ui.canvas.tools.quick_mask import selection_strokes
from studio.ui.canvas.tools.stroke_tool import StrokeKind, StrokeTool
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.canvas.tools.tool import CanvasTool, Section, ToolContext

PAINT: Final = StepKind("paint.brush", "Brush stroke", "brush")
BRUSH_OPTIONS: Final = brush_group("brush")


def _painted(context: ToolContext) -> Target | str:
    return paint_target(context.session.document, edited_part(context))


_STROKES: Final = StrokeKind(step=PAINT, brush=BRUSH_OPTIONS, target=_painted)

BRUSH: Final = CanvasTool(
    id="brush",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Brush")),
    icon="brush",
    shortcut="B",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Paint on the layer. Shift+click draws a line, Alt picks a colour.")),
    section=Section.PAINT,
    make=partial(StrokeTool, kind=_STROKES, quick=selection_strokes(BRUSH_OPTIONS, erases=False)),
    options=(PART, BRUSH_OPTIONS, SYMMETRY, LIMIT),
    alt_picks=True,
    commands=("brush.presets", "brush.edit"),
    pen_eraser="eraser",
)
