"""From pointer events to evenly spaced dabs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

_LAG: Final = 60.0
"""How far, in pixels, the fully stabilised brush trails behind the pointer."""


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A place on the canvas in pixels (centres of pixels end in .5) and the pen pressure there, 0..1."""

    x: float
    y: float
    pressure: float

    def distance(self, other: PathPoint) -> float:
        return math.hypot(other.x - self.x, other.y - self.y)

    def towards(self, other: PathPoint, share: float) -> PathPoint:
        return PathPoint(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
            self.pressure + (other.pressure - self.pressure) * share,
        )


class StrokePath:
    """Follows the pointer, optionally smoothed, and says where dabs fall.

    Smoothing lets the brush trail the pointer like a weight on a string: along the pointer's path, the gap closes
    exponentially with distance, so that the result does not depend on how often events come.

    Parameters
    ----------
    smoothing
        0 follows exactly; 1 trails by about sixty pixels.
    spacing_at
        Pixels between dabs for a pressure.
    """

    def __init__(self, smoothing: float, spacing_at: Callable[[float], float]) -> None:
        self._lag = smoothing * _LAG
        self._spacing_at = spacing_at
        self._pointer: PathPoint | None = None
        self._brush: PathPoint | None = None
        self._since_dab = 0.0

    def extend(self, point: PathPoint) -> list[PathPoint]:
        """Move the pointer to ``point``; returns the dabs on the way. The first call makes one dab there."""
        if self._pointer is None or self._brush is None:
            self._pointer = self._brush = point
            return [point]
        dabs: list[PathPoint] = []
        for target in self._trail(self._pointer, point):
            dabs.extend(self._line_to(target))
        self._pointer = point
        return dabs

    def finish(self) -> list[PathPoint]:
        """The dabs that close the gap between a smoothed brush and the pointer."""
        return list(self._line_to(self._pointer)) if self._pointer is not None else []

    def _trail(self, start: PathPoint, end: PathPoint) -> Iterator[PathPoint]:
        if self._lag < 1:
            yield end
            return
        length = start.distance(end)
        pieces = max(1, math.ceil(length / max(1.0, self._lag / 8)))
        share = 1 - math.exp(-length / pieces / self._lag)
        for piece in range(1, pieces + 1):
            assert self._brush is not None
            yield self._brush.towards(start.towards(end, piece / pieces), share)

    def _line_to(self, end: PathPoint) -> Iterator[PathPoint]:
        assert self._brush is not None
        start, self._brush = self._brush, end
        length, done = start.distance(end), 0.0
        while length > 0:
            here = start.towards(end, done / length)
            ahead = max(0.0, self._spacing_at(here.pressure) - self._since_dab)
            if done + ahead > length:
                self._since_dab += length - done
                return
            done += ahead
            self._since_dab = 0.0
            yield start.towards(end, done / length)
