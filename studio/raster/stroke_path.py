"""From pointer events to evenly spaced dabs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

_LAG: Final = 60.0
"""How far, in pixels, the fully stabilised brush trails behind the pointer."""


class PathPoint(NamedTuple):
    """A place on the canvas in pixels (centres of pixels end in .5), and how the pen was held there.

    ``pressure``, ``tilt`` (0 upright, 1 flat) and ``speed`` are 0..1, ``azimuth`` is where the pen leans to, in
    radians clockwise from the right.
    """

    x: float
    y: float
    pressure: float = 1.0
    tilt: float = 0.0
    azimuth: float = 0.0
    speed: float = 0.0

    def distance(self, other: PathPoint) -> float:
        return math.hypot(other.x - self.x, other.y - self.y)

    def towards(self, other: PathPoint, share: float) -> PathPoint:
        x, y, pressure, tilt, azimuth, speed = self
        x2, y2, pressure2, tilt2, azimuth2, speed2 = other
        return PathPoint(
            x + (x2 - x) * share,
            y + (y2 - y) * share,
            pressure + (pressure2 - pressure) * share,
            tilt + (tilt2 - tilt) * share,
            azimuth + math.remainder(azimuth2 - azimuth, math.tau) * share if azimuth2 != azimuth else azimuth,
            speed + (speed2 - speed) * share,
        )


class StrokePath:
    """Follows the pointer, optionally smoothed, and says where dabs fall.

    Smoothing lets the brush trail the pointer like a weight on a spring: along the pointer's path, the gap closes
    exponentially with distance, so that the result does not depend on how often events come. A rope drags it: what
    lies within its length of the brush moves nothing, and at the end the brush stays where it was dragged to.

    Parameters
    ----------
    smoothing
        0 follows exactly; 1 trails by about sixty pixels.
    spacing_at
        Pixels between dabs where the pen is held so.
    rope
        Its length in pixels; 0 for none.
    """

    def __init__(self, smoothing: float, spacing_at: Callable[[PathPoint], float], rope: float = 0.0) -> None:
        self._lag = smoothing * _LAG
        self._spacing_at = spacing_at
        self._rope = rope
        self._pointer: PathPoint | None = None
        self._brush: PathPoint | None = None
        self._since_dab = 0.0

    def extend(self, point: PathPoint) -> list[PathPoint]:
        """Move the pointer to ``point``; returns the dabs on the way. The first call makes one dab there."""
        if self._pointer is None or self._brush is None:
            self._pointer = self._brush = point
            return [point]
        point = self._dragged(self._pointer, point) if self._rope else point
        dabs: list[PathPoint] = []
        for target in self._trail(self._pointer, point):
            dabs.extend(self._line_to(target))
        self._pointer = point
        return dabs

    def finish(self) -> list[PathPoint]:
        """The dabs that close the gap between a smoothed brush and the pointer."""
        return list(self._line_to(self._pointer)) if self._pointer is not None else []

    @property
    def place(self) -> PathPoint | None:
        """Where the brush is; ``None`` before the first point."""
        return self._brush

    def _dragged(self, end: PathPoint, hand: PathPoint) -> PathPoint:
        """Where the rope drags its ``end`` when the hand moves on."""
        way = end.distance(hand)
        share = 0.0 if way <= self._rope else 1 - self._rope / way
        return hand._replace(x=end.x + (hand.x - end.x) * share, y=end.y + (hand.y - end.y) * share)

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
            ahead = max(0.0, self._spacing_at(here) - self._since_dab)
            if done + ahead > length:
                self._since_dab += length - done
                return
            done += ahead
            self._since_dab = 0.0
            yield start.towards(end, done / length)
