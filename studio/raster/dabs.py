"""The round print that a brush leaves: a coverage stamp at a sub-pixel place."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Final

import numpy as np

from studio.raster.float_blend import Floats

_CACHE_BYTES: Final = 32 * 1024**2


def dab_stamp(diameter: float, hardness: float, fraction_x: float, fraction_y: float) -> Floats:
    """Coverage of a round dab, float32 in 0..1, of a square with an odd side ``2 m + 1``.

    The centre lies ``fraction`` (0..1) of a pixel right of and below the top left corner of the middle pixel.
    Coverage is full up to ``hardness`` of the radius and falls smoothly to 0 at the radius; the edge of a hard
    dab is one pixel wide, so that it is anti-aliased.
    """
    radius = diameter / 2
    width = max(1.0, (1 - hardness) * radius)
    outer = radius + 0.5 / width
    margin = math.ceil(outer + 0.5)
    offsets = np.arange(-margin, margin + 1, dtype=np.float32) + np.float32(0.5)
    x, y = offsets - np.float32(fraction_x), offsets - np.float32(fraction_y)
    fade = y[:, None] ** 2 + x[None, :] ** 2
    np.sqrt(fade, out=fade)
    np.subtract(np.float32(outer), fade, out=fade)
    np.multiply(fade, np.float32(1 / width), out=fade)
    np.clip(fade, 0, 1, out=fade)
    if width > 2:  # smoothstep: fade fade (3 - 2 fade)
        rest = fade * np.float32(-2)
        rest += np.float32(3)
        rest *= fade
        fade *= rest
    return fade


class DabStamps:
    """Stamps of one hardness, times a flow of 0..1, kept while they are in use.

    Places are rounded to a fraction of a pixel and sizes to about a quarter of a percent, finer than the eye sees.
    """

    def __init__(self, hardness: float, flow: float = 1.0) -> None:
        self._hardness = hardness
        self._flow = np.float32(flow)
        self._stamps: OrderedDict[tuple[float, float, float], Floats] = OrderedDict()
        self._bytes = 0

    def at(self, x: float, y: float, diameter: float) -> tuple[Floats, int, int]:
        """The stamp of a dab centred at canvas point (x, y), and the pixel (left, top) where it goes."""
        parts = 8 if diameter < 16 else 4 if diameter < 64 else 2 if diameter < 256 else 1
        step = max(0.125, diameter / 400)
        size = round(diameter / step) * step if diameter > step else diameter
        (column, fraction_x), (row, fraction_y) = _rounded(x, parts), _rounded(y, parts)
        stamp = self._stamp(size, fraction_x, fraction_y)
        margin = stamp.shape[0] // 2
        return stamp, column - margin, row - margin

    def _stamp(self, diameter: float, fraction_x: float, fraction_y: float) -> Floats:
        key = (diameter, fraction_x, fraction_y)
        stamp = self._stamps.get(key)
        if stamp is None:
            stamp = dab_stamp(diameter, self._hardness, fraction_x, fraction_y)
            np.multiply(stamp, self._flow, out=stamp)
            self._stamps[key] = stamp
            self._bytes += stamp.nbytes
            while self._bytes > _CACHE_BYTES and len(self._stamps) > 1:
                self._bytes -= self._stamps.popitem(last=False)[1].nbytes
        else:
            self._stamps.move_to_end(key)
        return stamp


def _rounded(place: float, parts: int) -> tuple[int, float]:
    """A place as whole pixels and the nearest of so many parts of one, less than 1."""
    whole, part = divmod(round(place * parts), parts)
    return whole, part / parts
