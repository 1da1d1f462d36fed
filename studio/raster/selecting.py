"""Edits that keep to a selection: what lies outside stays bit for bit, half selected pixels become a mixture."""

from __future__ import annotations

import numpy as np

from studio.document import Pixels, Raster, TileKey
from studio.document.tiles import is_uniform


def kept_within(before: Raster, after: Raster, limit: Raster | None) -> Raster:
    """``after`` where ``limit`` is 255, ``before`` where it is 0, and a mixture between; ``None`` limits nothing.

    Tiles that come out as they were are those of ``before``.
    """
    if limit is None:
        return after
    default = after.default if limit.default else before.default
    keys = before.changed_tiles(after)
    if before.default != after.default:
        keys |= limit.tiles.keys()
    changed = {key: _mixed_tile(before, after, limit, key) for key in keys if limit.default or key in limit.tiles}
    kept = Raster(before.channels, default, before.tiles)
    return kept.with_tiles({key: _stored(tile, before.tiles.get(key), default) for key, tile in changed.items()})


def lifted(raster: Raster, limit: Raster | None) -> tuple[Raster, Raster]:
    """What stays of RGBA pixels and what is taken out of them where ``limit`` is; their sum is the pixels as they were.

    ``None`` takes all.
    """
    if limit is None:
        return Raster(), raster
    stays: dict[TileKey, Pixels | None] = {}
    taken: dict[TileKey, Pixels | None] = {}
    for key, tile in raster.tiles.items():
        selected = limit.editable_tile(key)
        if bool((selected == 255).all()):
            stays[key], taken[key] = None, tile
        elif selected.any():
            part = scaled(tile, selected)
            stays[key], taken[key] = np.subtract(tile, part, dtype=np.uint8), part
    return raster.with_tiles(stays), Raster().with_tiles(taken)


def mixed(before: Pixels, after: Pixels, selected: Pixels) -> Pixels:
    """``after`` where ``selected``, uint8 ``(h, w)``, is 255, ``before`` where it is 0, and a mixture between."""
    out = before.copy()
    touched = selected > 0
    weight = selected[touched].astype(np.int32)
    weight = weight[:, None] if before.ndim == 3 else weight
    old, new = before[touched].astype(np.int32), after[touched].astype(np.int32)
    out[touched] = (old * (255 - weight) + new * weight + 127) // 255
    return out


def scaled(pixels: Pixels, selected: Pixels) -> Pixels:
    """Premultiplied ``(h, w, 4)`` times ``selected / 255``, rounded."""
    product = pixels.astype(np.uint16) * selected[..., None]
    return ((product + 127) // 255).astype(np.uint8)


def _stored(tile: Pixels, old: Pixels | None, default: int) -> Pixels | None:
    """The tile; the old one if it is equal, ``None`` for one that need not be kept."""
    if is_uniform(tile, default):
        return None
    return old if old is not None and np.array_equal(old, tile) else tile


def _mixed_tile(before: Raster, after: Raster, limit: Raster, key: TileKey) -> Pixels:
    old, new = before.editable_tile(key), after.editable_tile(key)
    if key not in limit.tiles:
        return new if limit.default else old
    return mixed(old, new, limit.tiles[key])
