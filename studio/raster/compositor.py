"""A document's composite, kept up to date tile by tile, at full size and reduced."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from studio.document import TILE_SIZE, Document, Pixels, Rect, TileKey, freeze, tile_rect
from studio.raster.active_split import ActiveSplit
from studio.raster.adjustments.table import reach_of
from studio.raster.compose import Area, Spot, compose_spot
from studio.raster.difference import changed_keys
from studio.raster.spaces import blend_space

DEFAULT_BUDGET: Final = 512 * 1024**2
"""Bytes of composed tiles that a compositor keeps."""

_SMALL_PART: Final = 4
"""A change of at most a quarter of a tile is composed at once."""
_WORTH_THREADS: Final = 4
"""Tiles."""

_Slot = tuple[int, TileKey]


@dataclass(frozen=True, eq=False)
class TileWork:
    """The composition of one whole tile of a document, to be done on any thread."""

    key: TileKey
    document: Document

    def run(self) -> Pixels:
        """The composed tile: uint8 ``(256, 256, 4)``, premultiplied RGBA, read-only."""
        document = self.document
        part = tile_rect(self.key).intersected(document.canvas)
        composed = compose_spot(document.layers, _spot(self.key, part, document.canvas), blend_space(document.gamma))
        return freeze(_placed(composed, self.key, part, None))


class Compositor:
    """Composes what is asked for, keeps it, and composes again only what changed.

    Show a stroke in progress by giving a document that holds ``stroke.raster()``. While only the active layer
    changes, what lies below and above it is composed once a tile.

    Parameters
    ----------
    document
        What to compose first; may also be given later.
    budget
        Bytes of composed tiles to keep; those unused for longest go first.
    """

    def __init__(self, document: Document | None = None, *, budget: int = DEFAULT_BUDGET) -> None:
        self._document: Document | None = None
        self._split = ActiveSplit()
        self._cache = _TileCache(budget)
        self._stale: dict[TileKey, Rect] = {}
        self._outdated: dict[_Slot, set[TileKey]] = {}
        self._given: dict[TileKey, TileWork] = {}
        self._painted: set[TileKey] = set()
        self._reach = 0
        if document is not None:
            self.set_document(document)

    @property
    def bytes_used(self) -> int:
        """Bytes of the composed tiles that are kept."""
        return self._cache.bytes_used

    def set_document(self, document: Document, near: Rect | None = None) -> set[TileKey]:
        """Follow a new document; returns the keys of the canvas tiles that may look different.

        ``near``, if given, promises that every change lies within it (canvas pixels), so that only that part of a
        tile is composed again.
        """
        before, self._document = self._document, document
        if before is None:
            self._split.set_document(document, set())
            return set(document.canvas.tile_keys())
        changed = changed_keys(before, document)
        self._reach = max(reach_of(before), reach_of(document))
        if self._reach:
            changed = _spread(changed, self._reach, document.canvas)
            near = self.spread(near)
        only_active_changed = self._split.set_document(document, changed)
        if (before.width, before.height, before.gamma) != (document.width, document.height, document.gamma):
            self._cache.clear()
            self._stale.clear()
            self._outdated.clear()
            self._given.clear()
        for key in changed:
            self._mark(key, near)
        if only_active_changed:
            self._painted |= changed
        else:
            self._painted -= changed
        return changed

    def spread(self, near: Rect | None) -> Rect | None:
        """Where a change within ``near`` is seen: further where adjustments see the pixels around."""
        return near if near is None else near.expanded(self._reach)

    def unknown(self, rect: Rect, level: int = 0) -> list[TileKey]:
        """The canvas tiles that are to be composed before `read` is quick for what shows ``rect`` at ``level``."""
        side = TILE_SIZE << level
        columns, rows = range(rect.x // side, -(-rect.right // side)), range(rect.y // side, -(-rect.bottom // side))
        return [key for row in rows for column in columns for key in self._unknown((column, row), level)]

    def _unknown(self, key: TileKey, level: int) -> Iterator[TileKey]:
        if self._is_known((level, key)):
            return
        if level == 0:
            yield key
            return
        for part in self._parts(key, level):
            yield from self._unknown(part, level - 1)

    def compose(self, keys: Sequence[TileKey]) -> None:
        """Compose some canvas tiles, on several threads if they are many."""
        if len(keys) < _WORTH_THREADS:
            for key in keys:
                self.tile(key)
            return
        known = [self._cache.get((0, key)) for key in keys]
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            for key, tile in zip(keys, threads.map(self._refreshed, keys, known), strict=True):
                self._cache.put((0, key), freeze(tile))

    def work(self, key: TileKey) -> TileWork | None:
        """What is to be done before `tile` is quick for a canvas tile; ``None`` where it is: there is nothing to
        compose, or only what a brush changed."""
        assert self._document is not None, "a document comes first"
        if (0, key) in self._cache and (key in self._painted or _is_small(self._stale.get(key))):
            return None
        if key not in self._given:
            self._given[key] = TileWork(key, self._document)
        return self._given[key]

    def take(self, work: TileWork, tile: Pixels) -> bool:
        """Keep what `TileWork.run` made, and return whether the tile has not changed since `work` was asked for it."""
        if self._given.get(work.key) is not work:
            return False
        del self._given[work.key]
        self._stale.pop(work.key, None)
        self._cache.put((0, work.key), tile)
        return True

    def reduce(self, key: TileKey, level: int) -> None:
        """Reduce what canvas tile ``key`` is a part of, up to ``level``, as far as the other parts are there."""
        for step in range(1, level + 1):
            place = key[0] >> step, key[1] >> step
            if not all(self._is_known((step - 1, part)) for part in self._parts(place, step)):
                return
            self.tile(place, step)

    def tile(self, key: TileKey, level: int = 0) -> Pixels:
        """A composed tile: uint8 ``(256, 256, 4)``, premultiplied RGBA, read-only.

        At ``level`` n a pixel is the mean of 2**n x 2**n canvas pixels, and tile (column, row) covers the canvas
        from (256 * 2**n * column, 256 * 2**n * row) on. Beyond the canvas it is transparent.
        """
        slot = (level, key)
        tile = self._cache.get(slot)
        if tile is not None and self._is_known(slot):
            return tile
        tile = self._refreshed(key, tile) if level == 0 else self._reduced(key, level, tile)
        self._cache.put(slot, freeze(tile))
        return tile

    def read(self, rect: Rect, level: int = 0) -> Pixels:
        """Composed pixels of ``rect``, given in pixels of ``level``: a new array, uint8 ``(h, w, 4)``."""
        out = np.zeros((rect.height, rect.width, 4), np.uint8)
        for key in rect.tile_keys():
            part = tile_rect(key).intersected(rect)
            x, y = part.x - key[0] * TILE_SIZE, part.y - key[1] * TILE_SIZE
            out[part.y - rect.y : part.bottom - rect.y, part.x - rect.x : part.right - rect.x] = self.tile(key, level)[
                y : y + part.height, x : x + part.width
            ]
        return out

    def _is_known(self, slot: _Slot) -> bool:
        return slot in self._cache and slot not in self._outdated and (slot[0] > 0 or slot[1] not in self._stale)

    def _mark(self, key: TileKey, near: Rect | None) -> None:
        area = tile_rect(key) if near is None else tile_rect(key).intersected(near)
        if area.is_empty:
            return
        self._given.pop(key, None)
        known = self._stale.get(key)
        self._stale[key] = area if known is None else known.united(area)
        for level in range(1, self._cache.levels + 1):
            part = key[0] >> (level - 1), key[1] >> (level - 1)
            self._outdated.setdefault((level, (key[0] >> level, key[1] >> level)), set()).add(part)

    def _refreshed(self, key: TileKey, known: Pixels | None) -> Pixels:
        """A tile composed anew, or only its stale part where the rest is known."""
        assert self._document is not None, "a document comes first"
        part = self._stale.pop(key, None)
        part = tile_rect(key) if part is None or known is None else part
        part = part.intersected(self._document.canvas)
        self._given.pop(key, None)
        composed = None if part.is_empty else self._composed(_spot(key, part, self._document.canvas))
        return _placed(composed, key, part, known)

    def _composed(self, spot: Spot) -> Pixels | None:
        """Compose a spot; one that was painted on is split at the active layer, for the brush will come again."""
        assert self._document is not None
        if spot.key in self._painted:
            return self._split.compose(spot)
        return compose_spot(self._document.layers, spot, blend_space(self._document.gamma))

    def _reduced(self, key: TileKey, level: int, known: Pixels | None) -> Pixels:
        """A tile of the pyramid: four tiles of the level below, halved; only those that changed where it is known."""
        half, outdated = TILE_SIZE // 2, self._outdated.get((level, key), set())
        tile = np.zeros((TILE_SIZE, TILE_SIZE, 4), np.uint8) if known is None else known.copy()
        for finer in self._parts(key, level):
            if known is not None and finer not in outdated:
                continue
            row, column = finer[1] - 2 * key[1], finer[0] - 2 * key[0]
            tile[row * half : (row + 1) * half, column * half : (column + 1) * half] = cv2.resize(
                self.tile(finer, level - 1), (half, half), interpolation=cv2.INTER_AREA
            )
        self._outdated.pop((level, key), None)
        return tile

    def _parts(self, key: TileKey, level: int) -> Iterator[TileKey]:
        """The tiles of the level below that a tile of the pyramid is made of, as far as they touch the canvas."""
        assert self._document is not None
        side = TILE_SIZE << (level - 1)
        for row in (2 * key[1], 2 * key[1] + 1):
            for column in (2 * key[0], 2 * key[0] + 1):
                if 0 <= column * side < self._document.width and 0 <= row * side < self._document.height:
                    yield column, row


def _placed(composed: Pixels | None, key: TileKey, part: Rect, known: Pixels | None) -> Pixels:
    """A tile that shows ``composed`` in its ``part``, and elsewhere what is ``known`` of it, or nothing."""
    if composed is not None and composed.flags.writeable and part == tile_rect(key):
        return composed
    tile = np.zeros((TILE_SIZE, TILE_SIZE, 4), np.uint8) if known is None else known.copy()
    if not part.is_empty:
        tile[_area(key, part)] = 0 if composed is None else composed
    return tile


def _is_small(stale: Rect | None) -> bool:
    return stale is None or stale.width * stale.height * _SMALL_PART <= TILE_SIZE**2


def _area(key: TileKey, part: Rect) -> Area:
    y, x = part.y - key[1] * TILE_SIZE, part.x - key[0] * TILE_SIZE
    return slice(y, y + part.height), slice(x, x + part.width)


def _spot(key: TileKey, part: Rect, canvas: Rect) -> Spot:
    return Spot(key, None if part == tile_rect(key) else _area(key, part), canvas)


def _spread(keys: set[TileKey], reach: int, canvas: Rect) -> set[TileKey]:
    """Tiles, and those that their pixels reach."""
    return {near for key in keys for near in tile_rect(key).expanded(reach).intersected(canvas).tile_keys()}


class _TileCache:
    """Composed tiles of all levels, bounded by bytes, the latest used kept."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._tiles: OrderedDict[_Slot, Pixels] = OrderedDict()
        self.bytes_used = 0
        self.levels = 0

    def __contains__(self, slot: _Slot) -> bool:
        return slot in self._tiles

    def get(self, slot: _Slot) -> Pixels | None:
        tile = self._tiles.get(slot)
        if tile is not None:
            self._tiles.move_to_end(slot)
        return tile

    def put(self, slot: _Slot, tile: Pixels) -> None:
        self._drop(slot)
        self._tiles[slot] = tile
        self.bytes_used += tile.nbytes
        self.levels = max(self.levels, slot[0])
        while self.bytes_used > self._budget and len(self._tiles) > 1:
            self.bytes_used -= self._tiles.popitem(last=False)[1].nbytes

    def clear(self) -> None:
        self._tiles.clear()
        self.bytes_used = 0

    def _drop(self, slot: _Slot) -> None:
        tile = self._tiles.pop(slot, None)
        if tile is not None:
            self.bytes_used -= tile.nbytes
