"""Rasters filled with one value, sharing a single tile object wherever a tile is full.

Their tiles are made when they are looked at first: the empty picture at the start is shown without any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from studio.document.tiles import TILE_SIZE, Pixels, Raster, Rect, TileKey, freeze, tile_rect


def filled_raster(width: int, height: int, rgba: tuple[int, int, int, int]) -> Raster:
    """A canvas-sized raster of one colour; ``rgba`` is premultiplied, 0..255."""
    return filled_rect(Rect(0, 0, width, height), rgba)


def filled_rect(rect: Rect, rgba: tuple[int, int, int, int]) -> Raster:
    """A raster that is one colour inside ``rect`` and transparent elsewhere; ``rgba`` is premultiplied, 0..255."""
    return Raster(4, 0, FilledTiles(rect, rgba))


def filled_mask(rect: Rect, value: int = 255) -> Raster:
    """A mask that is ``value`` inside ``rect`` and 0 elsewhere."""
    return Raster(1, 0, FilledTiles(rect, value))


class FilledTiles(Mapping[TileKey, Pixels]):
    """The tiles of ``rect`` filled with one value, premultiplied RGBA or that of a mask, and 0 beyond it.

    The same key gives the same object always, and all full tiles are one. It never changes; any thread may read it.
    """

    def __init__(self, rect: Rect, value: tuple[int, int, int, int] | int) -> None:
        self.rect = rect
        self.value = value
        self._keys = dict.fromkeys(rect.tile_keys())
        self._tiles: dict[TileKey, Pixels] = {}
        self._full: list[Pixels] = []

    def __getitem__(self, key: TileKey) -> Pixels:
        tile = self._tiles.get(key)
        if tile is not None:
            return tile
        if key not in self._keys:
            raise KeyError(key)
        return self._tiles.setdefault(key, self._made(key))  # of two threads that made one, both have the first

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[TileKey]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def _made(self, key: TileKey) -> Pixels:
        part = tile_rect(key).intersected(self.rect)
        if part == tile_rect(key):
            if not self._full:
                self._full.append(self._tile(part, key))
            return self._full[0]
        return self._tile(part, key)

    def _tile(self, part: Rect, key: TileKey) -> Pixels:
        tile = np.zeros(Raster.tile_shape(1 if isinstance(self.value, int) else 4), np.uint8)
        y, x = part.y - key[1] * TILE_SIZE, part.x - key[0] * TILE_SIZE
        tile[y : y + part.height, x : x + part.width] = self.value
        return freeze(tile)
