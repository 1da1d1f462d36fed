"""Small pictures of layers, made from reduced tiles without composing anything at full size."""

from __future__ import annotations

import cv2
import numpy as np

from studio.document import TILE_SIZE, Document, Layer, Pixels, Raster, Rect
from studio.raster.compose import compose_layers
from studio.raster.limits import thumbnail_size


def layer_thumbnail(layer: Layer, canvas: Rect, side: int) -> Pixels:
    """The part of a layer on the canvas, premultiplied RGBA, uint8 ``(h, w, 4)``; groups are composed small.

    The layer's own opacity and visibility are left out, so that it can be recognised; its mask is not applied.
    """
    if layer.source is not None:
        return raster_thumbnail(layer.source.within(canvas), canvas, side)
    children, small = _reduced_layers(layer.children, canvas, side)
    return _fitted(compose_layers(children, small), canvas, side)


def document_thumbnail(document: Document, side: int) -> Pixels:
    """Nearly what a whole picture shows, premultiplied RGBA, uint8 ``(h, w, 4)``: its layers are reduced, then
    composed."""
    layers, small = _reduced_layers(document.layers, document.canvas, side)
    return _fitted(compose_layers(layers, small, gamma=document.gamma), document.canvas, side)


def raster_thumbnail(raster: Raster, canvas: Rect, side: int) -> Pixels:
    """The part of a raster on the canvas: uint8 ``(h, w, 4)`` premultiplied RGBA, or ``(h, w)`` for a mask."""
    factor = _reduction(canvas, side)
    return _fitted(reduced_part(raster, canvas, factor), canvas, side)


def _reduction(canvas: Rect, side: int) -> int:
    """The largest power of two that leaves at least ``side`` pixels."""
    factor = 1
    while factor < TILE_SIZE and max(canvas.width, canvas.height) // (factor * 2) >= side:
        factor *= 2
    return factor


def reduced_part(raster: Raster, area: Rect, factor: int) -> Pixels:
    """A part of a raster, reduced by a power of two up to the tile size; quick where it begins with a tile."""
    columns, rows = -(-area.width // TILE_SIZE), -(-area.height // TILE_SIZE)
    raster = raster.translated(-area.x, -area.y)  # costs nothing for one that begins with a tile
    side = TILE_SIZE // factor
    shape = (rows * side, columns * side, 4) if raster.channels == 4 else (rows * side, columns * side)
    out = np.full(shape, raster.default, np.uint8)
    for (x, y), tile in raster.tiles.items():
        if 0 <= x < columns and 0 <= y < rows:
            small = cv2.resize(tile, (side, side), interpolation=cv2.INTER_AREA)
            out[y * side : (y + 1) * side, x * side : (x + 1) * side] = small
    return out[: max(1, area.height // factor), : max(1, area.width // factor)]


def _fitted(pixels: Pixels, canvas: Rect, side: int) -> Pixels:
    size = thumbnail_size(canvas, side)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _reduced_layers(layers: tuple[Layer, ...], canvas: Rect, side: int) -> tuple[tuple[Layer, ...], Rect]:
    """Small layers that compose to nearly the small picture, and the canvas they are on."""
    factor = _reduction(canvas, side)
    small = Rect(0, 0, max(1, canvas.width // factor), max(1, canvas.height // factor))

    def reduced(raster: Raster) -> Raster:
        return Raster.from_array(reduced_part(raster, canvas, factor), default=raster.default)

    return tuple(layer.map_rasters(reduced) for layer in layers), small
