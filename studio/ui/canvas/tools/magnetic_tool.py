"""Areas whose outline follows the edges in the picture."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import Area
from studio.ui.canvas.tools.polygon_tool import PolygonTool
from studio.ui.canvas.tools.tool import CanvasTool, ToolContext
from studio.ui.canvas.view.pointer import Pointer

_REACH: Final = 10.0
"""Logical view pixels around the pointer in which an edge is looked for."""
_FURTHEST: Final = 20
"""Document pixels that this is at most, however far the view is."""
_NEAREST: Final = 3
_STEP: Final = 3
"""After so many times the reach a corner is set by itself."""


class MagneticTool(PolygonTool):
    """As the polygon, but between the corners it follows the strongest edge near the pointer.

    Corners are set by clicks, and by themselves on the way; Backspace takes back the last one.
    """

    def __init__(self, info: CanvasTool, context: ToolContext, *, area: Area, step: StepKind) -> None:
        super().__init__(info, context, area=area, step=step)
        self._ways: list[list[QPointF]] = []
        self._way: list[QPointF] = []

    def press(self, pointer: Pointer) -> None:
        count = len(self._corners)
        magnetic = replace(pointer, document=self._magnetic(pointer))
        if count:
            self._follow(pointer)
            if self._is_on(self._corners[0], magnetic):
                self._ways.append(self._way)  # home again
        super().press(magnetic)
        self._is_pressed = False
        if len(self._corners) > count:
            self._ways.append(self._way if count else [self._corners[-1]])
            self._way = []

    def move(self, pointer: Pointer) -> None:
        super().move(pointer)
        if self._corners:
            self._follow(pointer)

    def _follow(self, pointer: Pointer) -> None:
        """Bring the outline from the last corner to the pointer, and set the corners that are due on the way."""
        reach = self._reach
        while (far := _distance(self._corners[-1], pointer.document)) > _STEP * reach:
            start, share = self._corners[-1], _STEP * reach / far
            between = start + (pointer.document - start) * share
            self._set_corner(self._snapped(between, reach))
        self._way = self._traced(self._magnetic(pointer))

    def _set_corner(self, point: QPointF) -> None:
        if _distance(point, self._corners[-1]) < _NEAREST:  # an edge that leads nowhere must not hold it
            point = self._corners[-1] + QPointF(_NEAREST, 0)
        self._ways.append(self._traced(point))
        self._corners.append(point)

    def _traced(self, end: QPointF) -> list[QPointF]:
        from studio.raster.edges import way_along  # not needed for the first window

        way = way_along(self.context.session.document, _pixel(self._corners[-1]), _pixel(end), self._reach)
        return [QPointF(x + 0.5, y + 0.5) for x, y in way[1:]] or [end]

    def _magnetic(self, pointer: Pointer) -> QPointF:
        return self._snapped(pointer.document, self._reach)

    def _snapped(self, point: QPointF, reach: int) -> QPointF:
        from studio.raster.edges import snapped  # not needed for the first window

        x, y = snapped(self.context.session.document, _pixel(point), reach)
        return QPointF(x + 0.5, y + 0.5)

    @property
    def _reach(self) -> int:
        return min(_FURTHEST, max(_NEAREST, round(_REACH / self.context.view.scale)))

    def _placed(self, pointer: Pointer) -> QPointF:
        return pointer.document

    def _points(self) -> list[QPointF]:
        return [point for way in self._ways for point in way]

    def _next_points(self) -> list[QPointF]:
        return self._way

    def _take_back(self) -> None:
        super()._take_back()
        self._ways.pop()
        self._way = []

    def _drop_corners(self) -> None:
        self._ways, self._way = [], []
        super()._drop_corners()


def _pixel(point: QPointF) -> tuple[int, int]:
    return math.floor(point.x()), math.floor(point.y())


def _distance(one: QPointF, other: QPointF) -> float:
    way = other - one
    return math.hypot(way.x(), way.y())
