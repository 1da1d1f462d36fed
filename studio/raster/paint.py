"""One colour laid over pixels through a coverage."""

from __future__ import annotations

import cv2
import numpy as np

from studio.document import Pixels
from studio.raster.blend import masked
from studio.raster.float_blend import Floats
from studio.raster.words import in_every_channel, solid

Rgba = tuple[int, int, int, int]
"""A straight colour, 0..255 each."""


def mask_value(rgba: Rgba) -> int:
    """What a colour paints on a mask, 0..255: its Rec. 601 luma. Greys keep their value."""
    red, green, blue, _ = rgba
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def paint_through(
    before: Pixels, strength: Floats, rgba: Rgba, *, erase: bool = False, lock_alpha: bool = False
) -> Pixels:
    """Pixels with a colour over them: a new array like ``before``, within one level of 255.

    ``before`` is uint8 ``(h, w, 4)`` premultiplied RGBA or a mask ``(h, w)``; ``strength`` is float32 ``(h, w)`` in
    0..1 and holds the colour's opacity already. ``erase`` takes paint away instead. ``lock_alpha`` keeps the alpha of
    RGBA; erasing then does nothing. Where the colour is there already, and where strength is 0, nothing changes.
    """
    if lock_alpha and erase and before.ndim == 3:
        return before.copy()
    weight = np.asarray(cv2.convertScaleAbs(strength, alpha=255), np.uint8)
    if before.ndim == 3:
        weight = in_every_channel(weight)
    if erase:
        return np.asarray(cv2.subtract(before, cv2.multiply(before, weight, scale=1 / 255)), np.uint8)
    colour = _colour_for(before, rgba, lock_alpha)
    gain = cv2.multiply(cv2.subtract(colour, before), weight, scale=1 / 255)
    loss = cv2.multiply(cv2.subtract(before, colour), weight, scale=1 / 255)
    return np.asarray(cv2.subtract(cv2.add(before, gain), loss), np.uint8)


def _colour_for(before: Pixels, rgba: Rgba, lock_alpha: bool) -> Pixels:
    """What full strength makes of ``before``."""
    if before.ndim == 2:
        return np.full(before.shape, mask_value(rgba), np.uint8)
    colour = solid(before.shape[0], before.shape[1], (*rgba[:3], 255))
    return masked(colour, before[..., 3]) if lock_alpha else colour
