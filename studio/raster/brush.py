"""Brushes, and the stroke as a transaction on a raster."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from studio.document import Pixels, Raster, Rect, TileKey, freeze
from studio.document.tiles import TILE_SIZE
from studio.errors import SettingError
from studio.raster.dabs import Coverage, Dab
from studio.raster.limits import MAX_DIAMETER
from studio.raster.paint import paint_through
from studio.raster.stroke_path import PathPoint, StrokePath

_CLOSEST_DABS: Final = 0.5
_SMALLEST_DAB: Final = 0.3


@dataclass(frozen=True, kw_only=True)
class Brush:
    """A round brush.

    Parameters
    ----------
    diameter
        1..2000 pixels.
    hardness, opacity, flow
        0..1. ``flow`` is what one dab puts down; ``opacity`` is what the whole stroke never exceeds.
    spacing
        Distance between dabs as a fraction of the diameter, 0.01..10.
    rgba
        Straight colour, 0..255. On a mask, its luma is the value that is painted.
    pressure_size, pressure_opacity
        Whether pen pressure scales the diameter, or the opacity.
    eraser
        Take paint away instead; on a mask, paint 0.
    smoothing
        0..1, how much the stabiliser calms the hand.
    """

    diameter: float = 20.0
    hardness: float = 0.8
    opacity: float = 1.0
    flow: float = 1.0
    spacing: float = 0.1
    rgba: tuple[int, int, int, int] = (0, 0, 0, 255)
    pressure_size: bool = True
    pressure_opacity: bool = False
    eraser: bool = False
    smoothing: float = 0.0

    def __post_init__(self) -> None:
        _check("diameter", self.diameter, 1, MAX_DIAMETER)
        _check("spacing", self.spacing, 0.01, 10)
        for name in ("hardness", "opacity", "flow", "smoothing"):
            _check(name, getattr(self, name), 0, 1)
        for part in self.rgba:
            _check("colour", part, 0, 255)

    def diameter_at(self, pressure: float) -> float:
        """Pixels across a dab made with a pressure of 0..1."""
        return max(_SMALLEST_DAB, self.diameter * pressure) if self.pressure_size else self.diameter

    def spacing_at(self, pressure: float) -> float:
        """Pixels between dabs at a pressure of 0..1."""
        return max(_CLOSEST_DABS, self.spacing * self.diameter_at(pressure))


def _check(name: str, value: float, lowest: float, highest: float) -> None:
    if not lowest <= value <= highest:
        raise SettingError(
            "A brush {name} of {value} is not possible.",
            "Choose a value from {lowest} to {highest}.",
            name=name,
            value=value,
            lowest=lowest,
            highest=highest,
        )


class Stroke:
    """A stroke in progress on one raster, which itself stays as it is.

    Dabs build up a coverage for each tile (float, so that faint flow accumulates); the colour is laid over the
    untouched pixels through that coverage, so that no overlap within the stroke exceeds its opacity.
    Only tiles under the brush are copied.

    Parameters
    ----------
    raster
        RGBA (4 channels) or a mask (1 channel).
    clip
        A mask that limits the stroke (the selection); ``None`` for no limit.
    around
        A stroke that leaves this part goes on at its other side, and nothing is painted outside; ``None`` for none.
    lock_alpha
        Keep the transparency of RGBA pixels: colour only what is painted already. An eraser then changes nothing.
    """

    def __init__(
        self,
        raster: Raster,
        brush: Brush,
        *,
        clip: Raster | None = None,
        around: Rect | None = None,
        lock_alpha: bool = False,
    ) -> None:
        self._base = raster
        self._brush = brush
        self._clip = clip
        self._around = around
        self._lock_alpha = lock_alpha
        self._path = StrokePath(brush.smoothing, brush.spacing_at)
        self._coverage = Coverage(brush.hardness, brush.flow, around, self._is_clipped_away)
        self._blank = np.full(Raster.tile_shape(raster.channels), raster.default, np.uint8)
        self._tiles: dict[TileKey, Pixels] = {}
        self._shown: dict[TileKey, Pixels] = {}
        self._kept: dict[TileKey, tuple[Pixels, Pixels]] = {}

    @property
    def tiles(self) -> Mapping[TileKey, Pixels]:
        """Read-only views of the tiles painted so far; their content changes as the stroke goes on."""
        return MappingProxyType(self._shown)

    def move_to(self, x: float, y: float, pressure: float = 1.0) -> frozenset[TileKey]:
        """Draw on to canvas point (x, y) with a pressure of 0..1; returns the keys of the tiles that changed.

        A point that is nowhere, not finite, is passed over.
        """
        if not (math.isfinite(x) and math.isfinite(y)):
            return frozenset()
        pressure = min(1.0, max(0.0, pressure))
        return self._draw(self._path.extend(PathPoint(x, y, pressure)))

    def finish(self) -> frozenset[TileKey]:
        """Let a smoothed brush reach the pointer; returns the keys of the tiles that changed."""
        return self._draw(self._path.finish())

    def raster(self) -> Raster:
        """The raster as it looks now, to be shown; the next `move_to` changes its tiles.

        Cheap: tiles are shared with the stroke. Those painted since the last call are other objects than before,
        so a `Compositor` given a document with this raster composes just those again.
        """
        tiles = MappingProxyType({**self._base.tiles, **self._shown})
        return Raster(self._base.channels, self._base.default, tiles)

    def snapshot(self) -> Raster:
        """The raster as it looks now, for good: the stroke goes on without it.

        Tiles that were not painted on since the last snapshot are its very objects.
        """
        return self._base.with_tiles({key: self._kept_tile(key) for key in self._shown})

    def commit(self) -> Raster:
        """Finish, and return the painted raster. Tiles that did not change stay the very same objects."""
        self.finish()
        changed: dict[TileKey, Pixels | None] = {}
        for key, tile in self._tiles.items():
            before = self._base.tiles.get(key)
            if before is not None and np.array_equal(before, tile):
                continue
            is_blank = bool((tile == self._base.default).all())
            if is_blank and before is None:
                continue
            changed[key] = None if is_blank else self._kept_tile(key)
        return self._base.with_tiles(changed) if changed else self._base

    def _kept_tile(self, key: TileKey) -> Pixels:
        """A copy of a tile as it looks now; the last one again where nothing was painted since."""
        shown, known = self._shown[key], self._kept.get(key)
        if known is None or known[0] is not shown:
            known = self._kept[key] = (shown, freeze(shown.copy()))
        return known[1]

    def _draw(self, points: Iterable[PathPoint]) -> frozenset[TileKey]:
        changed = self._coverage.add(self._dabs(points))
        for key, part in changed.items():
            self._repaint(key, part)
        return frozenset(changed)

    def _dabs(self, points: Iterable[PathPoint]) -> Iterator[Dab]:
        """A dab at each point; one that goes on at the other side at each place where it is seen."""
        brush, around = self._brush, self._around
        for point in points:
            ceiling = point.pressure if brush.pressure_opacity else 1.0
            dab = Dab(point.x, point.y, brush.diameter_at(point.pressure) / 2, ceiling)
            if around is None:
                yield dab
                continue
            for x in _copies(dab.x, dab.reach, around.x, around.width):
                for y in _copies(dab.y, dab.reach, around.y, around.height):
                    yield dab._replace(x=x, y=y)

    def _repaint(self, key: TileKey, part: Rect) -> None:
        area = _slices(part)
        tile = self._tiles.get(key)
        if tile is None:
            tile = self._tiles[key] = self._base.editable_tile(key)
        paint_through(
            self._base.tiles.get(key, self._blank)[area],
            self._coverage[key][area],
            self._brush.rgba,
            opacity=self._brush.opacity * self._colour_alpha,
            clip=None if self._clip is None else self._clip_tile(self._clip, key)[area],
            erase=self._brush.eraser,
            lock_alpha=self._lock_alpha,
            out=tile[area],
        )
        self._shown[key] = freeze(tile.view())  # a new object tells the compositor that the tile changed

    @property
    def _colour_alpha(self) -> float:
        return 1.0 if self._brush.eraser else self._brush.rgba[3] / 255

    def _is_clipped_away(self, key: TileKey) -> bool:
        return self._clip is not None and self._clip.default == 0 and key not in self._clip.tiles

    @staticmethod
    def _clip_tile(clip: Raster, key: TileKey) -> Pixels:
        tile = clip.tiles.get(key)
        return tile if tile is not None else np.full((TILE_SIZE, TILE_SIZE), clip.default, np.uint8)


def _slices(part: Rect) -> tuple[slice, slice]:
    return slice(part.y, part.bottom), slice(part.x, part.right)


def _copies(place: float, reach: float, start: int, side: int) -> Iterator[float]:
    """Where a dab lies along an axis that goes around after ``side`` pixels, as far as it reaches into these."""
    first = start + (place - start) % side
    count = math.ceil(reach / side)
    for step in range(-count, count + 1):
        if first + step * side + reach > start and first + step * side - reach < start + side:
            yield first + step * side
