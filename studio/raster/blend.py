"""Blending of 8-bit pixels in place: QPainter where it is exact, OpenCV and numpy for the rest.

Every array is premultiplied RGBA, uint8, C-contiguous.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import cv2
import numpy as np
from PySide6.QtGui import QImage, QPainter

from studio.document import BlendMode, Pixels
from studio.raster.float_blend import blend_float, from_bytes, to_bytes
from studio.raster.on_white import WhitePaper
from studio.raster.words import alpha_in_every_channel, in_every_channel

Source = tuple[Pixels, BlendMode, float]
"""Pixels to blend, how, and with which opacity (0..1)."""

_PAINTER_MODES: Final = {
    BlendMode.NORMAL: QPainter.CompositionMode.CompositionMode_SourceOver,
    BlendMode.OVERLAY: QPainter.CompositionMode.CompositionMode_Overlay,
    BlendMode.DARKEN: QPainter.CompositionMode.CompositionMode_Darken,
    BlendMode.LIGHTEN: QPainter.CompositionMode.CompositionMode_Lighten,
    BlendMode.COLOR_BURN: QPainter.CompositionMode.CompositionMode_ColorBurn,
    BlendMode.HARD_LIGHT: QPainter.CompositionMode.CompositionMode_HardLight,
    BlendMode.DIFFERENCE: QPainter.CompositionMode.CompositionMode_Difference,
    BlendMode.DESTINATION_OUT: QPainter.CompositionMode.CompositionMode_DestinationOut,
    BlendMode.DESTINATION_ATOP: QPainter.CompositionMode.CompositionMode_DestinationAtop,
}
"""Colour dodge, soft light and exclusion are left out, where Qt departs by more than two levels; so are multiply and
screen, which are quicker beside it."""

_BAKED_OPACITY: Final = frozenset(
    {BlendMode.PLUS, BlendMode.EXCLUSION, BlendMode.DESTINATION_IN, BlendMode.DESTINATION_ATOP}
)
"""Modes for which the source is faded first: not linear in its opacity, as QPainter has it, or not QPainter's."""

_BYTE_MODES: Final = frozenset(
    {BlendMode.MULTIPLY, BlendMode.SCREEN, BlendMode.PLUS, BlendMode.EXCLUSION, BlendMode.DESTINATION_IN}
)
"""Modes that are computed in 8 bits by OpenCV."""

CLEARING_MODES: Final = frozenset({BlendMode.DESTINATION_IN, BlendMode.DESTINATION_ATOP})
"""Modes that remove the backdrop wherever the source is transparent."""

NOTHING_ON_NOTHING: Final = frozenset({BlendMode.DESTINATION_IN, BlendMode.DESTINATION_OUT})
"""Modes that show nothing of the source where there is no backdrop."""

_NO_PAINT: Final = 1e-6


def gains_from_threads(mode: BlendMode) -> bool:
    """Whether threads make a mode quicker: those in float run long enough without the interpreter lock.

    QPainter keeps the lock; in the 8-bit modes, handing it over costs what a second core gains.
    """
    return mode not in _PAINTER_MODES and mode not in _BYTE_MODES


def blend_all(backdrop: Pixels, sources: Iterable[Source]) -> None:
    """Blend sources over ``backdrop``, one after the other, in place; quicker than one by one.

    Backdrop and pixels are ``(h, w, 4)``, opacities 0..1. Agrees with the specification within 2.5 levels of 255 for
    every mode.
    """
    if not backdrop.size:
        return  # Qt has no painter for a picture without pixels
    target = _image(backdrop)  # a painter does not keep its image alive
    painter = QPainter(target)
    paper = WhitePaper(backdrop)
    for pixels, mode, opacity in sources:
        if mode is BlendMode.MULTIPLY:
            paper.multiply(pixels, opacity)
            continue
        if mode is not BlendMode.NORMAL:
            paper.take_off()
        source = scaled(pixels, opacity) if mode in _BAKED_OPACITY and opacity < 1 else pixels
        if mode in _PAINTER_MODES:
            painter.setCompositionMode(_PAINTER_MODES[mode])
            painter.setOpacity(1.0 if mode in _BAKED_OPACITY else opacity)
            painter.drawImage(0, 0, _image(source))
        else:
            _blend_beside_painter(backdrop, source, mode, opacity)
    painter.end()
    paper.take_off()


def _blend_beside_painter(backdrop: Pixels, source: Pixels, mode: BlendMode, opacity: float) -> None:
    if mode is BlendMode.SCREEN:
        cv2.add(backdrop, cv2.multiply(cv2.bitwise_not(backdrop), source, scale=opacity / 255), dst=backdrop)
    elif mode is BlendMode.PLUS:
        cv2.add(backdrop, source, dst=backdrop)
    elif mode is BlendMode.EXCLUSION:
        _exclude(backdrop, source)
    elif mode is BlendMode.DESTINATION_IN:
        cv2.multiply(backdrop, alpha_in_every_channel(source), dst=backdrop, scale=1 / 255)
    else:
        _blend_in_float(backdrop, source, mode, opacity)


def scaled(pixels: Pixels, opacity: float) -> Pixels:
    """A copy of premultiplied pixels (any shape) with their opacity multiplied by ``opacity``, 0..1."""
    if opacity >= 1:
        return pixels.copy()
    return np.asarray(cv2.convertScaleAbs(pixels, alpha=opacity), np.uint8)


def masked(pixels: Pixels, mask: Pixels) -> Pixels:
    """A copy of premultiplied ``(h, w, 4)`` pixels multiplied by a ``(h, w)`` mask (255 keeps all)."""
    return np.asarray(cv2.multiply(pixels, in_every_channel(mask), scale=1 / 255), np.uint8)


def mixed(before: Pixels, after: Pixels, mask: Pixels | None, opacity: float) -> Pixels:
    """Between ``before`` and ``after``, both ``(h, w, 4)``: ``after`` where mask times opacity is full."""
    if mask is None:
        return np.asarray(cv2.addWeighted(after, opacity, before, 1 - opacity, 0), np.uint8)
    weight = mask.astype(np.float32) * np.float32(opacity / 255)
    return np.asarray(cv2.blendLinear(after, before, weight, 1 - weight), np.uint8)


def _image(pixels: Pixels) -> QImage:
    """A QImage over the very bytes of an array.

    RGBA is declared as ARGB32, in which blue and red have changed places on little-endian machines: the modes
    used here treat the three colours alike, alpha is the fourth byte in both, and this format is Qt's fastest.
    """
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)


def _exclude(backdrop: Pixels, source: Pixels) -> None:
    """Source + backdrop - 2 source backdrop for colours, but once the product for alpha."""
    product = cv2.multiply(backdrop, source, scale=1 / 255)
    cv2.subtract(backdrop, product, dst=backdrop)
    cv2.subtract(source, product, dst=product)
    product[..., 3] = source[..., 3]
    cv2.add(backdrop, product, dst=backdrop)


def _blend_in_float(backdrop: Pixels, source: Pixels, mode: BlendMode, opacity: float) -> None:
    if opacity < _NO_PAINT:
        return
    result = blend_float(from_bytes(backdrop), from_bytes(source, opacity), mode)
    np.copyto(backdrop, to_bytes(result))
