"""The mask rectangle: a mask on whole pixels."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import MASK_AREA
from studio.ui.canvas.tools.mask_options import MASK_SHAPE, MASK_VIEW
from studio.ui.canvas.tools.shape_tool import ShapeTool
from studio.ui.canvas.tools.shapes import rectangle_outline
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("mask.rectangle", "Mask rectangle", "mask-rectangle")

MASK_RECTANGLE: Final = CanvasTool(
    id="mask_rectangle",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask rectangle")),
    icon="mask-rectangle",
    shortcut="R",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Drag a rectangular mask. Shift adds to the mask, Alt takes away.")),
    section=Section.MASK,
    group="mask_shapes",
    make=partial(ShapeTool, area=MASK_AREA, step=_STEP, outline=rectangle_outline, freehand=False),
    options=(MASK_SHAPE, MASK_VIEW),
)
