"""Resizing of sparse rasters. Colours are premultiplied throughout, so edges keep their colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import cv2
import numpy as np

from studio.document import Pixels, Raster, Rect


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
    from PIL import Image  # only here: the first window does without it

    box = raster.bounds()
    empty = Raster(raster.channels, raster.default)
    if box.is_empty:
        return empty
    target = _scaled_box(box, scale_x, scale_y).expanded(_LANCZOS_REACH)
    source = _scaled_box(target, 1 / scale_x, 1 / scale_y).expanded(1)
    ends = _Ends.of(box, canvas)
    image = Image.fromarray(ends.carried_on(raster.read(source), box, source))
    area = (
        target.x / scale_x - source.x,
        target.y / scale_y - source.y,
        target.right / scale_x - source.x,
        target.bottom / scale_y - source.y,
    )
    if raster.channels == 4:
        # "RGBa" is Pillow's name for premultiplied pixels: as "RGBA" they would be premultiplied again.
        image = Image.frombuffer("RGBa", image.size, image.tobytes(), "raw", "RGBa", 0, 1)
    resized = image.resize((target.width, target.height), Image.Resampling[how.name], box=area)
    shape = (target.height, target.width, 4) if raster.channels == 4 else (target.height, target.width)
    pixels = np.frombuffer(resized.tobytes(), np.uint8).reshape(shape)
    kept = target if canvas is None else ends.cut(target, _rounded_box(canvas, scale_x, scale_y))
    x, y = kept.x - target.x, kept.y - target.y
    return empty.with_array(valid(pixels[y : y + kept.height, x : x + kept.width]), kept.x, kept.y)


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
