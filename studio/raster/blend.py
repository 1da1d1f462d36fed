"""Opacities and masks on 8-bit pixels, and what blend modes do to what is not there.

Every array is premultiplied RGBA, uint8, C-contiguous.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from studio.document import BlendMode, Pixels
from studio.raster.words import ALPHA_BITS, alpha_in_every_channel, in_every_channel, is_opaque, words

CLEARING_MODES: Final = frozenset({BlendMode.DESTINATION_IN, BlendMode.DESTINATION_ATOP})
"""Modes that remove the backdrop wherever the source is transparent."""

NOTHING_ON_NOTHING: Final = frozenset({BlendMode.DESTINATION_IN, BlendMode.DESTINATION_OUT})
"""Modes that show nothing of the source where there is no backdrop."""


def scaled(pixels: Pixels, opacity: float) -> Pixels:
    """A copy of premultiplied pixels (any shape) with their opacity multiplied by ``opacity``, 0..1."""
    if opacity >= 1:
        return pixels.copy()
    return np.asarray(cv2.convertScaleAbs(pixels, alpha=opacity), np.uint8)


def masked(pixels: Pixels, mask: Pixels) -> Pixels:
    """A copy of premultiplied ``(h, w, 4)`` pixels multiplied by a ``(h, w)`` mask (255 keeps all)."""
    return np.asarray(cv2.multiply(pixels, in_every_channel(mask), scale=1 / 255), np.uint8)


def opaque(pixels: Pixels) -> Pixels:
    """The straight colours of premultiplied ``(h, w, 4)`` pixels with full alpha, black where there is nothing.

    A new array; pixels that are read-only and opaque already come back as they are.
    """
    if is_opaque(pixels):
        return pixels.copy() if pixels.flags.writeable else pixels
    straight = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_mRGBA2RGBA), np.uint8)
    np.bitwise_or(words(straight), ALPHA_BITS, out=words(straight))
    return straight


def with_alpha_of(pixels: Pixels, other: Pixels) -> Pixels:
    """Premultiplied ``(h, w, 4)`` pixels times the alpha of others: a new array.

    ``with_alpha_of(opaque(p), p)`` is ``p`` for every valid ``p`` (no colour above its alpha).
    """
    return np.asarray(cv2.multiply(pixels, alpha_in_every_channel(other), scale=1 / 255), np.uint8)


def mixed(before: Pixels, after: Pixels, mask: Pixels | None, opacity: float) -> Pixels:
    """Between ``before`` and ``after``, both ``(h, w, 4)``: ``after`` where mask times opacity is full."""
    if mask is None:
        return np.asarray(cv2.addWeighted(after, opacity, before, 1 - opacity, 0), np.uint8)
    weight = mask.astype(np.float32) * np.float32(opacity / 255)
    return np.asarray(cv2.blendLinear(after, before, weight, 1 - weight), np.uint8)
