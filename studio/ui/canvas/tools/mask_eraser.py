"""The mask eraser: takes the generation mask away."""

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

MASK_ERASER: Final = CanvasTool(
    id="mask_eraser",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask eraser")),
    icon="mask-eraser",
    shortcut="Shift+M",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Erase the generation mask.")),
    section=Section.MASK,
    group="mask_strokes",
    make=partial(StrokeTool, kind=mask_strokes(erases=True)),
    options=(MASK_BRUSH, SYMMETRY, MASK_VIEW),
)
