"""Quick mask: while it is on, brush, eraser and fill change what is selected, which lies over the picture in red."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from studio.history import StepKind
from studio.ui.canvas.targets import Selection, Target
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.stroke_tool import StrokeKind
from studio.ui.canvas.tools.tool import ToolContext
from studio.ui.canvas.view.picture import MaskStyle

PAINT_SELECTION: Final = StepKind("selection.paint", "Paint selection", "quick-mask")
ERASE_SELECTION: Final = StepKind("selection.erase", "Erase selection", "quick-mask")

QUICK_STYLE: Final = MaskStyle(QColor("#ff3b30"), 0.5, True)
"""How what is selected is shown meanwhile."""


def selection_strokes(brush: OptionGroup, *, erases: bool) -> StrokeKind:
    """Strokes with a brush that select, or take away whatever the keys and buttons."""
    return StrokeKind(
        step=ERASE_SELECTION if erases else PAINT_SELECTION,
        erase_step=ERASE_SELECTION,
        brush=brush,
        target=_selection,
        erases=erases,
        is_limited=False,
    )


def _selection(_context: ToolContext) -> Target | str:
    return Selection()
