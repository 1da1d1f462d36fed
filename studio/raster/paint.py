"""One colour laid over pixels through a coverage."""

from __future__ import annotations

import numpy as np

from studio.document import Pixels
from studio.raster import kernels
from studio.raster.kernels import Floats

Rgba = tuple[int, int, int, int]
"""A straight colour, 0..255 each."""


def mask_value(rgba: Rgba) -> int:
    """What a colour paints on a mask, 0..255: its Rec. 601 luma. Greys keep their value."""
    red, green, blue, _ = rgba
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def paint_through(
    before: Pixels,
    strength: Floats,
    rgba: Rgba,
    *,
    opacity: float = 1.0,
    clip: Pixels | None = None,
    erase: bool = False,
    lock_alpha: bool = False,
    out: Pixels | None = None,
) -> Pixels:
    """Pixels with a colour over them, in ``out`` or a new array like ``before``, within one level of 255.

    ``before`` is uint8 ``(h, w, 4)`` premultiplied RGBA or a mask ``(h, w)``; in each array the pixels of a row lie
    together. How much of the colour is seen is ``strength``, float32 ``(h, w)`` in 0..1, times ``opacity`` and the mask
    ``clip``; the colour's own alpha does not count. ``erase`` takes paint away instead. ``lock_alpha`` keeps the alpha
    of RGBA; erasing then does nothing. Where the colour is there already, and where strength is 0, nothing changes.
    """
    out = np.empty_like(before) if out is None else out
    is_mask = before.ndim == 2
    if erase and lock_alpha and not is_mask:
        np.copyto(out, before)
        return out
    colour = bytes((mask_value(rgba),) if is_mask else (*rgba[:3], 255))
    if erase:
        colour = bytes(len(colour))
    kernels.paint(out, before, strength, colour, opacity=opacity, clip=clip, lock_alpha=lock_alpha and not is_mask)
    return out
