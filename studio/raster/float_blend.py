"""The blend formulas of W3C Compositing and Blending Level 1, in float.

Every function takes colours in 0..1. The separable ones take the backdrop ``cb`` and the source ``cs``,
straight (not premultiplied), of any shape; the others take ``(h, w, 3)``. All are several times faster on arrays of
which each channel is contiguous in memory, as `from_bytes` makes them: numpy keeps that order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import BlendMode, Pixels

Floats = NDArray[np.float32]
_Blend = Callable[[Floats, Floats], Floats]

_ONE: Final = np.float32(1.0)


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
    alpha_b, alpha_s = backdrop[..., 3:], source[..., 3:]
    if mode is BlendMode.PLUS:
        return np.asarray(np.minimum(backdrop + source, _ONE), np.float32)
    if mode is BlendMode.DESTINATION_IN:
        return np.asarray(backdrop * alpha_s, np.float32)
    if mode is BlendMode.DESTINATION_OUT:
        return np.asarray(backdrop * (_ONE - alpha_s), np.float32)
    if mode is BlendMode.DESTINATION_ATOP:
        return np.asarray(source * (_ONE - alpha_b) + backdrop * alpha_s, np.float32)
    result: Floats = source + backdrop * (_ONE - alpha_s)
    if mode is not BlendMode.NORMAL:
        mixed = _BLENDS[mode](_straight(backdrop), _straight(source))
        result[..., :3] += alpha_b * (alpha_s * mixed - source[..., :3])
    return result


def _straight(pixels: Floats) -> Floats:
    alpha = pixels[..., 3:]
    colour = np.zeros_like(pixels[..., :3])
    np.divide(pixels[..., :3], alpha, out=colour, where=alpha > 0)
    return np.minimum(colour, _ONE, out=colour)


def _hard_light(cb: Floats, cs: Floats) -> Floats:
    return np.where(cs <= 0.5, 2 * cb * cs, cb + (2 * cs - 1) * (_ONE - cb))


def _color_dodge(cb: Floats, cs: Floats) -> Floats:
    lightened = np.ones_like(cb)
    np.divide(cb, _ONE - cs, out=lightened, where=cs < 1)
    return np.where(cb <= 0, np.float32(0), np.minimum(lightened, _ONE))


def _color_burn(cb: Floats, cs: Floats) -> Floats:
    darkened = np.ones_like(cb)
    np.divide(_ONE - cb, cs, out=darkened, where=cs > 0)
    return np.where(cb >= 1, _ONE, _ONE - np.minimum(darkened, _ONE))


def _soft_light(cb: Floats, cs: Floats) -> Floats:
    curve = np.where(cb <= 0.25, ((16 * cb - 12) * cb + 4) * cb, np.sqrt(cb))
    weight = 2 * cs - 1
    return cb + weight * np.where(weight <= 0, cb * (_ONE - cb), curve - cb)


def _luminosity(colour: Floats) -> Floats:
    red, green, blue = colour[..., :1], colour[..., 1:2], colour[..., 2:]
    light: Floats = np.float32(0.3) * red + np.float32(0.59) * green + np.float32(0.11) * blue
    return light


def _with_luminosity(colour: Floats, light: Floats) -> Floats:
    """SetLum and ClipColor of the specification."""
    shifted = colour + (light - _luminosity(colour))
    lowest, highest = shifted.min(axis=2, keepdims=True), shifted.max(axis=2, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        raised = light + (shifted - light) * light / (light - lowest)
        shifted = np.where(lowest < 0, raised, shifted)
        lowered = light + (shifted - light) * (_ONE - light) / (highest - light)
    return np.where(highest > 1, lowered, shifted).astype(np.float32, copy=False)


def _saturation(colour: Floats) -> Floats:
    spread: Floats = colour.max(axis=2, keepdims=True) - colour.min(axis=2, keepdims=True)
    return spread


def _with_saturation(colour: Floats, saturation: Floats) -> Floats:
    """SetSat of the specification: stretch the channels over 0..saturation."""
    spread = _saturation(colour)
    stretched = np.zeros_like(colour)
    np.divide((colour - colour.min(axis=2, keepdims=True)) * saturation, spread, out=stretched, where=spread > 0)
    return stretched


def _hue(cb: Floats, cs: Floats) -> Floats:
    return _with_luminosity(_with_saturation(cs, _saturation(cb)), _luminosity(cb))


_BLENDS: Final[dict[BlendMode, _Blend]] = {
    BlendMode.MULTIPLY: lambda cb, cs: cb * cs,
    BlendMode.SCREEN: lambda cb, cs: cb + cs - cb * cs,
    BlendMode.OVERLAY: lambda cb, cs: _hard_light(cs, cb),
    BlendMode.DARKEN: np.minimum,
    BlendMode.LIGHTEN: np.maximum,
    BlendMode.COLOR_DODGE: _color_dodge,
    BlendMode.COLOR_BURN: _color_burn,
    BlendMode.LINEAR_BURN: lambda cb, cs: np.maximum(cb + cs - _ONE, np.float32(0)),
    BlendMode.HARD_LIGHT: _hard_light,
    BlendMode.SOFT_LIGHT: _soft_light,
    BlendMode.DIFFERENCE: lambda cb, cs: np.abs(cb - cs),
    BlendMode.EXCLUSION: lambda cb, cs: cb + cs - 2 * cb * cs,
    BlendMode.HUE: _hue,
    BlendMode.SATURATION: lambda cb, cs: _with_luminosity(_with_saturation(cb, _saturation(cs)), _luminosity(cb)),
    BlendMode.COLOR: lambda cb, cs: _with_luminosity(cs, _luminosity(cb)),
    BlendMode.LUMINOSITY: lambda cb, cs: _with_luminosity(cb, _luminosity(cs)),
}
