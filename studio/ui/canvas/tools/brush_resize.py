"""Changing the brush size on the canvas: by dragging, and by keys."""

from __future__ import annotations

from typing import Final

from studio.raster.limits import MAX_DIAMETER
from studio.ui.canvas.tools.options import OptionGroup, ToolOptions
from studio.ui.canvas.tools.tool import CanvasTool, ToolContext
from studio.ui.canvas.view.pointer import Pointer

_CLICK_REACH: Final = 4.0
"""Logical pixels that a press may wander and still be a click."""

_STEPS: Final = ((10.0, 1.0), (30.0, 2.0), (100.0, 5.0), (300.0, 20.0), (MAX_DIAMETER, 50.0))
"""Below the first number of pixels, a key changes the diameter by the second."""


class BrushResize:
    """A drag to the right makes the brush larger, to the left smaller; the brush stays where it began."""

    def __init__(self, context: ToolContext, brush: OptionGroup, start: Pointer) -> None:
        self.start = start
        self.has_moved = False
        self._context = context
        self._brush = brush
        self._before = float(context.options(brush)["diameter"])

    def move(self, pointer: Pointer) -> None:
        way = pointer.view - self.start.view
        self.has_moved = self.has_moved or max(abs(way.x()), abs(way.y())) > _CLICK_REACH
        if self.has_moved:
            diameter = self._before + 2 * way.x() / self._context.view.scale
            self._change(min(MAX_DIAMETER, max(1.0, diameter)))

    def restore(self) -> None:
        """Give the brush its old size back."""
        self._change(self._before)

    def _change(self, diameter: float) -> None:
        self._context.choose(self._brush, diameter=round(diameter, 1))


def stepped_diameter(diameter: float, *, larger: bool) -> float:
    """The next size for the [ and ] keys, in pixels; steps grow with the size."""
    inclusive = diameter if larger else diameter - 1e-6
    step = next((size for limit, size in _STEPS if inclusive < limit), _STEPS[-1][1])
    return min(MAX_DIAMETER, max(1.0, diameter + step if larger else diameter - step))


def step_size(options: ToolOptions, tool: CanvasTool, *, larger: bool) -> None:
    """Make the brush of a tool, if it has one, one step smaller or larger."""
    for group in tool.options:
        if "diameter" in group.defaults():
            diameter = float(options.values(group.id)["diameter"])
            options.set(group.id, diameter=stepped_diameter(diameter, larger=larger))
