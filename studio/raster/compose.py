"""Composition of layer trees, tile by tile.

A tile that is transparent is ``None`` here, so that what is not there costs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np

from studio.document import BlendMode, Document, Layer, Pixels, Rect, TileKey, runs, tile_rect
from studio.document.tiles import TILE_SIZE
from studio.raster.adjustments.effect import NO_EFFECT, Effect
from studio.raster.adjustments.table import effect_of
from studio.raster.blend import CLEARING_MODES, NOTHING_ON_NOTHING
from studio.raster.spaces import BlendSpace, Source, Values, blend_space
from studio.raster.words import is_opaque

_Layers = tuple[Layer, ...]
Area = tuple[slice, slice]
"""Rows and columns within a tile."""
_TILES_WORTH_THREADS: Final = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """What is composed at a time: a tile, or the part ``area`` of it.

    Adjustments that see the pixels around see the edge of ``canvas`` go on beyond it; without one, what lies there.
    """

    key: TileKey
    area: Area | None = None
    canvas: Rect | None = None

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

    @property
    def rect(self) -> Rect:
        """The pixels of the plane."""
        rows, columns = self.bounds
        x, y = self.key[0] * TILE_SIZE + columns.start, self.key[1] * TILE_SIZE + rows.start
        return Rect(x, y, columns.stop - columns.start, rows.stop - rows.start)

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


def compose_layers(
    layers: _Layers, rect: Rect, *, gamma: float = 1.0, clip: Rect | None = None, canvas: Rect | None = None
) -> Pixels:
    """Layers (from the bottom to the top) composed on transparency, within ``rect``.

    Returns uint8 ``(rect.height, rect.width, 4)``, premultiplied RGBA; pixels outside ``clip`` are transparent.
    ``canvas``, else ``clip``, is where the picture ends for adjustments that see the pixels around.
    """
    out = np.zeros((rect.height, rect.width, 4), np.uint8)
    seen = rect if clip is None else rect.intersected(clip)
    space = blend_space(gamma)

    def place(key: TileKey) -> None:
        tile = compose_spot(layers, Spot(key, canvas=canvas or clip), space)
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


def blend_layers(
    space: BlendSpace, layers: Iterable[Layer], spot: Spot, backdrop: Values | None, ground: Ground | None = None
) -> Values | None:
    """Blend layers, from the bottom to the top, over a backdrop (used up if it is writable).

    ``ground`` tells what the backdrop is at other spots; ``None``: nothing.
    """
    layers = tuple(layers)
    waiting: list[Source] = []
    index = _first_seen(layers, spot)
    for layer, *clipped in runs(layers[index:]):
        below, index = index, index + 1 + len(clipped)
        if not layer.visible:
            continue
        if not clipped and (layer.passes_through or layer.adjustment is not None):
            act = _pass_through if layer.passes_through else _adjusted
            beneath = Beneath(layers[:below], ground)
            backdrop = act(space, layer, spot, blend_sources(space, waiting, backdrop), beneath)
            waiting = []
            continue
        source = _source_of_run(space, layer, clipped, spot)
        if source is not None:
            waiting.append(source)
        elif layer.blend_mode in CLEARING_MODES:
            backdrop, waiting = None, []
    return blend_sources(space, waiting, backdrop)


@dataclass(frozen=True, slots=True)
class Beneath:
    """What lies beneath a layer at any spot: its siblings below, and what those lie on."""

    layers: _Layers
    ground: Ground | None

    def at(self, space: BlendSpace, spot: Spot) -> Values | None:
        below = None if self.ground is None else self.ground.at(space, spot)
        return blend_layers(space, self.layers, spot, below, self.ground)

    def cover(self, space: BlendSpace, spot: Spot, values: Values) -> Values:
        """Values with the alpha that they will be seen with."""
        return values if self.ground is None else self.ground.cover(space, spot, values)

    @property
    def is_opaque(self) -> bool:
        """Whether it counts as opaque and gets its alpha in the end."""
        return self.ground is not None and self.ground.is_opaque


@dataclass(frozen=True, slots=True)
class OnBase:
    """What clipped layers lie on: their base's colours, as if it was opaque."""

    base: Layer
    is_opaque = True

    def at(self, space: BlendSpace, spot: Spot) -> Values | None:
        values = self._values(space, spot)
        return None if values is None else space.opaque(values)

    def cover(self, space: BlendSpace, spot: Spot, values: Values) -> Values:
        """Values with the alpha of the base."""
        base = self._values(space, spot)
        return np.zeros_like(values) if base is None else space.with_alpha_of(values, base)

    def _values(self, space: BlendSpace, spot: Spot) -> Values | None:
        source = source_of(self.base, spot, _layer_values(space, self.base, spot))
        return None if source is None else _masked(space, source)


Ground: TypeAlias = Beneath | OnBase


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


