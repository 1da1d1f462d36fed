"""Colour through a mask, and gradients, laid on a raster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels, Raster, Rect, tile_rect
from studio.raster import kernels
from studio.raster.paint import Rgba, mask_value, paint_through

Floats = NDArray[np.float32]


def pour(raster: Raster, shape: Raster, rgba: Rgba, *, clip: Raster | None = None, lock_alpha: bool = False) -> Raster:
    """A straight colour (0..255) through a mask ``shape``, as far as ``clip`` lets it."""
    changed: dict[tuple[int, int], Pixels | None] = {}
    for key, mask in shape.tiles.items():
        strength = mask * np.float32(rgba[3] / 255 / 255)
        tile = raster.editable_tile(key)
        limit = None if clip is None else clip.read(tile_rect(key))
        changed[key] = paint_through(tile, strength, rgba, clip=limit, lock_alpha=lock_alpha)
    return raster.with_tiles(changed) if changed else raster


@dataclass(frozen=True, kw_only=True)
class Gradient:
    """From one straight colour at ``start`` to another at ``end``, canvas points; beyond them it stays as it is there.

    ``is_radial`` spreads it around the start. ``second`` is ``None`` for nothing, so that it fades out.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    first: Rgba
    second: Rgba | None = None
    is_radial: bool = False

    def shares(self, rect: Rect) -> Floats:
        """How far from the first colour to the second each pixel is, 0..1: float32 ``(h, w)``."""
        (x, y), (across, down) = self.start, (self.end[0] - self.start[0], self.end[1] - self.start[1])
        right = (np.arange(rect.x, rect.right, dtype=np.float32) + 0.5 - x)[None, :]
        below = (np.arange(rect.y, rect.bottom, dtype=np.float32) + 0.5 - y)[:, None]
        length = max(1e-6, across * across + down * down)
        if self.is_radial:
            share = np.sqrt((right * right + below * below) / length)
        else:
            share = (right * across + below * down) / length
        return np.clip(share, 0, 1).astype(np.float32)


def laid_gradient(
    raster: Raster, gradient: Gradient, area: Rect, *, clip: Raster | None = None, lock_alpha: bool = False
) -> Raster:
    """A gradient over ``area`` of a raster, as far as ``clip`` lets it. A mask gets the luma of its colours."""
    changed: dict[tuple[int, int], Pixels | None] = {}
    for key in area.tile_keys():
        part = tile_rect(key).intersected(area)
        limit = None if clip is None else clip.read(part)
        if limit is not None and not limit.any():
            continue
        tile = raster.editable_tile(key)
        inside = _inside(part, tile_rect(key))
        source, strength = _colours(gradient, part, raster.channels)
        before = tile[inside].copy()
        kernels.mix(tile[inside], before, source, strength, clip=limit, lock_alpha=lock_alpha)
        changed[key] = tile
    return raster.with_tiles(changed) if changed else raster


def _colours(gradient: Gradient, part: Rect, channels: int) -> tuple[Pixels, Floats]:
    """What is laid on each pixel, opaque, and how much of it."""
    share = gradient.shares(part)
    first, second = gradient.first, gradient.second or gradient.first
    alphas = first[3] / 255, (gradient.second or (0, 0, 0, 0))[3] / 255
    strength = np.asarray(alphas[0] + (alphas[1] - alphas[0]) * share, np.float32)
    if channels == 1:
        low, high = mask_value(first), mask_value(second)
        return np.rint(low + (high - low) * share).astype(np.uint8), strength
    ends = [np.array((*each[:3], 255), np.float32) for each in (first, second)]
    mixed = ends[0] + (ends[1] - ends[0]) * share[..., None]
    return np.rint(mixed).astype(np.uint8), strength


def _inside(part: Rect, whole: Rect) -> tuple[slice, slice]:
    top, left = part.y - whole.y, part.x - whole.x
    return slice(top, top + part.height), slice(left, left + part.width)
