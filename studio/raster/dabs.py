"""The round prints that a brush leaves, and the coverage that they gather tile by tile."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np

from studio.document import TILE_SIZE, Rect, TileKey, tile_rect
from studio.raster import kernels
from studio.raster.kernels import Floats

_TILE: Final = Rect(0, 0, TILE_SIZE, TILE_SIZE)


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

    def tile_keys(self) -> Iterator[TileKey]:
        """The tiles that it may touch."""
        reach = self.reach
        for row in range(math.floor((self.y - reach) / TILE_SIZE), math.floor((self.y + reach) / TILE_SIZE) + 1):
            for column in range(math.floor((self.x - reach) / TILE_SIZE), math.floor((self.x + reach) / TILE_SIZE) + 1):
                yield column, row


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

    def add(self, dabs: Iterable[Dab]) -> dict[TileKey, Rect]:
        """Dabs in turn; returns what they changed of each tile, in pixels of the tile."""
        changed: dict[TileKey, Rect] = {}
        for key, numbers in self._by_tile(dabs).items():
            part = kernels.cover(self._tile(key), self._seen(key), numbers, self._hardness, self._flow)
            if not part.is_empty:
                changed[key] = part
        return changed

    def _by_tile(self, dabs: Iterable[Dab]) -> dict[TileKey, array[float]]:
        found: dict[TileKey, array[float]] = {}
        for dab in dabs:
            for key in dab.tile_keys():
                if key not in found:
                    found[key] = array("f")
                column, row = key
                found[key].extend((dab.x - column * TILE_SIZE, dab.y - row * TILE_SIZE, dab.radius, dab.ceiling))
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
