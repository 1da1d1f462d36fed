"""The generation mask as it lies over the picture: a translucent colour with a two-tone edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QColor

from studio.document import TILE_SIZE, Pixels, Raster, Rect, TileKey
from studio.document.plain import Rgba

if TYPE_CHECKING:
    from numpy.typing import NDArray

INSIDE: Final = 128
"""Mask values from here on lie inside the edge."""

EDGE_REACH: Final = 2
"""Level pixels around a change in which the drawn edge may differ."""

_AT_ONCE: Final = 4 * 1024 * 1024
"""Mask pixels that are reduced in one piece, to bound the memory that takes."""

LIGHT: Final = (255, 255, 255, 230)
DARK: Final = (0, 0, 0, 200)


class MaskOverlaySource:
    """Colours a mask for a `Mosaic`.

    With ``draw_edge`` the edge is part of the pixels: a light line inside and a dark line outside, each
    one level pixel wide. Magnified views draw the edge as lines instead, see `studio.ui.canvas.view.mask_edges`.
    """

    def __init__(self, color: QColor, opacity: float) -> None:
        self.mask = Raster(channels=1)
        self.draw_edge = True
        self._style = (color, opacity)
        self._colors: Pixels | None = None

    def set_style(self, color: QColor, opacity: float) -> None:
        """``opacity`` is 0..1, at mask value 255."""
        self._style, self._colors = (color, opacity), None

    def plain(self, _rect: Rect) -> Rgba | None:
        return (0, 0, 0, 0) if self.is_empty else None

    def prepare(self, _rect: Rect, _level: int, _seconds: float) -> tuple[TileKey, ...]:
        """Nothing here is slow."""
        return ()

    def forget(self) -> None:
        """Nothing is waited for."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies over the picture."""
        return not (self.mask.default or self.mask.tiles)

    def read(self, rect: Rect, level: int) -> Pixels:
        """Premultiplied RGBA of level pixels in ``rect``, shape ``(h, w, 4)``."""
        if not self._touches(rect, level):
            return np.zeros((rect.height, rect.width, 4), np.uint8)
        values = read_reduced(self.mask, rect.expanded(1), level)
        if self._colors is None:
            self._colors = overlay_colors(*self._style)
        pixels: Pixels = self._colors[values[1:-1, 1:-1]]
        if self.draw_edge:
            inner, outer = edges(values)
            pixels[inner] = _premultiplied(LIGHT)
            pixels[outer] = _premultiplied(DARK)
        return pixels

    def _touches(self, rect: Rect, level: int) -> bool:
        if self.mask.default:
            return True
        near = rect.expanded(1)
        size = 1 << level
        area = Rect(near.x * size, near.y * size, near.width * size, near.height * size)
        return any(key in self.mask.tiles for key in area.tile_keys())


def overlay_colors(color: QColor, opacity: float) -> Pixels:
    """Premultiplied RGBA for each mask value, shape ``(256, 4)``."""
    alpha = np.arange(256) / 255.0 * min(1.0, max(0.0, opacity))
    channels = [alpha * color.red(), alpha * color.green(), alpha * color.blue(), alpha * 255.0]
    return np.stack([np.rint(channel) for channel in channels], axis=1).astype(np.uint8)


def read_reduced(mask: Raster, rect: Rect, level: int) -> Pixels:
    """Mask values of level pixels in ``rect``, each the mean of the document pixels under it."""
    if level == 0:
        return mask.read(rect)
    rows = max(1, _AT_ONCE // (rect.width << (2 * level)))
    strips = [Rect(rect.x, y, rect.width, min(rows, rect.bottom - y)) for y in range(rect.y, rect.bottom, rows)]
    return np.concatenate([_means(mask, strip, 1 << level) for strip in strips])


def _means(mask: Raster, rect: Rect, size: int) -> Pixels:
    values = mask.read(Rect(rect.x * size, rect.y * size, rect.width * size, rect.height * size))
    blocks = values.reshape(rect.height, size, rect.width, size)
    sums = blocks.sum(axis=3, dtype=np.uint32).sum(axis=1)
    means: Pixels = (sums // (size * size)).astype(np.uint8)
    return means


def edges(values: Pixels) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Pixels just inside and just outside the edge, for mask values with one pixel of margin all round."""
    inside = values >= INSIDE
    core = inside[1:-1, 1:-1]
    beside = (inside[:-2, 1:-1], inside[2:, 1:-1], inside[1:-1, :-2], inside[1:-1, 2:])
    all_inside = beside[0] & beside[1] & beside[2] & beside[3]
    any_inside = beside[0] | beside[1] | beside[2] | beside[3]
    return core & ~all_inside, ~core & any_inside


def _premultiplied(rgba: tuple[int, int, int, int]) -> Pixels:
    r, g, b, a = rgba
    return np.array([r * a // 255, g * a // 255, b * a // 255, a], np.uint8)


def edge_margin(level: int) -> int:
    """Document pixels around a changed mask area that are to be drawn again."""
    return min(TILE_SIZE, EDGE_REACH * (1 << level))
