"""The healing brush: texture from elsewhere in the tones of what surrounds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import TILE_SIZE, Raster, Rect, TileKey, tile_rect
from studio.raster import kernels
from studio.raster.brush import Stroke

Floats = NDArray[np.float32]
Slices = tuple[slice, slice]

_MARGIN: Final = 8
_SMOOTHINGS: Final = 4


class HealStroke(Stroke):
    """A stroke with a source, which shows as it is while it is drawn; at the end it gets the tones of what is around.

    What differs between picture and source just outside of the stroke is spread over its inside as a membrane
    (Pérez, Gangnet and Blake, 2003), and added to the source.
    """

    def commit(self) -> Raster:
        self.finish()
        area = self._covered_area()
        if not area.is_empty and self._source is not None:
            self._heal(area.expanded(_MARGIN))
        return super().commit()

    def _covered_area(self) -> Rect:
        area = Rect(0, 0, 0, 0)
        for key in self._tiles:
            rows, columns = (np.flatnonzero(self._coverage[key].any(axis=axis)) for axis in (1, 0))
            if rows.size:
                left, top = key[0] * TILE_SIZE + int(columns[0]), key[1] * TILE_SIZE + int(rows[0])
                size = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
                area = area.united(Rect(left, top, *size))
        return area

    def _heal(self, area: Rect) -> None:
        assert self._source is not None
        before = self._base.read(area)
        source, covered = np.zeros_like(before), np.zeros(before.shape[:2], np.float32)
        for key, inside, part in _parts(area):
            source[inside] = self._source(key)[part]
            if key in self._tiles:
                covered[inside] = self._coverage[key][part]
        difference = np.asarray(before.astype(np.float32) - source, np.float32)
        healed = np.clip(np.rint(source + spread(difference, covered == 0)), 0, 255).astype(np.uint8)
        if healed.ndim == 3:
            healed[..., :3] = np.minimum(healed[..., :3], healed[..., 3:])
        clip = None if self._clip is None else self._clip.read(area)
        out = np.empty_like(before)
        opacity = self._brush.opacity
        kernels.mix(out, before, healed, covered, opacity=opacity, clip=clip, lock_alpha=self._lock_alpha)
        for key, inside, part in _parts(area):
            if key in self._tiles:
                self._tiles[key][part] = out[inside]
                self._show(key, part)


def spread(values: Floats, known: NDArray[np.bool_]) -> Floats:
    """Values ``(h, w)`` or ``(h, w, c)`` where they are ``known``, and elsewhere what goes on smoothly between them.

    Coarse to fine, as pull and push do it, with a few steps of smoothing at each size.
    """
    if known.all() or not known.any() or min(known.shape) < 2:
        return values if known.any() else np.zeros_like(values)
    height, width = known.shape
    mask = known if values.ndim == 2 else known[..., None]
    size = (width + 1) // 2, (height + 1) // 2
    weight = np.asarray(cv2.resize(known.astype(np.float32), size, interpolation=cv2.INTER_AREA))
    total = cv2.resize(values * mask, size, interpolation=cv2.INTER_AREA)
    share = np.maximum(weight, 1e-6) if values.ndim == 2 else np.maximum(weight, 1e-6)[..., None]
    coarse = spread(np.asarray(total / share, np.float32), weight > 0)
    filled = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    for _ in range(_SMOOTHINGS):
        filled = np.where(mask, values, cv2.blur(filled, (3, 3)))
    return filled


def _parts(area: Rect) -> Iterator[tuple[TileKey, Slices, Slices]]:
    """The tiles of a rectangle: which pixels of it each has, and which of its own they are."""
    for key in area.tile_keys():
        part, tile = tile_rect(key).intersected(area), tile_rect(key)
        yield key, _slices(part, area), _slices(part, tile)


def _slices(part: Rect, whole: Rect) -> Slices:
    top, left = part.y - whole.y, part.x - whole.x
    return slice(top, top + part.height), slice(left, left + part.width)
