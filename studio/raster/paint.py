"""One colour laid over pixels through a coverage."""

from __future__ import annotations

import cv2
import numpy as np

from studio.document import Pixels
from studio.raster.blend import masked
from studio.raster.float_blend import Floats

Rgba = tuple[int, int, int, int]
"""A straight colour, 0..255 each."""


def mask_value(rgba: Rgba) -> int:
    """What a colour paints on a mask, 0..255: its Rec. 601 luma. Greys keep their value."""
    red, green, blue, _ = rgba
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def paint_through(
    before: Pixels, strength: Floats, rgba: Rgba, *, erase: bool = False, lock_alpha: bool = False
) -> Pixels:
    """Pixels with a colour over them: a new array like ``before``.

    ``before`` is uint8 ``(h, w, 4)`` premultiplied RGBA or a mask ``(h, w)``; ``strength`` is float32 ``(h, w)`` in
    0..1 and holds the colour's opacity already. ``erase`` takes paint away instead. ``lock_alpha`` keeps the alpha of
    RGBA; erasing then does nothing.
    """
    if before.ndim == 2:
        colour = np.full(before.shape, 0 if erase else mask_value(rgba), np.uint8)
    elif lock_alpha:
        if erase:
            return before.copy()
        colour = masked(np.full(before.shape, (*rgba[:3], 255), np.uint8), before[..., 3])
    else:
        colour = np.full(before.shape, (0, 0, 0, 0) if erase else (*rgba[:3], 255), np.uint8)
    return np.asarray(cv2.blendLinear(colour, before, strength, 1 - strength), np.uint8)
