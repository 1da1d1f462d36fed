"""Resizing of sparse rasters. Colours are premultiplied throughout, so edges keep their colour."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import TILE_SIZE, Pixels, Raster, Rect
from studio.raster import kernels
from studio.raster.kernels import Axis

Distances: TypeAlias = NDArray[np.float64]


class Resampling(StrEnum):
    """How pixels are interpolated."""

    NEAREST = "nearest"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"


OPENCV: Final = {
    Resampling.NEAREST: cv2.INTER_NEAREST,
    Resampling.BILINEAR: cv2.INTER_LINEAR,
    Resampling.BICUBIC: cv2.INTER_CUBIC,
    Resampling.LANCZOS: cv2.INTER_LANCZOS4,
}
REACH: Final = {Resampling.NEAREST: 1, Resampling.BILINEAR: 1, Resampling.BICUBIC: 2, Resampling.LANCZOS: 4}
"""Pixels to each side that OpenCV mixes into one."""
_LANCZOS_REACH: Final = 3
"""The same of Pillow."""


def resize_raster(
    raster: Raster, scale_x: float, scale_y: float, how: Resampling, canvas: Rect | None = None
) -> Raster:
    """A raster scaled about the canvas origin; reduced pictures are averaged, not thinned out.

    On sides where its pixels end with ``canvas`` they stay as opaque as they are, and end with the scaled canvas: else
    they would fade into the nothing beyond.
    """
    box = raster.bounds()
    empty = Raster(raster.channels, raster.default)
    if box.is_empty:
        return empty
    target = _scaled_box(box, scale_x, scale_y).expanded(_LANCZOS_REACH)
    source = _scaled_box(target, 1 / scale_x, 1 / scale_y).expanded(1)
    ends = _Ends.of(box, canvas)
    across = axis_of(target.x / scale_x - source.x, scale_x, (source.width, target.width), how)
    down = axis_of(target.y / scale_y - source.y, scale_y, (source.height, target.height), how)
    kept = target if canvas is None else ends.cut(target, _rounded_box(canvas, scale_x, scale_y))
    pixels = ends.carried_on(raster.read(source), box, source)
    across, resized = across.part(kept.x - target.x, kept.right - target.x), empty
    for top, bottom in _tile_rows(kept):  # a whole large picture would leave the cache before it is cut into tiles
        strip = kernels.resample(pixels, across, down.part(top - target.y, bottom - target.y))
        resized = resized.with_array(strip, kept.x, top)
    return resized


def _tile_rows(rect: Rect) -> Iterator[tuple[int, int]]:
    """A rectangle from the top to the bottom, cut where tiles begin."""
    top = rect.y
    while top < rect.bottom:
        bottom = min(rect.bottom, (top // TILE_SIZE + 1) * TILE_SIZE)
        yield top, bottom
        top = bottom


def axis_of(start: float, scale: float, lengths: tuple[int, int], how: Resampling) -> Axis:
    """What the pixels of a row are made of that is scaled: the first begins at ``start`` of the old row.

    ``lengths`` are those of the old row and the new one. Reduced, a pixel is made of all that it covers.
    """
    before, after = lengths
    centers = start + (np.arange(after) + 0.5) / scale
    if how is Resampling.NEAREST:
        nearest = np.clip(np.floor(centers), 0, before - 1).astype(np.int32)
        return Axis(nearest, np.ones((after, 1), np.float32))
    (support, weigh), shrink = _FILTERS[how], max(1.0, 1 / scale)
    reach = support * shrink
    taps = min(before, 2 * math.ceil(reach) + 1)
    first = np.clip(np.floor(centers - reach + 0.5), 0, before - taps).astype(np.int32)
    weights = weigh((first[:, None] + np.arange(taps) + 0.5 - centers[:, None]) / shrink)
    return Axis(first, np.ascontiguousarray(weights / weights.sum(axis=1, keepdims=True), np.float32))


def _triangle(away: Distances) -> Distances:
    return np.maximum(0.0, 1.0 - np.abs(away))


def _cubic(away: Distances) -> Distances:
    """Keys' cubic with the slope -0.5, as Pillow has it."""
    x = np.abs(away)
    near, far = (1.5 * x - 2.5) * x * x + 1.0, ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    return np.where(x < 1.0, near, np.where(x < 2.0, far, 0.0))


def _lanczos(away: Distances) -> Distances:
    return np.where(np.abs(away) < 3.0, np.sinc(away) * np.sinc(away / 3.0), 0.0)


_FILTERS: Final[dict[Resampling, tuple[float, Callable[[Distances], Distances]]]] = {
    Resampling.BILINEAR: (1.0, _triangle),
    Resampling.BICUBIC: (2.0, _cubic),
    Resampling.LANCZOS: (3.0, _lanczos),
}
"""How far, in old pixels, a new one reaches, and how much those at a distance weigh."""


@dataclass(frozen=True)
class _Ends:
    """On which sides pixels end with the canvas."""

    left: bool
    top: bool
    right: bool
    bottom: bool

    @classmethod
    def of(cls, box: Rect, canvas: Rect | None) -> _Ends:
        if canvas is None:
            return cls(False, False, False, False)
        return cls(box.x == canvas.x, box.y == canvas.y, box.right == canvas.right, box.bottom == canvas.bottom)

    def carried_on(self, pixels: Pixels, box: Rect, source: Rect) -> Pixels:
        """Pixels of ``source`` with those at such an end of ``box`` repeated outward."""
        before = (max(0, box.y - source.y) * self.top, max(0, box.x - source.x) * self.left)
        after = (max(0, source.bottom - box.bottom) * self.bottom, max(0, source.right - box.right) * self.right)
        if not any((*before, *after)):
            return pixels
        height, width = pixels.shape[:2]
        inner = pixels[before[0] : height - after[0], before[1] : width - after[1]]
        channels = ((0, 0),) * (pixels.ndim - 2)
        return np.pad(inner, ((before[0], after[0]), (before[1], after[1]), *channels), mode="edge")

    def cut(self, target: Rect, canvas: Rect) -> Rect:
        """``target`` without what lies beyond such an end of the scaled canvas."""
        x = max(target.x, canvas.x) if self.left else target.x
        y = max(target.y, canvas.y) if self.top else target.y
        right = min(target.right, canvas.right) if self.right else target.right
        bottom = min(target.bottom, canvas.bottom) if self.bottom else target.bottom
        return Rect(x, y, right - x, bottom - y)


def _scaled_box(box: Rect, scale_x: float, scale_y: float) -> Rect:
    x, y = math.floor(box.x * scale_x), math.floor(box.y * scale_y)
    return Rect(x, y, math.ceil(box.right * scale_x) - x, math.ceil(box.bottom * scale_y) - y)


def _rounded_box(box: Rect, scale_x: float, scale_y: float) -> Rect:
    x, y = round(box.x * scale_x), round(box.y * scale_y)
    return Rect(x, y, round(box.right * scale_x) - x, round(box.bottom * scale_y) - y)


def valid(pixels: Pixels) -> Pixels:
    """Lanczos overshoots: no colour may exceed its alpha."""
    if pixels.ndim == 2:
        return pixels
    return np.minimum(pixels, pixels[..., 3:])
