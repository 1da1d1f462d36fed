"""The magnetic lasso: selects what lies in an outline along the edges of the picture."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import SELECTION_AREA
from studio.ui.canvas.tools.magnetic_tool import MagneticTool
from studio.ui.canvas.tools.selection_options import QUICK_MASK, SELECTION_COMMANDS, SELECTION_SHAPE
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("selection.magnetic", "Selection by the magnetic lasso", "select-magnetic")

SELECT_MAGNETIC: Final = CanvasTool(
    id="select_magnetic",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Magnetic lasso")),
    icon="select-magnetic",
    shortcut="Shift+Q",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Click on an edge and move along it: the outline follows. A double click or Enter closes it, "
            "Backspace takes a corner back.",
        )
    ),
    section=Section.SELECT,
    group="select_outlines",
    make=partial(MagneticTool, area=SELECTION_AREA, step=_STEP),
    options=(SELECTION_SHAPE, QUICK_MASK),
    commands=SELECTION_COMMANDS,
)
