"""Strokes on the generation mask."""

from __future__ import annotations

from typing import Final

from studio.history import StepKind
from studio.ui.canvas.targets import GenerationMask, Target
from studio.ui.canvas.tools.brush_options import MASK_BRUSH
from studio.ui.canvas.tools.stroke_tool import StrokeKind
from studio.ui.canvas.tools.tool import ToolContext

_MASK: Final = StepKind("mask.paint", "Paint mask", "mask-brush")
_UNMASK: Final = StepKind("mask.erase", "Erase mask", "mask-eraser")


def mask_strokes(*, erases: bool) -> StrokeKind:
    """Strokes that add to the mask, or take away whatever the keys and buttons."""
    return StrokeKind(step=_MASK, erase_step=_UNMASK, brush=MASK_BRUSH, target=_generation_mask, erases=erases)


def _generation_mask(_context: ToolContext) -> Target | str:
    return GenerationMask()
