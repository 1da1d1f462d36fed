"""Composition of layer trees, tile by tile.

A tile that is transparent is ``None`` here, so that what is not there costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from studio.document import BlendMode, Document, Layer, Pixels, Rect, TileKey, tile_rect
from studio.document.tiles import TILE_SIZE
from studio.raster.blend import CLEARING_MODES, NOTHING_ON_NOTHING
from studio.raster.spaces import BlendSpace, Source, Values, blend_space
from studio.raster.words import is_opaque

_Layers = tuple[Layer, ...]
Area = tuple[slice, slice]
"""Rows and columns within a tile."""
_TILES_WORTH_THREADS: Final = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """What is composed at a time: a tile, or the part ``area`` of it."""

    key: TileKey
    area: Area | None = None

    @property
    def bounds(self) -> Area:
        """Rows and columns within the tile."""
        whole = slice(0, TILE_SIZE)
        return (whole, whole) if self.area is None else self.area

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        rows, columns = self.bounds
        return int(rows.stop - rows.start), int(columns.stop - columns.start)

    def of(self, tile: Pixels) -> Pixels:
        """The pixels of a tile that belong to this spot, as a view."""
        return tile if self.area is None else tile[self.area]

    def filled(self, value: int) -> Pixels:
        """A mask of one value, uint8 ``(h, w)``."""
        return np.full(self.shape, value, np.uint8)


def compose(document: Document, rect: Rect | None = None) -> Pixels:
    """The picture, or the part of it in ``rect``: uint8 ``(h, w, 4)``, premultiplied RGBA.

    What lies outside the canvas is transparent. The array is new and writable.
    """
    return compose_layers(document.layers, rect or document.canvas, gamma=document.gamma, clip=document.canvas)


def compose_layers(layers: _Layers, rect: Rect, *, gamma: float = 1.0, clip: Rect | None = None) -> Pixels:
    """Layers (from the bottom to the top) composed on transparency, within ``rect``.

    Returns uint8 ``(rect.height, rect.width, 4)``, premultiplied RGBA; pixels outside ``clip`` are transparent.
    """
    out = np.zeros((rect.height, rect.width, 4), np.uint8)
    seen = rect if clip is None else rect.intersected(clip)
    space = blend_space(gamma)

    def place(key: TileKey) -> None:
        tile = compose_spot(layers, Spot(key), space)
        if tile is not None:
            part = tile_rect(key).intersected(seen)
            out[_slices(part, rect.x, rect.y)] = tile[_slices(part, key[0] * TILE_SIZE, key[1] * TILE_SIZE)]

    keys = list(seen.tile_keys())
    if len(keys) >= _TILES_WORTH_THREADS:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            list(threads.map(place, keys))
    else:
        for key in keys:
            place(key)
    return out


def compose_spot(layers: _Layers, spot: Spot, space: BlendSpace) -> Pixels | None:
    """One tile, or a part of it, of composed layers: premultiplied RGBA8, or ``None`` where it is transparent.

    The array may be a layer's own tile and is then read-only. It is not clipped to a canvas.
    """
    values = blend_layers(space, layers, spot, None)
    return None if values is None else space.store(values)


def blend_layers(space: BlendSpace, layers: Iterable[Layer], spot: Spot, backdrop: Values | None) -> Values | None:
    """Blend layers, from the bottom to the top, over a backdrop (used up if it is writable)."""
    layers = tuple(layers)
    waiting: list[Source] = []
    for layer in layers[_first_seen(layers, spot) :]:
        if not layer.visible:
            continue
        if layer.passes_through:
            backdrop = _pass_through(space, layer, spot, blend_sources(space, waiting, backdrop))
            waiting = []
            continue
        source = source_of(layer, spot, _layer_values(space, layer, spot)) if layer.opacity > 0 else None
        if source is not None:
            waiting.append(source)
        elif layer.blend_mode in CLEARING_MODES:
            backdrop, waiting = None, []
    return blend_sources(space, waiting, backdrop)


def blend_layer(space: BlendSpace, layer: Layer, spot: Spot, backdrop: Values | None) -> Values | None:
    """Blend one layer or group over a backdrop."""
    return blend_layers(space, (layer,), spot, backdrop)


def blend_values(
    space: BlendSpace, layer: Layer, spot: Spot, values: Values | None, backdrop: Values | None
) -> Values | None:
    """Blend what a layer shows over a backdrop, either of which may be transparent (``None``)."""
    source = source_of(layer, spot, values)
    if source is None or layer.opacity <= 0:
        return None if layer.blend_mode in CLEARING_MODES else backdrop
    return blend_sources(space, (source,), backdrop)


def blend_sources(space: BlendSpace, sources: Sequence[Source], backdrop: Values | None) -> Values | None:
    """Blend values, in turn, over a backdrop that may be transparent (``None``)."""
    start = 0
    while backdrop is None and start < len(sources):
        values, mode, opacity, mask = sources[start]
        if mode not in NOTHING_ON_NOTHING:
            backdrop = space.scaled(values if mask is None else space.masked(values, mask), opacity)
        start += 1
    if backdrop is None or start == len(sources):
        return backdrop
    return space.over(backdrop, sources[start:])


def source_of(layer: Layer, spot: Spot, values: Values | None) -> Source | None:
    """What a layer puts down that shows ``values``: blended by its mode and opacity, through its mask."""
    mask, hidden = _mask_tile(layer, spot)
    return None if hidden or values is None else (values, layer.blend_mode, layer.opacity, mask)


def _layer_values(space: BlendSpace, layer: Layer, spot: Spot) -> Values | None:
    """The pixels of a layer or isolated group, without its opacity and mask."""
    if layer.source is None:
        return blend_layers(space, layer.children, spot, None)
    tile = layer.source.tile(spot.key)
    return None if tile is None else space.load(spot.of(tile))


def _pass_through(space: BlendSpace, group: Layer, spot: Spot, backdrop: Values | None) -> Values | None:
    mask, hidden = _mask_tile(group, spot)
    if hidden or group.opacity <= 0:
        return backdrop
    if mask is None and group.opacity >= 1:
        return blend_layers(space, group.children, spot, backdrop)
    before = None if backdrop is None else backdrop.copy()
    after = blend_layers(space, group.children, spot, backdrop)
    if before is None and after is None:
        return None
    if before is None:
        before = np.zeros_like(after)
    return space.mixed(before, np.zeros_like(before) if after is None else after, mask, group.opacity)


def _mask_tile(layer: Layer, spot: Spot) -> tuple[Pixels | None, bool]:
    """The layer's mask in a tile (``None``: everything shows) and whether it hides the whole tile."""
    mask = layer.shown_mask
    if mask is None:
        return None, False
    tile = mask.tiles.get(spot.key)
    if tile is None and 0 < mask.default < 255:
        return spot.filled(mask.default), False
    return None if tile is None else spot.of(tile), tile is None and mask.default == 0


def _first_seen(layers: _Layers, spot: Spot) -> int:
    """The position of the topmost layer that covers the tile wholly, so that what lies below is not seen."""
    for index in range(len(layers) - 1, 0, -1):
        layer = layers[index]
        if layer.source is None or not layer.visible or layer.shown_mask is not None or layer.opacity < 1:
            continue
        tile = layer.source.tile(spot.key)
        if layer.blend_mode is BlendMode.NORMAL and tile is not None and is_opaque(tile):
            return index
    return 0


def _slices(part: Rect, x: int, y: int) -> tuple[slice, slice]:
    """Rows and columns of ``part`` in an array whose top left is at (x, y)."""
    return slice(part.y - y, part.bottom - y), slice(part.x - x, part.right - x)
