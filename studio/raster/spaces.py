"""The two spaces in which layers blend: 8-bit sRGB values as they are, or linear light in float."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from studio.document import BlendMode, Pixels
from studio.raster import blend, kernels
from studio.raster.float_blend import blend_float, from_bytes, to_bytes
from studio.raster.kernels import Floats
from studio.raster.words import is_opaque

Values = NDArray[Any]
"""Premultiplied RGBA of one tile or area, ``(h, w, 4)``, in the number format of a space."""

Source = tuple[Values, BlendMode, float, Pixels | None]
"""Values to blend, how, with which opacity (0..1), and the mask, uint8 ``(h, w)``, that they show through."""


class BlendSpace(Protocol):
    """How pixels of a tile become values that blend, and back.

    A read-only array is borrowed (a document's tile) and never written; `over` copies it first.
    """

    def load(self, pixels: Pixels) -> Values:
        """Values of premultiplied RGBA8; may be the same array, read-only."""
        ...

    def store(self, values: Values) -> Pixels:
        """Premultiplied RGBA8 of values."""
        ...

    def masked(self, values: Values, mask: Pixels) -> Values:
        """Values times a mask of uint8 ``(h, w)``."""
        ...

    def scaled(self, values: Values, opacity: float) -> Values:
        """Values with their opacity multiplied by ``opacity``; may be the same array where it is 1."""
        ...

    def opaque(self, values: Values) -> Values:
        """The colours of values with full alpha everywhere: a new array, or a read-only one that is so already."""
        ...

    def with_alpha_of(self, values: Values, other: Values) -> Values:
        """Values, made less opaque by the alpha of ``other``."""
        ...

    def over(self, backdrop: Values, sources: Sequence[Source]) -> Values:
        """Sources blended over ``backdrop`` in turn; its array is used again if it is writable."""
        ...

    def mixed(self, before: Values, after: Values, mask: Pixels | None, opacity: float) -> Values:
        """Between two composites, for the opacity and mask of a pass-through group."""
        ...


class ByteSpace:
    """sRGB values as they are, 8 bits: the usual, and the fast one."""

    def load(self, pixels: Pixels) -> Values:
        return pixels

    def store(self, values: Values) -> Pixels:
        return values

    def masked(self, values: Values, mask: Pixels) -> Values:
        return blend.masked(values, mask)

    def scaled(self, values: Values, opacity: float) -> Values:
        return values if opacity >= 1 else blend.scaled(values, opacity)

    def opaque(self, values: Values) -> Values:
        return blend.opaque(values)

    def with_alpha_of(self, values: Values, other: Values) -> Values:
        return values if is_opaque(other) else blend.with_alpha_of(values, other)

    def over(self, backdrop: Values, sources: Sequence[Source]) -> Values:
        target = backdrop if backdrop.flags.writeable else backdrop.copy()
        kernels.blend(target, sources)
        return target

    def mixed(self, before: Values, after: Values, mask: Pixels | None, opacity: float) -> Values:
        return blend.mixed(before, after, mask, opacity)


class LinearSpace:
    """Linear light in float32: sRGB values to the power ``gamma``. Several times slower: powers are taken."""

    def __init__(self, gamma: float) -> None:
        self._gamma = gamma

    def load(self, pixels: Pixels) -> Values:
        return self._curved(from_bytes(pixels), self._gamma)

    def store(self, values: Values) -> Pixels:
        return to_bytes(self._curved(values, 1 / self._gamma))

    def masked(self, values: Values, mask: Pixels) -> Values:
        return np.asarray(values * (mask[..., None] * np.float32(1 / 255)), np.float32)

    def scaled(self, values: Values, opacity: float) -> Values:
        return values if opacity >= 1 else values * np.float32(opacity)

    def opaque(self, values: Values) -> Values:
        straight = _straight(values)
        straight[..., 3] = 1
        return straight

    def with_alpha_of(self, values: Values, other: Values) -> Values:
        return np.asarray(values * other[..., 3:], np.float32)

    def over(self, backdrop: Values, sources: Sequence[Source]) -> Values:
        for values, mode, opacity, mask in sources:
            shown = values if mask is None else self.masked(values, mask)
            backdrop = blend_float(backdrop, self.scaled(shown, opacity), mode)
        return backdrop

    def mixed(self, before: Values, after: Values, mask: Pixels | None, opacity: float) -> Values:
        share = np.float32(1) if mask is None else mask[..., None] * np.float32(1 / 255)
        return np.asarray(before + (after - before) * (share * np.float32(opacity)), np.float32)

    @staticmethod
    def _curved(values: Floats, exponent: float) -> Floats:
        """Raise the straight colours of premultiplied values to a power."""
        alpha = values[..., 3:]
        curved = np.power(_straight(values), np.float32(exponent)) * alpha
        curved[..., 3:] = alpha
        return np.asarray(curved, np.float32)


def _straight(values: Floats) -> Floats:
    """Premultiplied values as straight ones: a new array; black where there is nothing."""
    straight = np.zeros_like(values)
    np.divide(values, values[..., 3:], out=straight, where=values[..., 3:] > 0)
    return np.asarray(np.clip(straight, 0, 1, out=straight), np.float32)


def blend_space(gamma: float) -> BlendSpace:
    """The space that a document with this ``gamma`` blends in."""
    return ByteSpace() if gamma == 1.0 else LinearSpace(gamma)
