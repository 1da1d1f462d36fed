"""What inpainting does to pictures: scaling, filling the hole before denoising, matching colours after."""

from __future__ import annotations

import math
from typing import Any, Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels
from studio.generation.masks import FloatMask
from studio.generation.repeating import Tile, along

Fill = Literal["original", "blur", "neutral", "telea"]

_NEUTRAL = 127
_TELEA_RADIUS = 5
_FEWEST_PIXELS = 64
_SEEN: Final = 8
"""Pixels beyond a border that scaling looks at, at least."""
_GAIN = (0.5, 2.0)
"""How far the contrast may be changed by colour matching: more would be a mistake, not a correction."""

_RING: Final = 0.5
"""Up to this value of the mask the picture is still the one that was there."""
_RING_PARTS: Final = 4
_MOST_SHIFT: Final = 0.12
"""In Oklab: more is another thing, not another shade."""
_TO_CONES: Final = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
"""Ottosson's matrices: linear sRGB to the responses of cones, and their cube roots to Oklab."""


def scaled(pixels: NDArray[Any], width: int, height: int) -> NDArray[Any]:
    """Pixels ``(h, w)`` or ``(h, w, c)`` at another size and of the same dtype: by area when smaller, else Lanczos.

    float32 masks are enlarged linearly and stay in 0..1.
    """
    old_height, old_width = pixels.shape[:2]
    if (old_width, old_height) == (width, height):
        return pixels
    if width <= old_width and height <= old_height:
        method = cv2.INTER_AREA
    else:
        method = cv2.INTER_LINEAR if pixels.dtype == np.float32 else cv2.INTER_LANCZOS4
    new = np.asarray(cv2.resize(pixels, (width, height), interpolation=method), dtype=pixels.dtype)
    return new.clip(0.0, 1.0) if pixels.dtype == np.float32 else new


def scaled_around(picture: Pixels, width: int, height: int, tile: Tile) -> Pixels:
    """`scaled`, but what is seen beyond a border is the other side: uint8 ``(height, width, channels)``."""
    across, down = along(tile)
    before = picture.shape[:2]
    if tile == "off" or before == (height, width):
        return scaled(picture, width, height)
    top, more_top = _margins(before[0], height) if down else (0, 0)
    left, more_left = _margins(before[1], width) if across else (0, 0)
    padded = np.pad(picture, ((top, top), (left, left), (0, 0)), mode="wrap")
    larger = scaled(padded, width + 2 * more_left, height + 2 * more_top)
    return np.ascontiguousarray(larger[more_top : more_top + height, more_left : more_left + width])


