"""The wand: selects what hangs together and has nearly one colour."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter
from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import SELECTION_AREA
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.selection_options import QUICK_MASK, SELECTION_COMMANDS, SELECTION_SHAPE
from studio.ui.canvas.tools.tool import CanvasTool, Section, ToolContext
from studio.ui.canvas.tools.wand_tool import SIMILAR, WandTool

_STEP: Final = StepKind("selection.wand", "Selection by the wand", "select-wand")

_WAND: Final = OptionGroup(
    id="wand",
    parameters=(
        BoolParameter(
            id="contiguous",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Connected only")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "Select only what touches the place that was clicked")),
            default=True,
        ),
    ),
)


def _is_connected(context: ToolContext) -> bool:
    return bool(context.options(_WAND)["contiguous"])


SELECT_WAND: Final = CanvasTool(
    id="select_wand",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Wand")),
    icon="select-wand",
    shortcut="J",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools", "Click to select an area of similar colour. Shift adds to the selection, Alt takes away."
        )
    ),
    section=Section.SELECT,
    group="select_alike",
    make=partial(WandTool, area=SELECTION_AREA, step=_STEP, connected=_is_connected),
    options=(SELECTION_SHAPE, SIMILAR, _WAND, QUICK_MASK),
    commands=SELECTION_COMMANDS,
)
