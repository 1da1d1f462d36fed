"""The mask lasso: a freehand outline, closed on release."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import MASK_AREA
from studio.ui.canvas.tools.mask_options import MASK_SHAPE, MASK_VIEW
from studio.ui.canvas.tools.shape_tool import ShapeTool
from studio.ui.canvas.tools.shapes import closed_outline
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("mask.lasso", "Mask lasso", "mask-lasso")

MASK_LASSO: Final = CanvasTool(
    id="mask_lasso",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask lasso")),
    icon="mask-lasso",
    shortcut="L",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Draw around an area. Shift adds to the mask, Alt takes away.")),
    section=Section.MASK,
    group="mask_shapes",
    make=partial(ShapeTool, area=MASK_AREA, step=_STEP, outline=closed_outline, freehand=True),
    options=(MASK_SHAPE, MASK_VIEW),
)
