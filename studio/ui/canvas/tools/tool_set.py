"""Makes the canvas tools."""

from __future__ import annotations

from typing import Final

from studio.history import StepKind
from studio.ui.canvas.targets import GenerationMask, Target, edit_target, paint_target
from studio.ui.canvas.tools.fill_tool import FillTool
from studio.ui.canvas.tools.move_tool import MoveTool
from studio.ui.canvas.tools.navigation_tools import PanTool, ZoomTool
from studio.ui.canvas.tools.picker_tool import PickerTool
from studio.ui.canvas.tools.shape_tools import ellipse_tool, lasso_tool, rectangle_tool
from studio.ui.canvas.tools.stroke_tool import StrokeKind, StrokeTool
from studio.ui.canvas.tools.tool import Tool, ToolContext

PAINT: Final = StepKind("paint.brush", "Brush stroke", "brush")
_ERASE: Final = StepKind("paint.erase", "Erase", "eraser")
_MASK: Final = StepKind("mask.paint", "Paint mask", "mask-brush")
_UNMASK: Final = StepKind("mask.erase", "Erase mask", "mask-eraser")


def make_tools(context: ToolContext) -> dict[str, Tool]:
    """Every tool of `studio.ui.canvas.tools.registry.TOOLS`, by id."""
    return {
        "brush": StrokeTool("brush", context, _layer_kind(erases=False)),
        "eraser": StrokeTool("eraser", context, _layer_kind(erases=True)),
        "fill": FillTool("fill", context),
        "picker": PickerTool("picker", context),
        "move": MoveTool("move", context),
        "mask_brush": StrokeTool("mask_brush", context, _mask_kind(erases=False)),
        "mask_eraser": StrokeTool("mask_eraser", context, _mask_kind(erases=True)),
        "mask_rectangle": rectangle_tool("mask_rectangle", context),
        "mask_ellipse": ellipse_tool("mask_ellipse", context),
        "mask_lasso": lasso_tool("mask_lasso", context),
        "pan": PanTool("pan", context),
        "zoom": ZoomTool("zoom", context),
    }


def _layer_kind(*, erases: bool) -> StrokeKind:
    return StrokeKind(
        step=PAINT, erase_step=_ERASE, erases=erases, masking=False, target=_edited if erases else _painted
    )


def _mask_kind(*, erases: bool) -> StrokeKind:
    return StrokeKind(step=_MASK, erase_step=_UNMASK, erases=erases, masking=True, target=_generation_mask)


def _edited(context: ToolContext) -> Target | str:
    return edit_target(context.session.document, context.edit_target)


def _painted(context: ToolContext) -> Target | str:
    return paint_target(context.session.document, context.edit_target)


def _generation_mask(_context: ToolContext) -> Target | str:
    return GenerationMask()
