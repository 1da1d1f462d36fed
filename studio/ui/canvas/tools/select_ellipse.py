"""Selects an ellipse."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import SELECTION_AREA
from studio.ui.canvas.tools.selection_options import QUICK_MASK, SELECTION_COMMANDS, SELECTION_SHAPE
from studio.ui.canvas.tools.shape_tool import ShapeTool
from studio.ui.canvas.tools.shapes import ellipse_outline
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("selection.ellipse", "Elliptical selection", "select-ellipse")

SELECT_ELLIPSE: Final = CanvasTool(
    id="select_ellipse",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Select ellipse")),
    icon="select-ellipse",
    shortcut="Shift+S",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Drag an ellipse to select it. Shift adds, Alt takes away; pressed later, Shift makes it round and "
            "Alt draws from the centre.",
        )
    ),
    section=Section.SELECT,
    group="select_shapes",
    make=partial(ShapeTool, area=SELECTION_AREA, step=_STEP, outline=ellipse_outline, freehand=False),
    options=(SELECTION_SHAPE, QUICK_MASK),
    commands=SELECTION_COMMANDS,
)
