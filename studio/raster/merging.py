"""Layers made into one: merge down, flatten, apply a mask. Each function returns a new document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    Layer,
    LayerId,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    TileKey,
    add_layer,
    index_of,
    parent_of,
    remove_layer,
    replace_layer,
    tile_rect,
)
from studio.errors import SettingError
from studio.raster.blend import masked
from studio.raster.compose import compose, compose_layers


def merge_down(document: Document, layer_id: LayerId) -> Document:
    """Merge a layer or group into the paint layer below it, which keeps its name, id, opacity and blend mode.

    The picture stays as it is where the layer below is normal and fully opaque. Raises `SettingError` if there is no
    paint layer below in the same group.
    """
    upper = document.find(layer_id)
    siblings = _siblings(document, layer_id)
    position = index_of(document, layer_id)
    lower = siblings[position - 1] if position > 0 else None
    if not isinstance(lower, PaintLayer):
        raise SettingError(f"There is no paint layer below {upper.name!r}.", "Move the layer above a paint layer.")
    base = PaintLayer(name=lower.name, raster=lower.raster, mask=lower.mask)
    merged = flattened((base, upper), document.gamma)
    without = remove_layer(document, layer_id)
    return replace_layer(without, lower.id, raster=merged, mask=None).with_active(lower.id)


def merge_group(document: Document, layer_id: LayerId) -> Document:
    """Make a group one paint layer in its place, with the group's name, id, opacity, mask and blend mode."""
    group = document.find(layer_id)
    if not isinstance(group, GroupLayer):
        raise SettingError(f"{group.name!r} is not a group.", "Choose a group to merge.")
    merged = PaintLayer(
        name=group.name,
        id=group.id,
        visible=group.visible,
        opacity=group.opacity,
        blend_mode=group.blend_mode,
        mask=group.mask,
        settings=group.settings,
        raster=flattened(group.children, document.gamma),
    )
    position, parent = index_of(document, layer_id), parent_of(document, layer_id)
    return add_layer(remove_layer(document, layer_id), merged, parent=parent, index=position)


def flatten(document: Document, name: str = "Background") -> Document:
    """A document of one layer that looks the same; what was hidden or outside the canvas is gone."""
    layer = PaintLayer(name=name, raster=Raster.from_array(compose(document)))
    return replace(document, layers=(layer,), active_id=layer.id)


def apply_mask(document: Document, layer_id: LayerId) -> Document:
    """Multiply a paint layer's pixels by its mask and drop the mask; raises `SettingError` if there is none."""
    layer = document.find(layer_id)
    if not isinstance(layer, PaintLayer):
        raise SettingError(f"{layer.name!r} is a group; its mask cannot be applied.", "Merge the group first.")
    if layer.mask is None:
        raise SettingError(f"The layer {layer.name!r} has no mask.", "Add a mask first.")
    changed: dict[TileKey, Pixels | None] = {}
    for key, tile in layer.raster.tiles.items():
        pixels = masked(tile, layer.mask.read(tile_rect(key)))
        changed[key] = pixels if pixels.any() else None
    return replace_layer(document, layer_id, raster=layer.raster.with_tiles(changed), mask=None)


def flattened(layers: Sequence[Layer], gamma: float = 1.0) -> Raster:
    """Layers, from the bottom to the top, composed into one raster, also outside the canvas."""
    box = Rect(0, 0, 0, 0)
    for layer in layers:
        box = box.united(_tile_bounds(layer))
    if box.is_empty:
        return Raster()
    return Raster.from_array(compose_layers(tuple(layers), box, gamma=gamma), box.x, box.y)


def is_plain(layer: Layer) -> bool:
    """Whether a layer is a visible, normal, opaque paint layer without a mask: its pixels are what is seen."""
    if not isinstance(layer, PaintLayer) or layer.mask is not None:
        return False
    return layer.visible and layer.opacity >= 1 and layer.blend_mode is BlendMode.NORMAL


def _tile_bounds(layer: Layer) -> Rect:
    if isinstance(layer, PaintLayer):
        return layer.raster.tile_bounds()
    box = Rect(0, 0, 0, 0)
    for child in layer.children:
        box = box.united(_tile_bounds(child))
    return box


def _siblings(document: Document, layer_id: LayerId) -> tuple[Layer, ...]:
    parent = parent_of(document, layer_id)
    group = None if parent is None else document.find(parent)
    return group.children if isinstance(group, GroupLayer) else document.layers
