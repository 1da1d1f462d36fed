"""Krita's kinds of pixels, turned into premultiplied RGBA of 8 bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.document import Pixels
from studio.files.pictures.colour import to_srgb
from studio.files.pictures.linear_light import rounded_to_bytes
from studio.raster.convert import premultiply


@dataclass(frozen=True)
class ColourSpace:
    """``kind`` is that of a channel, ``order`` where red, green, blue and alpha lie among them."""

    kind: str
    order: tuple[int, int, int, int]

    @property
    def channels(self) -> int:
        return max(self.order) + 1

    @property
    def pixel_bytes(self) -> int:
        return self.channels * np.dtype(self.kind).itemsize

    @property
    def bits(self) -> int:
        """Bits a channel."""
        return 8 * np.dtype(self.kind).itemsize


_BGRA: Final = (2, 1, 0, 3)
_RGBA: Final = (0, 1, 2, 3)
_GREY: Final = (0, 0, 0, 1)

COLOUR_SPACES: Final = {
    "RGBA": ColourSpace("u1", _BGRA),
    "RGBA16": ColourSpace("<u2", _BGRA),
    "RGBAF16": ColourSpace("<f2", _RGBA),
    "RGBAF32": ColourSpace("<f4", _RGBA),
    "GRAYA": ColourSpace("u1", _GREY),
    "GRAYAU16": ColourSpace("<u2", _GREY),
    "GRAYAF16": ColourSpace("<f2", _GREY),
    "GRAYAF32": ColourSpace("<f4", _GREY),
}
"""By the name that the file has for them. Others, such as those for print, are not read."""


def premultiplied(stored: Pixels, space: ColourSpace, profile: bytes | None) -> tuple[Pixels, tuple[str, ...]]:
    """Premultiplied RGBA ``(h, w, 4)`` uint8 of stored bytes ``(h, w, n)``, with notes.

    ``profile`` is the ICC profile that the numbers are meant in.
    """
    values = np.ascontiguousarray(stored).view(space.kind)[..., space.order]
    if space.kind == "u1":
        straight, notes = to_srgb(_image(values, space), profile)
        return premultiply(straight), notes
    rounded, left = rounded_to_bytes(_shares(values), profile)
    straight, notes = to_srgb(_image(rounded, space), left)
    return premultiply(straight), notes


def _image(values: NDArray[Any], space: ColourSpace) -> Image.Image:
    """Grey as grey, which profiles of grey ask for."""
    return Image.fromarray(np.ascontiguousarray(values[..., [0, 3]] if space.order == _GREY else values))


def _shares(values: NDArray[Any]) -> NDArray[np.float32]:
    """Channels as float32 0..1; floating point may go beyond."""
    if values.dtype.kind == "u":
        return np.asarray(values / np.float32(np.iinfo(values.dtype).max), np.float32)
    return values.astype(np.float32)
