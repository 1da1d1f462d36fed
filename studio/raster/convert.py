"""Between straight and premultiplied alpha."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from studio.document import Pixels, Raster
from studio.raster.words import ALPHA_BITS, alpha_in_every_channel, words

_BAND_ROWS: Final = 1024


def premultiply(pixels: Pixels) -> Pixels:
    """Premultiplied RGBA of straight RGBA: uint8 ``(h, w, 4)``, a new array. Opaque pixels stay as they are."""
    factors = alpha_in_every_channel(np.ascontiguousarray(pixels))
    np.bitwise_or(words(factors), ALPHA_BITS, out=words(factors))
    return np.asarray(cv2.multiply(pixels, factors, scale=1 / 255), np.uint8)


def raster_of_straight(pixels: Pixels, x: int = 0, y: int = 0) -> Raster:
    """Straight RGBA, uint8 ``(h, w, 4)``, with its top left at (x, y): premultiplied, a few rows at a time."""
    raster = Raster()
    for top in range(0, pixels.shape[0], _BAND_ROWS):
        raster = raster.with_array(premultiply(pixels[top : top + _BAND_ROWS]), x, y + top)
    return raster


def unpremultiply(pixels: Pixels) -> Pixels:
    """Straight RGBA of premultiplied RGBA: uint8 ``(h, w, 4)``, a new array.

    Transparent pixels become black. ``premultiply(unpremultiply(p))`` is ``p`` for every valid ``p`` (no colour
    above its alpha).
    """
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_mRGBA2RGBA), np.uint8)


def with_opaque_alpha(rgb: Pixels) -> Pixels:
    """Premultiplied RGBA ``(h, w, 4)`` of RGB ``(h, w, 3)``, both uint8."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2RGBA), np.uint8)
