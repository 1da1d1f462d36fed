"""Where what is dragged comes to lie exactly: on guide lines, on the grid, on the borders and middles of the canvas.

Tools ask ``context.snapping`` with each move, and hold no snapping of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from studio.document import Document

REACH: Final = 8.0
"""Logical view pixels from which on a line attracts."""
_WITHIN: Final = 1 / 1024


@dataclass(frozen=True)
class Axis:
    """The lines across one axis, in document pixels.

    Parameters
    ----------
    places
        Single lines.
    start, step
        Where one of the lines of the grid lies and how far apart they are; a step of 0 is no grid.
    """

    places: tuple[float, ...] = ()
    start: float = 0.0
    step: float = 0.0

    def way_from(self, value: float, reach: float) -> float | None:
        """How far it is to the nearest line; ``None`` where none lies within ``reach``."""
        lines = [place - value for place in self.places]
        if self.step:
            lines.append(self.start + round((value - self.start) / self.step) * self.step - value)
        way = min(lines, key=abs, default=None)
        return way if way is not None and abs(way) <= reach else None

    def offset(self, values: Iterable[float], reach: float) -> float:
        """By how much to move ``values`` together, so that the one that is nearest to a line lies on it; else 0."""
        ways = (self.way_from(value, reach) for value in values)
        return min((way for way in ways if way is not None), key=abs, default=0.0)


@dataclass(frozen=True)
class Snapping:
    """What attracts what is dragged.

    ``across`` are lines that part x, ``down`` those that part y; ``reach`` is how far they attract, in document pixels.
    """

    across: Axis = Axis()
    down: Axis = Axis()
    reach: float = 0.0

    @property
    def is_on(self) -> bool:
        """Whether anything attracts."""
        return self != Snapping(reach=self.reach)

    def point(self, point: QPointF) -> QPointF:
        """A document point, or where it snaps to."""
        way_x = self.across.offset((point.x(),), self.reach)
        return point + QPointF(way_x, self.down.offset((point.y(),), self.reach))

    def span(self, start: QPointF, end: QPointF) -> tuple[QPointF, QPointF]:
        """Two points as `point` has them that span whole pixels: those between the lines, not the ones behind."""
        one, other = self.point(start), self.point(end)
        x = _before_line((start.x(), end.x()), (one.x(), other.x()))
        y = _before_line((start.y(), end.y()), (one.y(), other.y()))
        return QPointF(x[0], y[0]), QPointF(x[1], y[1])

    def offset(self, rect: QRectF) -> QPointF:
        """By how much to move a document rectangle, so that one of its sides or middles lies on a line each way."""
        middle = rect.center()
        return QPointF(
            self.across.offset((rect.left(), middle.x(), rect.right()), self.reach),
            self.down.offset((rect.top(), middle.y(), rect.bottom()), self.reach),
        )


def snapping_of(document: Document, aids: frozenset[str], scale: float) -> Snapping:
    """What attracts in a picture while ``aids`` are switched on: of its lines those that are shown.

    ``scale`` is logical view pixels per document pixel.
    """
    ruling, snaps = document.ruling, "snap" in aids
    upright, level = (ruling.upright, ruling.level) if snaps and "lines" in aids else ((), ())
    width, height = (ruling.grid.width, ruling.grid.height) if snaps and "grid" in aids else (0, 0)
    borders, sides = (_borders(document.width), _borders(document.height)) if "snap_canvas" in aids else ((), ())
    across = Axis((*borders, *map(float, upright)), ruling.grid.x if width else 0, width)
    down = Axis((*sides, *map(float, level)), ruling.grid.y if height else 0, height)
    return Snapping(across, down, REACH / scale)


def _before_line(dragged: tuple[float, float], snapped: tuple[float, float]) -> tuple[float, float]:
    """The greater of two places lies in the last pixel before the line that it snapped to, if it did."""
    last = int(snapped[1] >= snapped[0])
    if snapped[last] == dragged[last]:
        return snapped
    inside = snapped[last] - _WITHIN
    return (snapped[0], inside) if last else (inside, snapped[1])


def _borders(side: int) -> tuple[float, float, float]:
    """Both ends and the middle."""
    return 0.0, side / 2, float(side)
