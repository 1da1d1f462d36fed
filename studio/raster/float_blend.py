"""The blend formulas of W3C Compositing and Blending Level 1, in float.

Every function takes colours in 0..1. The separable ones take the backdrop ``cb`` and the source ``cs``,
straight (not premultiplied), of any shape; the others take ``(h, w, 3)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.document import BlendMode

Floats = NDArray[np.float32]
_Blend = Callable[[Floats, Floats], Floats]

_LUMA: Final = np.array([0.3, 0.59, 0.11], np.float32)
_ONE: Final = np.float32(1.0)


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
    light: Floats = colour @ _LUMA
    return light[..., None]


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
