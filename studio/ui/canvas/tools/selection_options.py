"""How a new area meets what is selected: shared by all tools that select."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter, ChoiceParameter
from studio.ui.canvas.tools.edge_options import edge_parameters
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.tool import ToolContext

SELECTION_SHAPE: Final = OptionGroup(
    id="selection_shape",
    parameters=(
        ChoiceParameter(
            id="mode",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "New area")),
            default="replace",
            choices=(
                ("replace", str(QT_TRANSLATE_NOOP("CanvasTools", "New"))),
                ("add", str(QT_TRANSLATE_NOOP("CanvasTools", "Add"))),
                ("subtract", str(QT_TRANSLATE_NOOP("CanvasTools", "Subtract"))),
                ("intersect", str(QT_TRANSLATE_NOOP("CanvasTools", "Intersect"))),
            ),
            hints=(
                str(QT_TRANSLATE_NOOP("CanvasTools", "Start a new selection; drag inside it to move its outline")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Add to the selection (Shift)")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Take away from the selection (Alt)")),
                str(QT_TRANSLATE_NOOP("CanvasTools", "Keep what both have (Shift+Alt)")),
            ),
        ),
        *edge_parameters(
            str(QT_TRANSLATE_NOOP("CanvasTools", "How far the selection fades out at its edge")),
            str(
                QT_TRANSLATE_NOOP("CanvasTools", "Select the pixels along the edge in part, so that it shows no steps")
            ),
        ),
    ),
    session_only=frozenset({"mode"}),
)

QUICK_MASK: Final = OptionGroup(
    id="quick_mask",
    parameters=(
        BoolParameter(
            id="on",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Quick mask: paint what is selected (Q)")),
            icon="quick-mask",
        ),
    ),
    session_only=frozenset({"on"}),
    on_canvas=True,
)


def is_quick(context: ToolContext) -> bool:
    """Whether brush, eraser and fill change what is selected."""
    return bool(context.options(QUICK_MASK)["on"])


SELECTION_COMMANDS: Final = ("selection.none", "selection.invert")
"""Buttons behind the options of every tool that selects."""
