"""The mask brush: paints where to generate."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.canvas.tools.brush_options import MASK_BRUSH
from studio.ui.canvas.tools.mask_options import MASK_VIEW
from studio.ui.canvas.tools.mask_stroke import mask_strokes
from studio.ui.canvas.tools.stroke_tool import StrokeTool
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.canvas.tools.tool import CanvasTool, Section

MASK_BRUSH_TOOL: Final = CanvasTool(
    id="mask_brush",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask brush")),
    icon="mask-brush",
    shortcut="M",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Paint where to generate. Ctrl or the right button erases the mask.")),
    section=Section.MASK,
    group="mask_strokes",
    make=partial(StrokeTool, kind=mask_strokes(erases=False)),
    options=(MASK_BRUSH, SYMMETRY, MASK_VIEW),
    uses_right_button=True,
    pen_eraser="mask_eraser",
)
