"""What can be said of a picture without looking at a pixel: where it shows one colour."""

from __future__ import annotations

from collections.abc import Sequence

from studio.document.document import Document
from studio.document.fill import FilledTiles
from studio.document.layer import BlendMode, Layer
from studio.document.tiles import Raster, Rect

Rgba = tuple[int, int, int, int]
"""Premultiplied, 0..255."""

_NOTHING: Rgba = (0, 0, 0, 0)


def plain_color(document: Document, rect: Rect) -> Rgba | None:
    """The colour that the picture shows everywhere in ``rect``, opaque or nothing; ``None`` where that is not known."""
    return _NOTHING if rect.is_empty else _plain(document.layers, rect)


def raster_color(raster: Raster, rect: Rect) -> Rgba | None:
    """The colour of every pixel of an RGBA raster in ``rect``, opaque or nothing; ``None`` where it is not known."""
    tiles = raster.tiles
    if not any(key in tiles for key in rect.tile_keys()):
        return _NOTHING
    if not isinstance(tiles, FilledTiles) or isinstance(tiles.value, int) or tiles.rect.intersected(rect) != rect:
        return None
    return tiles.value if tiles.value[3] == 255 else None


def _plain(layers: Sequence[Layer], rect: Rect) -> Rgba | None:
    found = _NOTHING
    for layer in layers:
        if not layer.visible:
            continue
        color = None if layer.raster is None else raster_color(layer.raster, rect)
        if color is None or layer.clipped or layer.blend_mode is not BlendMode.NORMAL:
            return None
        if color != _NOTHING:
            if layer.opacity != 1.0 or layer.mask is not None:
                return None
            found = color
    return found
