"""Sparse rasters of immutable tiles.

A `Raster` covers the whole integer plane. Only tiles that hold something are stored; every other
pixel has the raster's `default` value. Tiles are numpy arrays with ``writeable=False``, so they are
shared between documents, threads and history steps without copies or locks, and "the same tile"
means "the same object".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

TILE_SIZE: Final = 256

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
else:

    class Pixels:
        """Stands for ``NDArray[np.uint8]`` where types are named, so that naming it loads no numpy."""


Rgb = tuple[int, int, int]
"""Red, green and blue, 0..255 each."""
TileKey = tuple[int, int]
"""(column, row): the tile covers x in [256*column, 256*column+256), y likewise."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A half-open rectangle of whole pixels: x in [x, x+width), y in [y, y+height)."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    def intersected(self, other: Rect) -> Rect:
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def united(self, other: Rect) -> Rect:
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def expanded(self, margin: int) -> Rect:
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def contains(self, x: int, y: int) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def tile_keys(self) -> Iterator[TileKey]:
        """Keys of all tiles that this rectangle touches, row by row."""
        if self.is_empty:
            return
        for row in range(self.y // TILE_SIZE, (self.bottom - 1) // TILE_SIZE + 1):
            for column in range(self.x // TILE_SIZE, (self.right - 1) // TILE_SIZE + 1):
                yield (column, row)


def tile_rect(key: TileKey) -> Rect:
    """The pixels that a tile covers."""
    return Rect(key[0] * TILE_SIZE, key[1] * TILE_SIZE, TILE_SIZE, TILE_SIZE)


def freeze(pixels: Pixels) -> Pixels:
    """Mark an array read-only and return it, so that it may become a tile."""
    pixels.flags.writeable = False
    return pixels


def is_uniform(pixels: Pixels, value: int) -> bool:
    """Whether every byte of a C-contiguous array is ``value``, looked at eight by eight."""
    flat = pixels.reshape(-1)
    if flat[0] != value or flat[-1] != value:
        return False
    head = flat[: flat.size // 8 * 8].view(np.uint64)
    return bool((head == value * 0x0101010101010101).all() and (flat[head.nbytes :] == value).all())


_NO_TILES: Mapping[TileKey, Pixels] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Raster:
    """Pixels on an unbounded plane, uint8.

    ``channels`` is 4 for premultiplied RGBA (tiles of shape ``(256, 256, 4)``) or 1 for a mask (tiles
    of shape ``(256, 256)``, 0 outside, 255 inside). ``default`` is the value of every channel of a
    pixel without a tile: always 0 for RGBA, 0 or 255 for a mask.
    """

    channels: int = 4
    default: int = 0
    tiles: Mapping[TileKey, Pixels] = field(default_factory=lambda: _NO_TILES)

    @staticmethod
    def tile_shape(channels: int) -> tuple[int, ...]:
        return (TILE_SIZE, TILE_SIZE, 4) if channels == 4 else (TILE_SIZE, TILE_SIZE)

    @classmethod
    def from_array(cls, pixels: Pixels, x: int = 0, y: int = 0, *, default: int = 0) -> Raster:
        """Place an array with its top left at (x, y).

        ``pixels`` is uint8, ``(h, w, 4)`` premultiplied RGBA or ``(h, w)`` for a mask. Tiles that
        would equal the default are not stored.
        """
        channels = 4 if pixels.ndim == 3 else 1
        return cls(channels, default).with_array(pixels, x, y)

    def with_tiles(self, changed: Mapping[TileKey, Pixels | None]) -> Raster:
        """A raster with some tiles replaced; ``None`` removes a tile. Arrays are frozen here."""
        tiles = dict(self.tiles)
        for key, pixels in changed.items():
            if pixels is None:
                tiles.pop(key, None)
            else:
                tiles[key] = freeze(pixels)
        return Raster(self.channels, self.default, MappingProxyType(tiles))

    def with_array(self, pixels: Pixels, x: int, y: int) -> Raster:
        """A raster in which the rectangle at (x, y) holds ``pixels`` (replaced, not blended)."""
        rect = Rect(x, y, pixels.shape[1], pixels.shape[0])
        changed: dict[TileKey, Pixels | None] = {}
        for key in rect.tile_keys():
            part = tile_rect(key).intersected(rect)
            placed = pixels[part.y - y : part.bottom - y, part.x - x : part.right - x]
            if part == tile_rect(key):
                tile = placed.copy()
            else:
                tile = self.editable_tile(key)
                ty, tx = part.y - key[1] * TILE_SIZE, part.x - key[0] * TILE_SIZE
                tile[ty : ty + part.height, tx : tx + part.width] = placed
            old = self.tiles.get(key)
            if old is not None and np.array_equal(old, tile):
                continue
            changed[key] = None if is_uniform(tile, self.default) else tile
        return self.with_tiles(changed)

    def editable_tile(self, key: TileKey) -> Pixels:
        """A private, writable copy of one tile (filled with the default where none is stored)."""
        tile = self.tiles.get(key)
        if tile is not None:
            return tile.copy()
        return np.full(self.tile_shape(self.channels), self.default, np.uint8)

    def read(self, rect: Rect) -> Pixels:
        """A new writable array of the pixels in ``rect``: ``(h, w, 4)`` or ``(h, w)``, uint8."""
        shape = (rect.height, rect.width, 4) if self.channels == 4 else (rect.height, rect.width)
        keys = list(rect.tile_keys())
        is_covered = all(key in self.tiles for key in keys)
        out = np.empty(shape, np.uint8) if is_covered else np.full(shape, self.default, np.uint8)
        for key in keys:
            tile = self.tiles.get(key)
            if tile is None:
                continue
            part = tile_rect(key).intersected(rect)
            ty, tx = part.y - key[1] * TILE_SIZE, part.x - key[0] * TILE_SIZE
            out[part.y - rect.y : part.bottom - rect.y, part.x - rect.x : part.right - rect.x] = tile[
                ty : ty + part.height, tx : tx + part.width
            ]
        return out

    def tile(self, key: TileKey) -> Pixels | None:
        """One tile, read-only; ``None`` where none is stored."""
        return self.tiles.get(key)

    def tile_keys(self) -> set[TileKey]:
        """Keys of all stored tiles."""
        return set(self.tiles)

    def within(self, _area: Rect) -> Raster:
        """The raster itself: it holds all of its pixels everywhere."""
        return self

    def tile_bounds(self) -> Rect:
        """The smallest tile-aligned rectangle around all stored tiles; empty if there are none."""
        if not self.tiles:
            return Rect(0, 0, 0, 0)
        columns = [key[0] for key in self.tiles]
        rows = [key[1] for key in self.tiles]
        x, y = min(columns) * TILE_SIZE, min(rows) * TILE_SIZE
        return Rect(x, y, (max(columns) + 1) * TILE_SIZE - x, (max(rows) + 1) * TILE_SIZE - y)

    def bounds(self) -> Rect:
        """The smallest rectangle around all pixels that differ from the default."""
        box = Rect(0, 0, 0, 0)
        for key in _outermost_first(self.tiles):
            if tile_rect(key).intersected(box) == tile_rect(key):
                continue  # whatever is in there, the box holds it
            tile = self.tiles[key]
            # The four channels at once, as one number, are several times faster than `any` along them.
            values = np.ascontiguousarray(tile).view(np.uint32)[..., 0] if self.channels == 4 else tile
            differs = values != self.default
            rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
            if rows.size:
                x, y = key[0] * TILE_SIZE, key[1] * TILE_SIZE
                box = box.united(
                    Rect(
                        x + int(columns[0]),
                        y + int(rows[0]),
                        int(columns[-1] - columns[0]) + 1,
                        int(rows[-1] - rows[0]) + 1,
                    )
                )
        return box

    def translated(self, dx: int, dy: int) -> Raster:
        """The same pixels moved by whole pixels."""
        if dx == 0 and dy == 0:
            return self
        box = self.tile_bounds()
        empty = Raster(self.channels, self.default)
        if box.is_empty:
            return empty
        if dx % TILE_SIZE == 0 and dy % TILE_SIZE == 0:
            columns, rows = dx // TILE_SIZE, dy // TILE_SIZE
            moved = {(key[0] + columns, key[1] + rows): tile for key, tile in self.tiles.items()}
            return Raster(self.channels, self.default, MappingProxyType(moved))
        changed: dict[TileKey, Pixels | None] = {}
        known: dict[int, bool] = {}
        for key in Rect(box.x + dx, box.y + dy, box.width, box.height).tile_keys():
            target = tile_rect(key)
            source = Rect(target.x - dx, target.y - dy, TILE_SIZE, TILE_SIZE)
            sources = {id(tile): tile for tile in map(self.tiles.get, source.tile_keys())}
            if len(sources) == 1:
                (tile,) = sources.values()
                if tile is None or _is_one_value(tile, known):
                    changed[key] = tile  # as between full tiles
                    continue
            if sources:
                pixels = self.read(source)
                changed[key] = None if is_uniform(pixels, self.default) else pixels
        return empty.with_tiles(changed)

    def changed_tiles(self, other: Raster) -> set[TileKey]:
        """Keys of tiles that are not the same object in both rasters."""
        if self is other or self.tiles is other.tiles:
            return set()
        mine, theirs = self.tiles, other.tiles
        changed = {key for key, tile in mine.items() if theirs.get(key) is not tile}
        changed.update(key for key in theirs if key not in mine)
        return changed


def _outermost_first(tiles: Mapping[TileKey, Pixels]) -> list[TileKey]:
    """The keys of tiles, those in the first or last row or column of all before the others."""
    if not tiles:
        return []
    columns, rows = {key[0] for key in tiles}, {key[1] for key in tiles}
    ends = {min(columns), max(columns)}, {min(rows), max(rows)}
    return sorted(tiles, key=lambda key: key[0] not in ends[0] and key[1] not in ends[1])


def _is_one_value(tile: Pixels, known: dict[int, bool]) -> bool:
    """Whether all pixels of a tile are the same; ``known`` remembers it, by the object."""
    if id(tile) not in known:
        known[id(tile)] = bool((tile == tile[0, 0]).all())
    return known[id(tile)]
