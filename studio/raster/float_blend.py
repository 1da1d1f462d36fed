"""Pixels in float, for blending in linear light.

Arrays are quickest of which each channel is contiguous in memory, as `from_bytes` makes them: numpy keeps that order.
"""

from __future__ import annotations

import cv2
import numpy as np

from studio.document import BlendMode, Pixels
from studio.raster import kernels
from studio.raster.kernels import Floats


def from_bytes(pixels: Pixels, opacity: float = 1.0) -> Floats:
    """Premultiplied RGBA8 ``(h, w, 4)`` as float32 in 0..1, times ``opacity``; each channel contiguous in memory."""
    planes = np.empty((4, *pixels.shape[:2]), np.float32)
    for plane, channel in zip(planes, cv2.split(pixels), strict=True):
        np.multiply(channel, np.float32(opacity / 255), out=plane)
    return planes.transpose(1, 2, 0)


def to_bytes(values: Floats) -> Pixels:
    """Values ``(h, w, 4)`` in 0..1 as bytes, rounded and clipped: a new C-contiguous array."""
    planes = [cv2.convertScaleAbs(values[..., channel], alpha=255) for channel in range(4)]
    return np.asarray(cv2.merge(planes), np.uint8)


def blend_float(backdrop: Floats, source: Floats, mode: BlendMode) -> Floats:
    """Put ``source`` over ``backdrop`` with any mode.

    Both are premultiplied float32 ``(h, w, 4)`` in 0..1, opacity and masks already in ``source``. Returns a
    new array of the same kind.
    """
    planes = kernels.blend_light(backdrop.transpose(2, 0, 1), source.transpose(2, 0, 1), mode)
    return planes.transpose(1, 2, 0)
