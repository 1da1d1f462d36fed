"""The dabs of brushes that are more than round: where chance and the pen put them, and how."""

from __future__ import annotations

import colorsys
import math
from array import array
from collections.abc import Iterable, Iterator
from random import Random
from typing import Final, NamedTuple

from studio.raster.brushes.brush import Brush
from studio.raster.brushes.symmetry import Placed
from studio.raster.stroke_path import PathPoint

_CORNER: Final = math.sqrt(2)
_SMALLEST_RADIUS: Final = 0.15


class Stamp(NamedTuple):
    """A print of a tip at canvas point (x, y).

    ``radius`` is that of the disc in the tip, in pixels; the tip is squeezed by ``roundness``, mirrored, and turned by
    ``angle`` radians. It never covers more than ``ceiling`` (0..1), adds ``flow`` of what is missing, and has a colour
    of 0..255 each.
    """

    x: float
    y: float
    radius: float
    ceiling: float
    flow: float
    angle: float
    roundness: float
    rgb: tuple[float, float, float]
    is_mirrored: bool = False

    @property
    def reach(self) -> float:
        """How far from its centre it can change a pixel."""
        return self.radius * _CORNER + 1

    def moved(self, placed: Placed) -> Stamp:
        """The same at another place of a symmetry."""
        return self._replace(
            x=placed.x,
            y=placed.y,
            angle=placed.turn + (-self.angle if placed.is_mirrored else self.angle),
            is_mirrored=self.is_mirrored != placed.is_mirrored,
        )

    def pack(self, numbers: array[float], left: int, top: int) -> None:
        """Append what the kernel takes, for a tile at (left, top) of the canvas."""
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        down = self.radius * self.roundness * (-1 if self.is_mirrored else 1)
        across = (cosine / self.radius, sine / self.radius)
        numbers.extend((self.x - left, self.y - top, *across, -sine / down, cosine / down))
        numbers.extend((self.reach, self.ceiling, self.flow, *self.rgb))


class Stamper:
    """Makes stamps of the points of a stroke; the same points and ``seed`` make the same stamps.

    A tip that follows the stroke waits for its second point, for the first has no direction.
    """

    def __init__(self, brush: Brush, seed: int) -> None:
        self._brush = brush
        self._random = Random(seed)
        self._hsv = colorsys.rgb_to_hsv(*(part / 255 for part in brush.rgba[:3]))
        self._rgb = (float(brush.rgba[0]), float(brush.rgba[1]), float(brush.rgba[2]))
        self._last: PathPoint | None = None
        self._is_waiting = brush.follows == "stroke"
        self._direction = 0.0

    def add(self, points: Iterable[PathPoint]) -> Iterator[Stamp]:
        """The stamps of further points."""
        for point in points:
            last, self._last = self._last, point
            if last is not None and self._turn(last, point) and self._is_waiting:
                self._is_waiting = False
                yield self._stamp(last)
            if not self._is_waiting:
                yield self._stamp(point)

    def finish(self, pointer: PathPoint) -> Iterator[Stamp]:
        """The stamp that still waits for a direction; it gets that to the pointer."""
        if self._is_waiting and self._last is not None:
            self._is_waiting = False
            self._turn(self._last, pointer)
            yield self._stamp(self._last)

    def _turn(self, start: PathPoint, end: PathPoint) -> bool:
        """Note the direction of the stroke; false if there is none."""
        if (start.x, start.y) == (end.x, end.y):
            return False
        self._direction = math.atan2(end.y - start.y, end.x - start.x)
        return True

    def _stamp(self, point: PathPoint) -> Stamp:
        brush, jitter = self._brush, self._brush.jitter
        radius = brush.diameter_at(point) / 2 * self._less(jitter.size)
        x, y = self._scattered(point)
        return Stamp(
            x,
            y,
            max(_SMALLEST_RADIUS, radius),
            brush.opacity_at(point) * self._less(jitter.opacity),
            brush.flow * brush.flow_by.factor(point),
            self._angle(point),
            brush.roundness,
            self._colour() if jitter.has_colour else self._rgb,
        )

    def _less(self, share: float) -> float:
        """A factor that chance takes down by up to a share."""
        return 1 - share * self._random.random() if share else 1.0

    def _scattered(self, point: PathPoint) -> tuple[float, float]:
        if not self._brush.scatter:
            return point.x, point.y
        reach = self._brush.scatter * self._brush.diameter * math.sqrt(self._random.random())
        way = math.tau * self._random.random()
        return point.x + reach * math.cos(way), point.y + reach * math.sin(way)

    def _angle(self, point: PathPoint) -> float:
        brush = self._brush
        angle = math.radians(brush.angle)
        if brush.follows != "none":
            angle += self._direction if brush.follows == "stroke" else point.azimuth
        if brush.angle_by.is_used:
            angle += math.tau * brush.angle_by.factor(point)
        return angle + math.tau * brush.jitter.angle * (self._random.random() - 0.5) if brush.jitter.angle else angle

    def _colour(self) -> tuple[float, float, float]:
        jitter, chance = self._brush.jitter, self._random.random
        hue, saturation, brightness = self._hsv
        hue = (hue + jitter.hue * (chance() - 0.5)) % 1.0
        saturation = min(1.0, max(0.0, saturation + jitter.saturation * (chance() - 0.5)))
        brightness = min(1.0, max(0.0, brightness + jitter.brightness * (chance() - 0.5)))
        red, green, blue = colorsys.hsv_to_rgb(hue, saturation, brightness)
        return red * 255, green * 255, blue * 255
