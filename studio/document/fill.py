"""Rasters filled with one value, sharing a single tile object wherever a tile is full."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from studio.document.tiles import TILE_SIZE, Pixels, Raster, Rect, TileKey, freeze, tile_rect


def filled_raster(width: int, height: int, rgba: tuple[int, int, int, int]) -> Raster:
    """A canvas-sized raster of one colour; ``rgba`` is premultiplied, 0..255."""
    return filled_rect(Rect(0, 0, width, height), rgba)


def filled_rect(rect: Rect, rgba: tuple[int, int, int, int]) -> Raster:
    """A raster that is one colour inside ``rect`` and transparent elsewhere; ``rgba`` is premultiplied, 0..255."""
    return Raster(4, 0, MappingProxyType(_tiles(rect, np.array(rgba, np.uint8))))


def filled_mask(rect: Rect, value: int = 255) -> Raster:
    """A mask that is ``value`` inside ``rect`` and 0 elsewhere."""
    return Raster(1, 0, MappingProxyType(_tiles(rect, np.array(value, np.uint8))))


def _tiles(rect: Rect, value: Pixels) -> dict[TileKey, Pixels]:
    shape = (TILE_SIZE, TILE_SIZE, 4) if value.ndim else (TILE_SIZE, TILE_SIZE)
    full = freeze(np.broadcast_to(value, shape).astype(np.uint8).copy())
    tiles: dict[TileKey, Pixels] = {}
    for key in rect.tile_keys():
        part = tile_rect(key).intersected(rect)
        if part == tile_rect(key):
            tiles[key] = full
            continue
        tile = np.zeros(shape, np.uint8)
        y, x = part.y - key[1] * TILE_SIZE, part.x - key[0] * TILE_SIZE
        tile[y : y + part.height, x : x + part.width] = value
        tiles[key] = freeze(tile)
    return tiles
