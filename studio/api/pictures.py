"""Pixels in and out of a document, for plugins."""

from __future__ import annotations

import numpy as np

from studio.document import Document, Pixels, Rect

WHITE = (255, 255, 255)


def composed(document: Document, rect: Rect) -> Pixels:
    """What the canvas shows in ``rect``: uint8 ``(h, w, 4)`` premultiplied RGBA, all visible layers blended."""
    from studio.raster.compose import compose

    return compose(document, rect)


def over_ground(pixels: Pixels, ground: tuple[int, int, int] = WHITE) -> Pixels:
    """Premultiplied RGBA ``(h, w, 4)`` over an opaque colour: uint8 ``(h, w, 3)``, as the model wants it."""
    alpha = pixels[..., 3:].astype(np.uint16)
    behind = (np.array(ground, np.uint16) * (255 - alpha) + 127) // 255
    return np.minimum(pixels[..., :3] + behind, 255).astype(np.uint8)


def opaque(pixels: Pixels) -> Pixels:
    """RGB ``(h, w, 3)`` as fully opaque RGBA ``(h, w, 4)``, uint8."""
    alpha = np.full((*pixels.shape[:2], 1), 255, np.uint8)
    return np.concatenate((pixels, alpha), axis=2)


def premultiplied(pixels: Pixels) -> Pixels:
    """Straight RGBA ``(h, w, 4)`` with its colours multiplied by alpha, uint8: what blurring and scaling want."""
    from studio.raster.convert import premultiply

    return premultiply(pixels)


def straight(pixels: Pixels) -> Pixels:
    """Premultiplied RGBA ``(h, w, 4)`` with its colours divided by alpha, uint8; transparent pixels become black."""
    from studio.raster.convert import unpremultiply

    return unpremultiply(pixels)
