"""Every canvas tool."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from studio.ui.canvas.tools.aids import AIDS
from studio.ui.canvas.tools.blur import BLUR
from studio.ui.canvas.tools.brush import BRUSH
from studio.ui.canvas.tools.burn import BURN
from studio.ui.canvas.tools.canvas_edges import CANVAS_EDGES, EDGES
from studio.ui.canvas.tools.clone import CLONE, HEAL
from studio.ui.canvas.tools.dodge import DODGE
from studio.ui.canvas.tools.draw_shapes import DRAW_CURVE, DRAW_ELLIPSE, DRAW_LINE, DRAW_POLYGON, DRAW_RECTANGLE
from studio.ui.canvas.tools.eraser import ERASER
from studio.ui.canvas.tools.fill import FILL_TOOL
from studio.ui.canvas.tools.gradient import GRADIENT
from studio.ui.canvas.tools.mask_brush import MASK_BRUSH_TOOL
from studio.ui.canvas.tools.mask_ellipse import MASK_ELLIPSE
from studio.ui.canvas.tools.mask_eraser import MASK_ERASER
from studio.ui.canvas.tools.mask_lasso import MASK_LASSO
from studio.ui.canvas.tools.mask_options import MASK_VIEW
from studio.ui.canvas.tools.mask_polygon import MASK_POLYGON
from studio.ui.canvas.tools.mask_rectangle import MASK_RECTANGLE
from studio.ui.canvas.tools.move import MOVE
from studio.ui.canvas.tools.options import ToolOptions
from studio.ui.canvas.tools.pan import PAN
from studio.ui.canvas.tools.picker import PICKER
from studio.ui.canvas.tools.select_color import SELECT_COLOR
from studio.ui.canvas.tools.select_ellipse import SELECT_ELLIPSE
from studio.ui.canvas.tools.select_lasso import SELECT_LASSO
from studio.ui.canvas.tools.select_magnetic import SELECT_MAGNETIC
from studio.ui.canvas.tools.select_polygon import SELECT_POLYGON
from studio.ui.canvas.tools.select_rectangle import SELECT_RECTANGLE
from studio.ui.canvas.tools.select_wand import SELECT_WAND
from studio.ui.canvas.tools.selection_options import QUICK_MASK
from studio.ui.canvas.tools.sharpen import SHARPEN
from studio.ui.canvas.tools.smudge import SMUDGE
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.canvas.tools.tool import CanvasTool
from studio.ui.canvas.tools.transform import TRANSFORM_TOOL
from studio.ui.canvas.tools.zoom import ZOOM

TOOLS: Final = (
    BRUSH,
    ERASER,
    SMUDGE,
    BLUR,
    SHARPEN,
    DODGE,
    BURN,
    CLONE,
    HEAL,
    FILL_TOOL,
    GRADIENT,
    DRAW_LINE,
    DRAW_RECTANGLE,
    DRAW_ELLIPSE,
    DRAW_POLYGON,
    DRAW_CURVE,
    PICKER,
    MOVE,
    TRANSFORM_TOOL,
    CANVAS_EDGES,
    SELECT_RECTANGLE,
    SELECT_ELLIPSE,
    SELECT_LASSO,
    SELECT_POLYGON,
    SELECT_MAGNETIC,
    SELECT_WAND,
    SELECT_COLOR,
    MASK_BRUSH_TOOL,
    MASK_ERASER,
    MASK_RECTANGLE,
    MASK_ELLIPSE,
    MASK_LASSO,
    MASK_POLYGON,
    PAN,
    ZOOM,
)
"""Every tool, in tool bar order; those of a section stand together."""

SHOWN_BY_COMMANDS: Final = frozenset(
    {MASK_VIEW.id, EDGES.id, SYMMETRY.id, AIDS.id, QUICK_MASK.id, "brush", "eraser", "retouch", "clone"}
)
"""Groups of options whose values commands show, as checked or grey."""

DEFAULT_TOOL: Final = BRUSH.id


def tool_info(tool_id: str) -> CanvasTool:
    """The tool with this id; ``KeyError`` if there is none."""
    for info in TOOLS:
        if info.id == tool_id:
            return info
    raise KeyError(tool_id)


def options_of_tools(saved: Mapping[str, Mapping[str, Any]] = MappingProxyType({})) -> ToolOptions:
    """The options of every tool and of what helps to aim, as they were ``saved``."""
    return ToolOptions((AIDS, *(group for tool in TOOLS for group in tool.options)), saved)
