"""Between straight and premultiplied alpha."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels


def _reciprocals() -> NDArray[np.float32]:
    factors = np.zeros(256, np.float32)
    factors[1:] = np.float32(255) / np.arange(1, 256, dtype=np.float32)
    return factors


_STRAIGHT_FACTORS: Final = _reciprocals()


def premultiply(pixels: Pixels) -> Pixels:
    """Premultiplied RGBA of straight RGBA: uint8 ``(h, w, 4)``, a new array. Opaque pixels stay as they are."""
    factors = cv2.merge([pixels[..., 3]] * 3)
    colours = cv2.multiply(pixels[..., :3], factors, scale=1 / 255)
    return np.dstack([colours, pixels[..., 3]])


def unpremultiply(pixels: Pixels) -> Pixels:
    """Straight RGBA of premultiplied RGBA: uint8 ``(h, w, 4)``, a new array.

    Transparent pixels become black. ``premultiply(unpremultiply(p))`` is ``p`` for every valid ``p`` (no colour
    above its alpha).
    """
    factors = _STRAIGHT_FACTORS[pixels[..., 3]][..., None]
    straight = np.empty_like(pixels)
    straight[..., :3] = np.minimum(np.rint(pixels[..., :3] * factors), 255)
    straight[..., 3] = pixels[..., 3]
    return straight


def with_opaque_alpha(rgb: Pixels) -> Pixels:
    """Premultiplied RGBA ``(h, w, 4)`` of RGB ``(h, w, 3)``, both uint8."""
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2RGBA), np.uint8)


def over_colour(pixels: Pixels, rgb: tuple[int, int, int] = (255, 255, 255)) -> Pixels:
    """RGB uint8 ``(h, w, 3)`` of premultiplied RGBA laid over one opaque colour."""
    background = np.array(rgb, np.float32)
    uncovered = (255 - pixels[..., 3:]).astype(np.float32) / 255
    return np.minimum(np.rint(pixels[..., :3] + uncovered * background), 255).astype(np.uint8)
