"""Edits of a document that the Layers panel and the Layer menu offer. No Qt widgets, no session.

``KeyError`` is raised for a layer that is not in the document, `SettingError` where an edit makes no sense.
Composition is imported where it is used: the window must open before it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from studio.document import (
    Document,
    Layer,
    LayerId,
    Raster,
    add_layer,
    duplicate_layer,
    frames,
    index_of,
    move_layer,
    parent_of,
    remove_layer,
    replace_layer,
    siblings_of,
)
from studio.editing import refusals


def numbered_name(document: Document, pattern: str) -> str:
    """``pattern`` ("Layer {number}") with the first number above all that layers of this pattern have."""
    before, after = pattern.split("{number}")
    shape = re.compile(re.escape(before) + r"(\d+)" + re.escape(after))
    used = [int(found.group(1)) for layer in document.walk() if (found := shape.fullmatch(layer.name))]
    return pattern.format(number=max(used, default=0) + 1)


def insert_above_active(document: Document, layer: Layer) -> Document:
    """Add a layer above the active one (on top if there is none) and make it active.

    Between a layer and what is clipped to it, it is clipped as well.
    """
    active = document.active_layer
    if active is None:
        return add_layer(document, layer)
    above = siblings_of(document, active.id)[index_of(document, active.id) + 1 :][:1]
    return add_layer(document, replace(layer, clipped=any(each.clipped for each in above)), above=active.id)


def topmost_only(document: Document, layer_ids: Iterable[LayerId]) -> tuple[LayerId, ...]:
    """The given layers from the bottom to the top, without those inside a group that is also given."""
    chosen = set(layer_ids)
    kept: list[LayerId] = []

    def visit(layers: Sequence[Layer]) -> None:
        for layer in layers:
            if layer.id in chosen:
                kept.append(layer.id)
            else:
                visit(layer.children)

    visit(document.layers)
    return tuple(kept)


def without_layers(document: Document, layer_ids: Iterable[LayerId]) -> Document:
    """Remove layers; `SettingError` names the first that is locked."""
    chosen = topmost_only(document, layer_ids)
    for layer_id in chosen:
        refuse_locked(document.find(layer_id))
    for layer_id in reversed(chosen):
        document = remove_layer(document, layer_id)
    return document


def with_copies(document: Document, layer_ids: Iterable[LayerId], pattern: str) -> Document:
    """Put a copy of each layer directly above it; ``pattern`` ("{name} copy") names the copies."""
    for layer_id in topmost_only(document, layer_ids):
        document = duplicate_layer(document, layer_id, pattern.format(name=document.find(layer_id).name))
    return document


def moved_layers(
    document: Document, layer_ids: Iterable[LayerId], parent: LayerId | None, below: LayerId | None
) -> Document:
    """Move layers into group ``parent`` (``None``: the top level), keeping their order.

    They go directly below the sibling ``below``; ``None`` puts them on top of that group.
    The same document comes back when nothing moves; ``ValueError`` if a group would go into itself.
    """
    moved = document
    for layer_id in topmost_only(document, layer_ids):
        index = -1 if below is None else _index_without(moved, below, layer_id)
        moved = move_layer(moved, layer_id, parent, index)
    return document if _outline(moved) == _outline(document) else moved


def shifted_layer(document: Document, layer_id: LayerId, steps: int) -> Document:
    """Move a layer up (positive) or down among its siblings, as far as they go."""
    parent = parent_of(document, layer_id)
    position = index_of(document, layer_id)
    target = max(0, min(len(siblings_of(document, layer_id)) - 1, position + steps))
    return document if target == position else move_layer(document, layer_id, parent, target)


def with_clipped(document: Document, layer_ids: Iterable[LayerId], clipped: bool) -> Document:
    """Clip layers to the one below them, or to none; `SettingError` names the first of which that makes no sense."""
    for layer_id in layer_ids:
        layer = document.find(layer_id)
        if layer.clipped == clipped:
            continue
        if clipped and not has_base(document, layer_id):
            raise refusals.nothing_to_clip_to(layer)
        if clipped and any(frame.id == layer_id for frame in frames(document)):
            raise refusals.frame_not_clipped(layer)
        document = replace_layer(document, layer_id, clipped=clipped)
    return document


def has_base(document: Document, layer_id: LayerId) -> bool:
    """Whether there is a layer that another one could be clipped to."""
    below = siblings_of(document, layer_id)[: index_of(document, layer_id)]
    bases = [layer for layer in below if not layer.clipped]
    return bool(bases) and bases[-1].adjustment is None


def merged_down(document: Document, layer_id: LayerId) -> Document:
    """Merge a layer into the one below it; see `studio.raster.merging.merge_down`."""
    from studio.raster import merging

    siblings = siblings_of(document, layer_id)
    position = index_of(document, layer_id)
    if position == 0:
        raise refusals.nothing_below()
    if siblings[position - 1].adjustment is not None:
        raise refusals.nothing_to_merge_into(siblings[position - 1])
    for layer in (siblings[position - 1], *merging.run_from(document, layer_id)):
        refuse_locked(layer)
        if not layer.visible:
            raise refusals.hidden(layer)
    return merging.merge_down(document, layer_id)


def merged_visible(document: Document, name: str) -> Document:
    """Merge all that is seen; see `studio.raster.merging.merge_visible`. `SettingError` names one that is locked."""
    from studio.raster import merging

    shown = [layer for layer in document.layers if layer.visible]
    if not shown:
        raise refusals.nothing_visible()
    for layer in shown:
        for each in layer.walk():
            refuse_locked(each)
    return merging.merge_visible(document, name)


def with_visible_copy(document: Document, name: str) -> Document:
    """Put everything that is seen into a new layer on top."""
    from studio.raster import merging

    return add_layer(document, merging.visible_copy(document, name))


def with_applied_mask(document: Document, layer_id: LayerId) -> Document:
    """Multiply a paint layer's pixels by its mask, and drop the mask."""
    from studio.raster import merging

    layer = document.find(layer_id)
    refuse_locked(layer)
    if layer.raster is None:
        raise refusals.no_pixels(layer)
    if layer.mask is None:
        raise refusals.no_layer_mask(layer)
    return merging.apply_mask(document, layer_id)


def with_inverted_mask(document: Document, layer_id: LayerId) -> Document:
    """Turn what is selected of a layer's mask inside out; without a selection all of it, also beyond the canvas."""
    from studio.raster.selecting import kept_within

    layer = document.find(layer_id)
    refuse_locked(layer)
    mask = layer.mask
    if mask is None:
        raise refusals.no_layer_mask(layer)
    tiles = {key: 255 - tile for key, tile in mask.tiles.items()}
    inverted = Raster(channels=1, default=255 - mask.default).with_tiles(tiles)
    return replace_layer(document, layer_id, mask=kept_within(mask, inverted, document.edit_limit))


def refuse_locked(layer: Layer) -> None:
    """Raise `SettingError` for a locked layer."""
    if layer.locked:
        raise refusals.locked(layer)


def _index_without(document: Document, below: LayerId, moving: LayerId) -> int:
    """The index from the bottom of ``below`` among its siblings that are there without ``moving``."""
    siblings = [layer.id for layer in siblings_of(document, below) if layer.id != moving]
    return siblings.index(below)


def _outline(document: Document) -> list[tuple[LayerId, LayerId | None]]:
    return [(layer.id, parent_of(document, layer.id)) for layer in document.walk()]
