"""The round prints that a brush leaves, and the coverage that they gather tile by tile."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, Protocol

import numpy as np

from studio.document import TILE_SIZE, Rect, TileKey, tile_rect
from studio.raster import kernels
from studio.raster.brushes.symmetry import Placed
from studio.raster.kernels import Floats, PrintedTip

_TILE: Final = Rect(0, 0, TILE_SIZE, TILE_SIZE)


class Print(Protocol):
    """What a brush leaves at one place of the canvas."""

    @property
    def x(self) -> float: ...

    @property
    def y(self) -> float: ...

    @property
    def reach(self) -> float:
        """How far from its centre it can change a pixel."""
        ...

    def pack(self, numbers: array[float], left: int, top: int) -> None:
        """Append what the kernel takes, for a tile whose first pixel is (left, top) of the canvas."""
        ...


class Dab(NamedTuple):
    """A round print at canvas point (x, y), its radius in pixels, and the coverage (0..1) that it never exceeds."""

    x: float
    y: float
    radius: float
    ceiling: float = 1.0

    @property
    def reach(self) -> float:
        """How far from its centre it can change a pixel: an edge is at least one pixel wide."""
        return self.radius + 1

    def moved(self, placed: Placed) -> Dab:
        """The same at another place of a symmetry."""
        return self._replace(x=placed.x, y=placed.y)

    def pack(self, numbers: array[float], left: int, top: int) -> None:
        numbers.extend((self.x - left, self.y - top, self.radius, self.ceiling))


class Coverage:
    """How much dabs have covered, float in 0..1, in tiles.

    A dab is full up to ``hardness`` of its radius and falls smoothly to 0 at the radius; the edge of a hard dab is one
    pixel wide, so that it is anti-aliased. Where it is full it adds ``flow`` of what is missing to its ceiling, and
    never takes anything away.

    Parameters
    ----------
    within
        Nothing outside is covered; ``None`` for no limit.
    is_hidden
        Whether nothing of a tile is to be covered.
    """

    def __init__(self, hardness: float, flow: float, within: Rect | None, is_hidden: Callable[[TileKey], bool]) -> None:
        self._hardness = hardness
        self._flow = flow
        self._within = within
        self._is_hidden = is_hidden
        self._tiles: dict[TileKey, Floats] = {}

    def __getitem__(self, key: TileKey) -> Floats:
        """The coverage of a tile, float32 ``(256, 256)``."""
        return self._tiles[key]

    def colours(self, key: TileKey) -> Floats | None:
        """The colours that prints left on a tile, float32 ``(256, 256, 3)`` in 0..255; ``None`` if they have one."""
        del key
        return None

    def add(self, dabs: Iterable[Print]) -> dict[TileKey, Rect]:
        """Dabs in turn; returns what they changed of each tile, in pixels of the tile."""
        changed: dict[TileKey, Rect] = {}
        for key, numbers in self._by_tile(dabs).items():
            part = self._cover(key, numbers)
            if not part.is_empty:
                changed[key] = part
        return changed

    def _cover(self, key: TileKey, numbers: array[float]) -> Rect:
        return kernels.cover(self._tile(key), self._seen(key), numbers, self._hardness, self._flow)

    def _by_tile(self, dabs: Iterable[Print]) -> dict[TileKey, array[float]]:
        found: dict[TileKey, array[float]] = {}
        for dab in dabs:
            x, y, reach = dab.x, dab.y, dab.reach
            columns = range(math.floor((x - reach) / TILE_SIZE), math.floor((x + reach) / TILE_SIZE) + 1)
            for row in range(math.floor((y - reach) / TILE_SIZE), math.floor((y + reach) / TILE_SIZE) + 1):
                for column in columns:
                    numbers = found.get((column, row))
                    if numbers is None:
                        numbers = found[column, row] = array("f")
                    dab.pack(numbers, column * TILE_SIZE, row * TILE_SIZE)
        return {key: numbers for key, numbers in found.items() if not self._is_hidden(key)}

    def _seen(self, key: TileKey) -> Rect:
        if self._within is None:
            return _TILE
        part = tile_rect(key).intersected(self._within)
        return Rect(part.x - key[0] * TILE_SIZE, part.y - key[1] * TILE_SIZE, part.width, part.height)

    def _tile(self, key: TileKey) -> Floats:
        tile = self._tiles.get(key)
        if tile is None:
            tile = self._tiles[key] = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
        return tile


class StampedCoverage(Coverage):
    """How much prints of a tip have covered; with ``coloured`` prints also in which colours."""

    def __init__(
        self, tip: PrintedTip, within: Rect | None, is_hidden: Callable[[TileKey], bool], *, coloured: bool
    ) -> None:
        super().__init__(tip.hardness, 1.0, within, is_hidden)
        self._tip = tip
        self._is_coloured = coloured
        self._colours: dict[TileKey, Floats] = {}

    def colours(self, key: TileKey) -> Floats | None:
        return self._colours[key] if self._is_coloured else None

    def _cover(self, key: TileKey, numbers: array[float]) -> Rect:
        if self._is_coloured and key not in self._colours:
            self._colours[key] = np.zeros((TILE_SIZE, TILE_SIZE, 3), np.float32)
        return kernels.stamp(self._tile(key), self._seen(key), numbers, self._tip, self._colours.get(key))
