"""Which tiles look different between two documents, by identity of what they are made of."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import chain
from typing import Final

from studio.document import TILE_SIZE, Document, Layer, LayerId, TileKey, canvas_tiles, clipping_bases
from studio.raster.blend import CLEARING_MODES

_Layers = tuple[Layer, ...]
_EVERYWHERE: Final = None
"""In place of a set of keys: whatever has content."""


def changed_keys(before: Document, after: Document) -> set[TileKey]:
    """Keys of the canvas tiles whose composite may differ.

    Only tiles that a changed layer covers, or covered, are named; documents of different size or gamma differ
    everywhere.
    """
    if (before.width, before.height, before.gamma) != (after.width, after.height, after.gamma):
        return canvas_tiles(after)
    if before.layers is after.layers:
        return set()
    changed = _changed_among(before.layers, after.layers)
    if changed is None:
        changed = _content((*before.layers, *after.layers))
    if changed is None:
        return canvas_tiles(after)
    return {
        (column, row)
        for column, row in changed
        if 0 <= column * TILE_SIZE < after.width and 0 <= row * TILE_SIZE < after.height
    }


def _changed_among(before: _Layers, after: _Layers) -> set[TileKey] | None:
    """Changed keys between two lists of siblings, or ``None`` if everything that has content may differ."""
    rebased = _rebased(before, after)
    before, after = (before, after) if rebased else _without_common_ends(before, after)
    old = {layer.id: layer for layer in before if layer.visible}
    new = {layer.id: layer for layer in after if layer.visible}
    keys: set[TileKey] = set()
    for layer_id in _moved(tuple(old), tuple(new)) | rebased:
        for layer in (old.get(layer_id), new.get(layer_id)):
            if layer is not None:
                footprint = _footprint(layer)
                if footprint is None:
                    return _EVERYWHERE
                keys |= footprint
    for layer_id in old.keys() & new.keys():
        changed = _changed_layer(old[layer_id], new[layer_id])
        if changed is None:
            return _EVERYWHERE
        keys |= changed
    return keys


def _rebased(before: _Layers, after: _Layers) -> set[LayerId]:
    """Ids of layers that are clipped to another one than before, and of the ones that they are or were clipped to.

    A group that lets its layers through is composed on its own while others are clipped to it.
    """
    old, new = _base_ids(before), _base_ids(after)
    moved = {layer_id for layer_id in old.keys() | new.keys() if old.get(layer_id) != new.get(layer_id)}
    bases = {ids[layer_id] for ids in (old, new) for layer_id in moved & ids.keys()}
    return moved | bases


def _base_ids(layers: _Layers) -> dict[LayerId, LayerId]:
    return {layer_id: base.id for layer_id, base in clipping_bases(layers).items()}


def _without_common_ends(before: _Layers, after: _Layers) -> tuple[_Layers, _Layers]:
    """Both lists without the very same layers that they begin and end with: an edit mostly touches one layer."""
    start, most = 0, min(len(before), len(after))
    while start < most and before[start] is after[start]:
        start += 1
    end = 0
    while end < most - start and before[-1 - end] is after[-1 - end]:
        end += 1
    return before[start : len(before) - end], after[start : len(after) - end]


def _moved(before: tuple[str, ...], after: tuple[str, ...]) -> set[str]:
    """Ids that were added, removed or moved; those on the longest common runs stayed."""
    if before == after:
        return set()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {layer_id for block in blocks for layer_id in before[block.a : block.a + block.size]}
    return (set(before) | set(after)) - stayed


def _changed_layer(before: Layer, after: Layer) -> set[TileKey] | None:
    if before is after:
        return set()
    if _properties(before) != _properties(after) or type(before) is not type(after):
        footprints = _footprint(before), _footprint(after)
        if footprints[0] is None or footprints[1] is None:
            return _EVERYWHERE
        return footprints[0] | footprints[1]
    keys = _changed_mask(before, after)
    if before.source is not None and after.source is not None:
        inner = before.source.changed_tiles(after.source)
    else:
        inner = _changed_among(before.children, after.children)
    return _EVERYWHERE if inner is None else keys | inner


def _properties(layer: Layer) -> tuple[object, ...]:
    return (
        layer.opacity,
        layer.blend_mode,
        layer.passes_through,
        layer.adjustment,
        layer.shown_mask is None,
        layer.shown_mask is not None and layer.shown_mask.default,
    )


def _changed_mask(before: Layer, after: Layer) -> set[TileKey]:
    old, new = before.shown_mask, after.shown_mask
    if old is None or new is None or old is new:
        return set()
    changed = old.changed_tiles(new)
    footprints = _footprint(before), _footprint(after)  # an adjustment reaches as far as its mask did, or does
    if footprints[0] is None or footprints[1] is None:
        return changed
    return changed & (footprints[0] | footprints[1])


def _footprint(layer: Layer) -> set[TileKey] | None:
    """Keys where a layer may change what is below it; ``None``: everywhere."""
    if layer.blend_mode in CLEARING_MODES and not layer.passes_through:
        return _EVERYWHERE
    if layer.source is not None:
        return layer.source.tile_keys()
    if layer.adjustment is not None:
        mask = layer.shown_mask
        return _EVERYWHERE if mask is None or mask.default else set(mask.tiles)
    keys: set[TileKey] = set()
    for child in layer.children:
        footprint = _footprint(child) if child.visible else set()
        if footprint is None:
            return _EVERYWHERE if layer.passes_through else layer.tile_keys()
        keys |= footprint
    return keys


def _content(layers: _Layers) -> set[TileKey] | None:
    """Keys of all tiles that some layers have content in; ``None`` if one of them has no edges."""
    parts = [layer.tile_keys() for layer in layers]
    known = [keys for keys in parts if keys is not None]
    return set(chain.from_iterable(known)) if len(known) == len(parts) else None