def _margins(before: int, after: int) -> tuple[int, int]:
    """Pixels to add at each end, before and after scaling, so that the scale stays the same."""
    unit = before // math.gcd(before, after)
    count = -(-_SEEN // unit)
    return count * unit, count * unit * after // before


def filled(image: Pixels, mask: FloatMask, fill: Fill) -> Pixels:
    """The picture with the masked part replaced before denoising.

    ``image`` is uint8 ``(h, w, 3)``, ``mask`` float32 ``(h, w)`` in 0..1. "original" changes nothing,
    "blur" lets the colours around flow in (the pull-push pyramid of Gortler and others, "The Lumigraph",
    1996), "neutral" is mid grey, and "telea" continues edges (Telea, "An Image Inpainting Technique Based
    on the Fast Marching Method", 2004).
    """
    if fill == "original":
        return image
    if fill == "neutral":
        new = np.full(image.shape, _NEUTRAL, np.float32)
    elif fill == "telea":
        hole = (mask > 0).astype(np.uint8)
        new = np.asarray(cv2.inpaint(image, hole, _TELEA_RADIUS, cv2.INPAINT_TELEA), dtype=np.float32)
    else:
        new = _pull_push(image.astype(np.float32), (mask <= 0).astype(np.float32))
    return blended(image, new, mask)


def blended(below: Pixels, above: NDArray[Any], mask: FloatMask) -> Pixels:
    """``above`` over ``below`` as far as ``mask`` (float32 ``(h, w)``, 0..1) says: uint8 ``(h, w, 3)``."""
    amount = mask[..., None]
    mixed: NDArray[np.float32] = below * (1.0 - amount) + above * amount
    return mixed.clip(0, 255).round().astype(np.uint8)


def match_colour(generated: Pixels, original: Pixels, mask: FloatMask) -> Pixels:
    """``generated`` with the colours of ``original``: mean and spread of each Lab channel are carried over.

    All are of the same size. The statistics come only from pixels *outside* the mask (where it is 0), which
    should be equal in both. Where fewer than 64 are outside, nothing is changed. After Reinhard and others,
    "Color Transfer between Images", 2001.
    """
    outside = mask <= 0
    if int(outside.sum()) < _FEWEST_PIXELS:
        return generated
    source, target = _lab(generated), _lab(original)
    source_pixels, target_pixels = source[outside], target[outside]
    source_mean, target_mean = source_pixels.mean(axis=0), target_pixels.mean(axis=0)
    gain = (target_pixels.std(axis=0) + 1.0) / (source_pixels.std(axis=0) + 1.0)
    matched = (source - source_mean) * gain.clip(*_GAIN) + target_mean
    rgb = cv2.cvtColor(matched.astype(np.float32), cv2.COLOR_LAB2RGB)
    return (np.asarray(rgb) * 255.0).clip(0, 255).round().astype(np.uint8)


def match_edge(generated: Pixels, original: Pixels, mask: FloatMask) -> Pixels:
    """``generated`` with a smooth correction, so that its colours meet those of ``original`` along the mask's edge.

    All are of the same size. What the two differ by where the mask (float32, 0..1) rises from 0 to a half is seen
    without its detail, in Oklab (Ottosson 2020), and carried inwards as a membrane is, after Pérez and others, "Poisson
    Image Editing", 2003. Pixels that differ by `_MOST_SHIFT` or more say nothing: another thing stands there. Where
    fewer than 64 are left, nothing is changed.
    """
    drawn = _oklab(generated)
    difference = _oklab(original) - drawn
    ring = ((mask > 0) & (mask <= _RING)).astype(np.float32)
    ring *= (1.0 - np.linalg.norm(difference, axis=2) / _MOST_SHIFT).clip(0.0, 1.0)
    if int(np.count_nonzero(ring)) < _FEWEST_PIXELS:
        return generated
    return _from_oklab(drawn + _pull_push(_around_ring(difference, ring), np.sign(ring)))


def _around_ring(difference: NDArray[np.float32], ring: FloatMask) -> NDArray[np.float32]:
    """What the ring, weighted, differs by on average near each of its pixels."""
    size = 2 * max(2, round(math.sqrt(np.count_nonzero(ring)) / _RING_PARTS)) + 1
    weight = np.maximum(cv2.blur(ring, (size, size)), 1e-6)
    return np.asarray(cv2.blur(difference * ring[..., None], (size, size)) / weight[..., None], dtype=np.float32)


def _oklab(pixels: Pixels) -> NDArray[np.float32]:
    """uint8 sRGB ``(h, w, 3)`` as Oklab: lightness 0..1 and two opponent colours."""
    straight = pixels.astype(np.float32) / 255.0
    linear = np.where(straight <= 0.04045, straight / 12.92, ((straight + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_CONES.T) @ _TO_OKLAB.T, dtype=np.float32)


def _from_oklab(lab: NDArray[np.float32]) -> Pixels:
    """The nearest sRGB, uint8."""
    cones = (lab @ np.linalg.inv(_TO_OKLAB).T) ** 3
    linear = (cones @ np.linalg.inv(_TO_CONES).T).clip(0.0, 1.0)
    straight = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray((straight * 255.0).round(), dtype=np.uint8)


def _lab(pixels: Pixels) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB), dtype=np.float32)


def _pull_push(image: NDArray[np.float32], known: FloatMask) -> NDArray[np.float32]:
    height, width = known.shape
    if known.min() >= 1.0:
        return image
    if max(width, height) == 1:
        return image if known[0, 0] > 0 else np.full_like(image, _NEUTRAL)
    half = ((width + 1) // 2, (height + 1) // 2)
    weight = _resized(known, half, cv2.INTER_AREA)
    total = _resized(image * known[..., None], half, cv2.INTER_AREA)
    mean = np.divide(total, np.maximum(weight, 1e-6)[..., None], dtype=np.float32)
    coarse = _pull_push(mean, np.minimum(weight * 4.0, 1.0, dtype=np.float32))
    coarse = _resized(coarse, (width, height), cv2.INTER_LINEAR)
    return image * known[..., None] + coarse * (1.0 - known[..., None])


def _resized(pixels: NDArray[np.float32], size: tuple[int, int], method: int) -> NDArray[np.float32]:
    resized = np.asarray(cv2.resize(pixels, size, interpolation=method), dtype=np.float32)
    return resized.reshape(size[1], size[0], *pixels.shape[2:])
