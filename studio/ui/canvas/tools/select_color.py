"""Selects everything of nearly one colour, wherever it lies."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import SELECTION_AREA
from studio.ui.canvas.tools.selection_options import QUICK_MASK, SELECTION_COMMANDS, SELECTION_SHAPE
from studio.ui.canvas.tools.tool import CanvasTool, Section, ToolContext
from studio.ui.canvas.tools.wand_tool import SIMILAR, WandTool

_STEP: Final = StepKind("selection.color", "Selection by colour", "select-color")


def _is_connected(_context: ToolContext) -> bool:
    return False


SELECT_COLOR: Final = CanvasTool(
    id="select_color",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Select by colour")),
    icon="select-color",
    shortcut="Shift+J",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools", "Click a colour to select it wherever it is. Shift adds to the selection, Alt takes away."
        )
    ),
    section=Section.SELECT,
    group="select_alike",
    make=partial(WandTool, area=SELECTION_AREA, step=_STEP, connected=_is_connected),
    options=(SELECTION_SHAPE, SIMILAR, QUICK_MASK),
    commands=SELECTION_COMMANDS,
)