def _source_of_run(space: BlendSpace, base: Layer, clipped: Sequence[Layer], spot: Spot) -> Source | None:
    """What a layer puts down with those that are clipped to it.

    They blend with its colours, as if it was opaque; all of it shows with its coverage, mode and opacity. A base that
    would let its layers through is composed on its own.
    """
    source = source_of(base, spot, _layer_values(space, base, spot)) if base.opacity > 0 else None
    shown = [layer for layer in clipped if layer.visible and not _is_empty(layer, spot)]
    if source is None or not shown:
        return source
    values = _masked(space, source)
    blended = blend_layers(space, shown, spot, space.opaque(values), OnBase(base))
    return None if blended is None else (space.with_alpha_of(blended, values), *source[1:3], None)


def _masked(space: BlendSpace, source: Source) -> Values:
    values, _mode, _opacity, mask = source
    return values if mask is None else space.masked(values, mask)


def _is_empty(layer: Layer, spot: Spot) -> bool:
    """Whether a layer has nothing in a tile that could change what lies below it."""
    return layer.source is not None and layer.source.tile(spot.key) is None and layer.blend_mode not in CLEARING_MODES


def _adjusted(space: BlendSpace, layer: Layer, spot: Spot, backdrop: Values | None, beneath: Beneath) -> Values | None:
    """What an adjustment layer makes of a backdrop; the same where it hides itself, or makes no sense."""
    mask, hidden = _mask_tile(layer, spot)
    effect = None if layer.adjustment is None or hidden or layer.opacity <= 0 else effect_of(layer.adjustment)
    if effect is None or (effect is NO_EFFECT and layer.blend_mode is BlendMode.NORMAL):
        return backdrop
    result = _applied(space, effect, spot, backdrop, beneath) if effect.reach else _changed(space, effect, backdrop)
    if result is None:
        return backdrop
    before = np.zeros_like(result) if backdrop is None else backdrop
    if layer.blend_mode is not BlendMode.NORMAL or beneath.is_opaque:
        mixed = space.over(before.copy(), ((space.opaque(result), layer.blend_mode, 1.0, None),))
        result = mixed if beneath.is_opaque else space.with_alpha_of(mixed, result)
    return result if mask is None and layer.opacity >= 1 else space.mixed(before, result, mask, layer.opacity)


def _changed(space: BlendSpace, effect: Effect, values: Values | None) -> Values | None:
    return None if values is None else space.load(effect.apply(space.store(values)))


def _applied(space: BlendSpace, effect: Effect, spot: Spot, backdrop: Values | None, beneath: Beneath) -> Values | None:
    """An effect that sees what lies around. Beyond the canvas the backdrop stays as it is."""
    reach, whole = effect.reach, spot.rect
    part = whole if spot.canvas is None else whole.intersected(spot.canvas)
    seen = part.expanded(reach) if spot.canvas is None else part.expanded(reach).intersected(spot.canvas)
    around = None if part.is_empty else _beneath_in(space, seen, spot.canvas, beneath)
    if around is None:
        return None
    top, bottom = reach - (part.y - seen.y), reach - (seen.bottom - part.bottom)
    left, right = reach - (part.x - seen.x), reach - (seen.right - part.right)
    wide = cv2.copyMakeBorder(around, top, bottom, left, right, borderType=cv2.BORDER_REPLICATE)
    inner = effect.apply(np.asarray(wide, np.uint8))[reach : reach + part.height, reach : reach + part.width]
    if part == whole:
        return space.load(np.ascontiguousarray(inner))
    out = np.zeros((*spot.shape, 4), np.uint8) if backdrop is None else space.store(backdrop).copy()
    out[_slices(part, whole.x, whole.y)] = inner
    return space.load(out)


def _beneath_in(space: BlendSpace, rect: Rect, canvas: Rect | None, beneath: Beneath) -> Pixels | None:
    """What lies beneath a layer in ``rect``: premultiplied RGBA8; ``None`` if nothing does."""
    out: Pixels | None = None
    for key in rect.tile_keys():
        part = tile_rect(key).intersected(rect)
        spot = Spot(key, _slices(part, key[0] * TILE_SIZE, key[1] * TILE_SIZE), canvas)
        values = beneath.at(space, spot)
        if values is not None:
            out = np.zeros((rect.height, rect.width, 4), np.uint8) if out is None else out
            out[_slices(part, rect.x, rect.y)] = space.store(beneath.cover(space, spot, values))
    return out


def _pass_through(
    space: BlendSpace, group: Layer, spot: Spot, backdrop: Values | None, beneath: Beneath
) -> Values | None:
    mask, hidden = _mask_tile(group, spot)
    if hidden or group.opacity <= 0:
        return backdrop
    if mask is None and group.opacity >= 1:
        return blend_layers(space, group.children, spot, backdrop, beneath)
    before = None if backdrop is None else backdrop.copy()
    after = blend_layers(space, group.children, spot, backdrop, beneath)
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
        if layer.source is None or not layer.visible or layer.clipped:
            continue
        if layer.shown_mask is not None or layer.opacity < 1:
            continue
        tile = layer.source.tile(spot.key)
        if layer.blend_mode is BlendMode.NORMAL and tile is not None and is_opaque(tile):
            return index
    return 0


def _slices(part: Rect, x: int, y: int) -> tuple[slice, slice]:
    """Rows and columns of ``part`` in an array whose top left is at (x, y)."""
    return slice(part.y - y, part.bottom - y), slice(part.x - x, part.right - x)
