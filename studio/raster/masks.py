"""Arithmetic of selections and masks: one-channel rasters.

Radii are in pixels. ``canvas`` bounds the work; what a mask holds outside it is dropped. All functions return new
rasters that share the tiles which did not change.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final

import cv2
import numpy as np

from studio.document import Pixels, Raster, Rect, TileKey, filled_mask, freeze, tile_rect
from studio.document.tiles import is_uniform
from studio.errors import SettingError
from studio.raster.limits import MaskMode

MAX_RADIUS: Final = 1000
_AT_ONCE: Final = 2048 * 2048
"""Pixels of an area that is worked on as a whole."""
_PIECE: Final = 1024
"""Side of the squares that a larger one is worked on in; whole tiles."""
_DISC: Final = 8
"""Radius of the disc that larger discs are made of: their sum is a disc again, at far less cost."""


_COMBINE: Final[dict[MaskMode, Callable[[Pixels, Pixels], Pixels]]] = {
    MaskMode.REPLACE: lambda _, shape: shape,
    MaskMode.ADD: np.maximum,
    MaskMode.SUBTRACT: lambda before, shape: np.minimum(before, 255 - shape),
    MaskMode.INTERSECT: np.minimum,
}


def clear() -> Raster:
    """An empty mask."""
    return Raster(channels=1)


def select_all(canvas: Rect) -> Raster:
    """A mask of the whole canvas."""
    return filled_mask(canvas)


def from_alpha(raster: Raster) -> Raster:
    """The mask of what is painted: the alpha channel of an RGBA raster."""
    return Raster(channels=1).with_tiles({key: tile[..., 3].copy() for key, tile in raster.tiles.items()})


def from_pixels(pixels: Pixels, x: int, y: int) -> Raster:
    """A mask of uint8 ``(h, w)`` whose top left is (x, y); all tiles that are full are one."""
    mask = Raster.from_array(pixels, x, y)
    full = freeze(np.full(Raster.tile_shape(1), 255, np.uint8))
    return mask.with_tiles({key: full for key, tile in mask.tiles.items() if is_uniform(tile, 255)})


def within(mask: Raster, canvas: Rect) -> Raster:
    """What a mask holds on the canvas, as one that is 0 beyond it."""
    if not mask.default:
        return mask
    return combine(filled_mask(canvas), mask, MaskMode.INTERSECT)


def bounds(mask: Raster) -> Rect:
    """The smallest rectangle around all pixels that are not 0; empty for an empty mask."""
    return mask.bounds()


def invert(mask: Raster, canvas: Rect) -> Raster:
    """What the mask leaves out of the canvas."""
    return combine(filled_mask(canvas), mask, MaskMode.SUBTRACT)


def combine(mask: Raster, shape: Raster, mode: MaskMode) -> Raster:
    """Two masks made into one: their maximum, difference or minimum, or the second alone."""
    if mode is MaskMode.REPLACE:
        return shape
    mix = _COMBINE[mode]
    default = int(mix(np.array(mask.default, np.uint8), np.array(shape.default, np.uint8)))
    changed: dict[TileKey, Pixels | None] = {}
    known: dict[tuple[int, int], Pixels | None] = {}  # large areas are one full tile many times
    for key in mask.tiles.keys() | shape.tiles.keys():
        pair = id(mask.tiles.get(key)), id(shape.tiles.get(key))
        if pair not in known:
            known[pair] = _combined(mask, shape, key, mix, default)
        if known[pair] is not mask.tiles.get(key):
            changed[key] = known[pair]
    return Raster(1, default, mask.tiles).with_tiles(changed)


def border(mask: Raster, width: int, canvas: Rect) -> Raster:
    """A band of this width along the edge, half of it inside. The edge of the canvas is none."""
    outside, inside = (width + 1) // 2, width // 2
    band = _over_area(mask, canvas, outside, lambda pixels: dilated(pixels, outside))
    return combine(band, shrink(mask, inside, canvas), MaskMode.SUBTRACT)


def smooth(mask: Raster, radius: int, canvas: Rect) -> Raster:
    """Round corners and even out steps: what is selected in most of the neighbourhood is, with an edge of a pixel."""
    deviation = math.sqrt((_blur_box(radius) ** 2 - 1) / 4)
    steepness = max(1.0, deviation * math.sqrt(2 * math.pi))

    def even(pixels: Pixels) -> Pixels:
        values = (blurred(pixels, radius).astype(np.float32) - 127.5) * steepness + 127.5
        return np.asarray(values.clip(0, 255).round(), np.uint8)

    return _over_area(mask, canvas, math.ceil(1.5 * _blur_box(radius)) + 1, even, radius)


def grow(mask: Raster, radius: int, canvas: Rect) -> Raster:
    """Dilate by a disc."""
    return _over_area(mask, canvas, radius, lambda pixels: dilated(pixels, radius))


def shrink(mask: Raster, radius: int, canvas: Rect) -> Raster:
    """Erode by a disc. The edge of the canvas does not eat into the mask."""
    return _over_area(mask, canvas, 1, lambda pixels: eroded(pixels, radius), radius)


def feather(mask: Raster, radius: float, canvas: Rect) -> Raster:
    """Blur by a Gaussian whose standard deviation is half of ``radius``, as three box blurs."""
    margin = math.ceil(1.5 * _blur_box(radius)) + 1
    return _over_area(mask, canvas, margin, lambda pixels: blurred(pixels, radius), math.ceil(radius))


def dilated(pixels: Pixels, radius: int) -> Pixels:
    """Mask values, uint8 ``(h, w)``, grown by a disc."""
    return _in_discs(cv2.dilate, pixels, radius)


def eroded(pixels: Pixels, radius: int) -> Pixels:
    """Mask values, uint8 ``(h, w)``, shrunk by a disc; the border of the array does not eat into them."""
    return _in_discs(cv2.erode, pixels, radius)


def blurred(pixels: Pixels, radius: float) -> Pixels:
    """Mask values, uint8 ``(h, w)``, blurred as by `feather`."""
    box = _blur_box(radius)
    fine = pixels.astype(np.uint16) * np.uint16(257)
    for _ in range(3):
        fine = np.asarray(cv2.blur(fine, (box, box), borderType=cv2.BORDER_REPLICATE), np.uint16)
    return ((fine.astype(np.uint32) + 128) // 257).astype(np.uint8)


def _blur_box(radius: float) -> int:
    """Side of the box that, taken three times, is the Gaussian of a radius."""
    box = max(1, round(math.sqrt(radius * radius + 1)))
    return box if box % 2 else box + 1


def _over_area(
    mask: Raster, canvas: Rect, margin: int, change: Callable[[Pixels], Pixels], radius: float | None = None
) -> Raster:
    """Apply ``change`` to the part of the canvas where the mask is, and a margin around it."""
    asked = margin if radius is None else radius
    if not 0 <= asked <= MAX_RADIUS:
        raise SettingError(
            "A mask radius of {asked} pixels is not possible.",
            "Choose one from 0 to {max_radius}.",
            asked=asked,
            max_radius=MAX_RADIUS,
        )
    area = canvas if mask.default else mask.bounds().expanded(margin).intersected(canvas)
    if area.is_empty:
        return Raster(channels=1)
    if asked == 0:
        return mask
    if area.width * area.height <= _AT_ONCE:
        return _kept(mask, Raster.from_array(change(mask.read(area)), area.x, area.y))
    return _kept(mask, _in_pieces(mask, area, canvas, max(margin, math.ceil(asked)), change))


def _in_pieces(mask: Raster, area: Rect, canvas: Rect, reach: int, change: Callable[[Pixels], Pixels]) -> Raster:
    """``change`` applied piece by piece, each with what it depends on around it; where all of that is one full value,
    it stays so."""
    full = freeze(np.full(Raster.tile_shape(1), 255, np.uint8))
    known: dict[int, int | None] = {}
    after = Raster(channels=1)
    for piece in _pieces(area):
        near = piece.expanded(reach).intersected(canvas)
        value = _one_value(mask, near, known)
        if value is None:
            pixels, y, x = change(mask.read(near)), piece.y - near.y, piece.x - near.x
            after = after.with_array(pixels[y : y + piece.height, x : x + piece.width], piece.x, piece.y)
        elif value:
            whole = [key for key in piece.tile_keys() if tile_rect(key).intersected(piece) == tile_rect(key)]
            after = after.with_tiles(dict.fromkeys(whole, full))
            cut = [tile_rect(key).intersected(piece) for key in piece.tile_keys() if key not in set(whole)]
            for part in cut:
                after = after.with_array(np.full((part.height, part.width), 255, np.uint8), part.x, part.y)
    return after


def _pieces(area: Rect) -> Iterator[Rect]:
    """Squares of whole tiles that cover an area, cut to it."""
    columns = range(area.x // _PIECE * _PIECE, area.right, _PIECE)
    for y in range(area.y // _PIECE * _PIECE, area.bottom, _PIECE):
        yield from (Rect(x, y, _PIECE, _PIECE).intersected(area) for x in columns)


def _one_value(mask: Raster, area: Rect, known: dict[int, int | None]) -> int | None:
    """The value of every pixel of the tiles that an area touches, 0 or 255; ``None`` where there are others."""
    values = set()
    for key in area.tile_keys():
        tile = mask.tiles.get(key)
        if tile is not None and id(tile) not in known:
            known[id(tile)] = next((value for value in (0, 255) if is_uniform(tile, value)), None)
        values.add(mask.default if tile is None else known[id(tile)])
    return values.pop() if len(values) == 1 else None


def _in_discs(operation: Callable[..., object], pixels: Pixels, radius: int) -> Pixels:
    left = radius
    while left > 0:
        step = min(left, _DISC)
        pixels = np.asarray(operation(pixels, _disc(step)), np.uint8)
        left -= step
    return pixels


def _disc(radius: int) -> Pixels:
    offsets = np.arange(-radius, radius + 1)
    return (offsets[:, None] ** 2 + offsets[None, :] ** 2 <= (radius + 0.3) ** 2).astype(np.uint8)


def _kept(before: Raster, after: Raster) -> Raster:
    """``after``, with the tiles of ``before`` where they are equal."""
    same = {
        key: before.tiles[key]
        for key, tile in after.tiles.items()
        if key in before.tiles and np.array_equal(before.tiles[key], tile)
    }
    return after.with_tiles(same) if same else after


def _combined(
    mask: Raster, shape: Raster, key: TileKey, mix: Callable[[Pixels, Pixels], Pixels], default: int
) -> Pixels | None:
    """A tile of two masks made into one; the very tile of one of them where it is the same, ``None`` for none."""
    mixed = mix(_tile(mask, key), _tile(shape, key))
    if is_uniform(mixed, default):
        return None
    both = (mask.tiles.get(key), shape.tiles.get(key))
    return next((tile for tile in both if tile is not None and np.array_equal(tile, mixed)), mixed)


def _tile(mask: Raster, key: TileKey) -> Pixels:
    tile = mask.tiles.get(key)
    return tile if tile is not None else np.full(Raster.tile_shape(1), mask.default, np.uint8)
