"""Blur and sharpen, which see the pixels around."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np

from studio.document import Pixels
from studio.raster.adjustments.effect import NO_EFFECT, Effect, Values, number, only
from studio.raster.blend import with_alpha_of
from studio.raster.words import alpha_in_every_channel

MAX_RADIUS: Final = 100.0
"""Most standard deviation of the blur, in pixels."""
_SMALL: Final = 4.0
"""Up to this standard deviation a Gaussian is taken as it is; beyond, three box blurs, whose cost does not grow."""


def blur(values: Values) -> Effect:
    """A Gaussian blur of the standard deviation ``radius``, 0..`MAX_RADIUS` pixels; of transparency as well."""
    only(values, "radius")
    radius = number(values, "radius", 0, MAX_RADIUS, 4.0)
    if radius < 0.1:
        return NO_EFFECT
    return Effect(lambda pixels: _blurred(pixels, radius), _reach(radius))


def sharpen(values: Values) -> Effect:
    """``amount`` per cent, 0..500, of the difference from a blur of ``radius``, 0.1..50 pixels; alpha is kept."""
    only(values, "amount", "radius")
    amount = number(values, "amount", 0, 500, 100.0) / 100
    radius = number(values, "radius", 0.1, 50, 2.0)
    if not amount:
        return NO_EFFECT

    def apply(pixels: Pixels) -> Pixels:
        soft = _blurred(pixels, radius)
        level = with_alpha_of(_straight(soft), pixels)
        sharp = np.asarray(cv2.addWeighted(pixels, 1 + amount, level, -amount, 0), np.uint8)
        sharp = np.minimum(sharp, alpha_in_every_channel(pixels))
        sharp[..., 3] = pixels[..., 3]
        return sharp

    return Effect(apply, _reach(radius))


def _straight(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_mRGBA2RGBA), np.uint8)


def _reach(sigma: float) -> int:
    return math.ceil(3 * sigma) if sigma <= _SMALL else 3 * (_box(sigma) // 2)


def _blurred(pixels: Pixels, sigma: float) -> Pixels:
    """Blurred in whole numbers, by sizes that depend on ``sigma`` alone, so that parts of a picture fit together."""
    border = cv2.BORDER_REPLICATE
    if sigma <= _SMALL:
        side = 2 * _reach(sigma) + 1
        return np.asarray(cv2.GaussianBlur(pixels, (side, side), sigma, borderType=border), np.uint8)
    fine = np.multiply(pixels, np.uint16(257), dtype=np.uint16)
    for _ in range(3):
        fine = np.asarray(cv2.blur(fine, (_box(sigma),) * 2, borderType=border), np.uint16)
    return ((fine.astype(np.uint32) + 128) // 257).astype(np.uint8)


def _box(sigma: float) -> int:
    """The odd side of the box that, taken three times, is nearest to a Gaussian."""
    return 2 * round((math.sqrt(4 * sigma * sigma + 1) - 1) / 2) + 1
