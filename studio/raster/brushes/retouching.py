"""What retouching brushes lay down in place of a colour: the picture itself, changed or from elsewhere.

Every source is a function from a tile's key to its pixels, as a `Stroke` takes it: premultiplied RGBA, uint8
``(256, 256, 4)``, or ``(256, 256)`` of a mask. Tiles are worked out when the brush comes to them, once a stroke.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels, Raster, Rect, TileKey, freeze, tile_rect

Floats = NDArray[np.float32]
Read = Callable[[Rect], Pixels]
"""Gives the pixels of a rectangle, as `Raster.read` does."""

_SHARPENING: Final = 1.5
_RANGES: Final[dict[str, Callable[[Floats], Floats]]] = {
    "shadows": lambda tone: (1 - tone) ** 2,
    "midtones": np.ones_like,
    "highlights": lambda tone: tone**2,
}
"""How much each tone of 0..1 belongs to a range."""


class TileSource:
    """Makes tiles with ``make``, once each."""

    def __init__(self, make: Callable[[Rect], Pixels]) -> None:
        self._make = make
        self._tiles: dict[TileKey, Pixels] = {}

    def __call__(self, key: TileKey) -> Pixels:
        if key not in self._tiles:
            self._tiles[key] = freeze(np.ascontiguousarray(self._make(tile_rect(key))))
        return self._tiles[key]


def reading(raster: Raster, around: Rect | None = None) -> Read:
    """Reads a raster; with ``around``, that part of it repeated without end."""
    return raster.read if around is None else partial(_read_around, raster, around)


def blurred_tiles(read: Read, radius: float) -> TileSource:
    """The picture, blurred by a Gaussian with a deviation of half of ``radius`` pixels."""
    return TileSource(lambda rect: _with_margin(read, rect, radius, lambda pixels: _blurred(pixels, radius)))


def sharpened_tiles(read: Read, radius: float) -> TileSource:
    """The picture with details of up to ``radius`` pixels made stronger; alpha stays."""
    return TileSource(lambda rect: _with_margin(read, rect, radius, lambda pixels: _sharpened(pixels, radius)))


def toned_tiles(read: Read, *, lighter: bool, tones: str = "midtones") -> TileSource:
    """The picture with its "shadows", "midtones" or "highlights" made lighter or darker; alpha stays."""
    return TileSource(lambda rect: _toned(read(rect), lighter, _RANGES[tones]))


def moved_tiles(read: Read, right: int, down: int) -> TileSource:
    """What lies so many pixels to the right and further down."""
    return TileSource(lambda rect: read(Rect(rect.x + right, rect.y + down, rect.width, rect.height)))


def _read_around(raster: Raster, around: Rect, rect: Rect) -> Pixels:
    columns = np.arange(rect.x - around.x, rect.right - around.x) % around.width
    rows = np.arange(rect.y - around.y, rect.bottom - around.y) % around.height
    return raster.read(around)[np.ix_(rows, columns)]


def _with_margin(read: Read, rect: Rect, radius: float, change: Callable[[Pixels], Pixels]) -> Pixels:
    margin = int(np.ceil(2 * radius)) + 2
    return change(read(rect.expanded(margin)))[margin:-margin, margin:-margin]


def _blurred(pixels: Pixels, radius: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), max(0.3, radius / 2)), np.uint8)


def _sharpened(pixels: Pixels, radius: float) -> Pixels:
    detail = pixels.astype(np.float32) - _blurred(pixels, radius)
    sharp = np.clip(np.rint(pixels + _SHARPENING * detail), 0, 255).astype(np.uint8)
    if pixels.ndim == 3:
        sharp[..., 3] = pixels[..., 3]
        sharp[..., :3] = np.minimum(sharp[..., :3], sharp[..., 3:])
    return sharp


def _toned(pixels: Pixels, lighter: bool, share: Callable[[Floats], Floats]) -> Pixels:
    alpha = (pixels[..., 3:] if pixels.ndim == 3 else np.uint8(255)) / np.float32(255)
    tones = pixels[..., :3] if pixels.ndim == 3 else pixels
    straight = np.clip(tones / np.maximum(alpha, np.float32(1 / 255)) / 255, 0, 1).astype(np.float32)
    luma = straight @ np.array((0.299, 0.587, 0.114), np.float32) if pixels.ndim == 3 else straight
    weight = share(luma)[..., None] if pixels.ndim == 3 else share(luma)
    changed = straight + (straight ** np.float32(0.5 if lighter else 2.0) - straight) * weight
    out = pixels.copy()
    out[..., : 3 if pixels.ndim == 3 else None] = np.rint(changed * alpha * 255)
    return out
