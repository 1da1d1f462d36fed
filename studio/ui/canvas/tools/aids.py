"""What helps to look and to aim: which of it is shown, and what tools snap to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter
from studio.ui.canvas.tools.options import OptionGroup

AIDS: Final = OptionGroup(
    id="aids",
    parameters=(
        BoolParameter(id="rulers", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Rulers")), default=False),
        BoolParameter(id="lines", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Guide lines")), default=True),
        BoolParameter(id="grid", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Grid")), default=False),
        BoolParameter(id="pixel_grid", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Pixel grid")), default=True),
        BoolParameter(id="snap", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Snap to lines")), default=True),
        BoolParameter(
            id="snap_canvas", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Snap to the canvas")), default=False
        ),
    ),
)


def aids_shown(values: Mapping[str, Any]) -> frozenset[str]:
    """The ids of what the values of `AIDS` switch on."""
    return frozenset(name for name, is_on in values.items() if is_on)
