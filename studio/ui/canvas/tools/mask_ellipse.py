"""The mask ellipse."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import MASK_AREA
from studio.ui.canvas.tools.mask_options import MASK_SHAPE, MASK_VIEW
from studio.ui.canvas.tools.shape_tool import ShapeTool
from studio.ui.canvas.tools.shapes import ellipse_outline
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("mask.ellipse", "Mask ellipse", "mask-ellipse")

MASK_ELLIPSE: Final = CanvasTool(
    id="mask_ellipse",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask ellipse")),
    icon="mask-ellipse",
    shortcut="Shift+R",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Drag an elliptical mask. Shift adds to the mask, Alt takes away.")),
    section=Section.MASK,
    group="mask_shapes",
    make=partial(ShapeTool, area=MASK_AREA, step=_STEP, outline=ellipse_outline, freehand=False),
    options=(MASK_SHAPE, MASK_VIEW),
)
