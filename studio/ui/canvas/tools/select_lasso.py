"""Selects what lies in a freehand outline, closed on release."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import SELECTION_AREA
from studio.ui.canvas.tools.selection_options import QUICK_MASK, SELECTION_COMMANDS, SELECTION_SHAPE
from studio.ui.canvas.tools.shape_tool import ShapeTool
from studio.ui.canvas.tools.shapes import closed_outline
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("selection.lasso", "Lasso selection", "select-lasso")

SELECT_LASSO: Final = CanvasTool(
    id="select_lasso",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Select with the lasso")),
    icon="select-lasso",
    shortcut="A",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Draw around an area to select it. Shift adds, Alt takes away.")),
    section=Section.SELECT,
    group="select_outlines",
    make=partial(ShapeTool, area=SELECTION_AREA, step=_STEP, outline=closed_outline, freehand=True),
    options=(SELECTION_SHAPE, QUICK_MASK),
    commands=SELECTION_COMMANDS,
)
