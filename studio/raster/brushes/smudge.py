"""The smudge brush: drags the paint that is there, as a finger does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from studio.document import TILE_SIZE, Pixels, Rect, TileKey, tile_rect
from studio.raster import kernels
from studio.raster.brush import Stroke
from studio.raster.brushes.stamper import Stamp
from studio.raster.dabs import Dab

Floats = NDArray[np.float32]


class SmudgeStroke(Stroke):
    """Each dab lays down what the one before picked up, by the share ``opacity``, and picks up what comes of it."""

    @cached_property
    def _carried(self) -> dict[int, Floats]:
        """The paint that is dragged, by the copy of a symmetry that drags it."""
        return {}

    def _draw(self, prints: Iterable[Dab | Stamp]) -> frozenset[TileKey]:
        changed: set[TileKey] = set()
        for each in prints:
            for place, copy in enumerate(self._copied((each,))):
                changed |= self._drag(place, copy)
        return frozenset(changed)

    def _drag(self, place: int, dab: Dab | Stamp) -> set[TileKey]:
        side = 2 * math.ceil(self._brush.diameter) + 4
        area = Rect(math.floor(dab.x) - side // 2, math.floor(dab.y) - side // 2, side, side)
        before = self._read(area)
        carried = self._carried.get(place)
        self._carried[place] = before if carried is None else before + (carried - before) * self._brush.opacity
        if carried is None:
            return set()
        paint = np.rint(carried).astype(np.uint8)
        coverage = self._new_coverage()
        parts = coverage.add((dab,))
        for key, part in parts.items():
            self._lay(key, part, coverage[key], area, paint)
        return set(parts)

    def _lay(self, key: TileKey, part: Rect, coverage: Floats, area: Rect, paint: Pixels) -> None:
        tile = self._tiles.get(key)
        if tile is None:
            tile = self._tiles[key] = self._base.editable_tile(key)
        here = slice(part.y, part.bottom), slice(part.x, part.right)
        top, left = key[1] * TILE_SIZE + part.y - area.y, key[0] * TILE_SIZE + part.x - area.x
        source = np.ascontiguousarray(paint[top : top + part.height, left : left + part.width])
        kernels.mix(
            tile[here],
            tile[here].copy(),
            source,
            coverage[here],
            opacity=self._brush.opacity,
            clip=None if self._clip is None else self._clip_tile(self._clip, key)[here],
            lock_alpha=self._lock_alpha,
        )
        self._show(key, here)

    def _read(self, area: Rect) -> Floats:
        """The picture as it is now."""
        pixels = self._base.read(area).astype(np.float32)
        for key in area.tile_keys():
            if key in self._tiles:
                part, tile = tile_rect(key).intersected(area), tile_rect(key)
                inside = self._tiles[key][part.y - tile.y : part.bottom - tile.y, part.x - tile.x : part.right - tile.x]
                pixels[part.y - area.y : part.bottom - area.y, part.x - area.x : part.right - area.x] = inside
        return pixels
