"""Layers made into one: merge down, flatten, apply a mask. Each function returns a new document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.document import (
    BlendMode,
    Document,
    Layer,
    LayerId,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    Run,
    TileKey,
    add_layer,
    index_of,
    parent_of,
    remove_layer,
    replace_layer,
    runs,
    siblings_of,
    tile_rect,
)
from studio.errors import SettingError
from studio.raster.blend import masked
from studio.raster.compose import compose, compose_layers


def merge_down(document: Document, layer_id: LayerId) -> Document:
    """Merge a layer or group into the one below it in the same group, and make the result active.

    The result is a paint layer with the lower one's name, id, blend mode and settings; masks and opacities become part
    of its pixels, and so does what is clipped to the upper one. The picture stays as it is where the lower layer is
    normal and opaque. All must be visible. Raises `SettingError` if there is nothing below.
    """
    upper, *clipped = run_from(document, layer_id)
    position = index_of(document, layer_id)
    if position == 0:
        raise SettingError("There is no layer below {layer!r}.", "Move the layer above another one.", layer=upper.name)
    lower = siblings_of(document, layer_id)[position - 1]
    merged = PaintLayer(
        name=lower.name,
        id=lower.id,
        blend_mode=lower.blend_mode,
        alpha_locked=lower.alpha_locked,
        clipped=lower.clipped,
        raster=flattened((replace(lower, blend_mode=BlendMode.NORMAL), upper, *clipped), document),
        settings=lower.settings,
    )
    parent = parent_of(document, layer_id)
    without = document
    for layer in (lower, upper, *clipped):
        without = remove_layer(without, layer.id)
    return add_layer(without, merged, parent=parent, index=position - 1).with_active(lower.id)


def merge_visible(document: Document, name: str) -> Document:
    """A document in which all that is seen is one new, active layer, in the place of the topmost layer that is seen.

    What is hidden stays, also in groups that are seen. A document with a single plain layer that is seen comes back as
    it is.
    """
    every = tuple(runs(document.layers))
    seen = [run for run in every if run[0].visible]  # a hidden base hides what is clipped to it
    shown = [layer for run in seen for layer in run if layer.visible]
    if not shown or (len(shown) == 1 and is_plain(shown[0])):
        return document
    merged = PaintLayer(name=name, raster=flattened(shown, document))
    left: list[Layer] = []
    for run in every:
        left += _hidden_of(run)
        if run is seen[-1]:
            left.append(merged)
    return replace(document, layers=tuple(left), active_id=merged.id)


def _hidden_of(run: Run) -> list[Layer]:
    """What is not seen of a layer and of those clipped to it; these stand for themselves where their base is seen."""
    if not run[0].visible:
        return list(run)
    left = [_hidden_part(layer) for layer in run]
    return [replace(layer, clipped=False) for layer in left if layer is not None]


def _hidden_part(layer: Layer) -> Layer | None:
    """A hidden layer, or a group with the hidden ones in it; ``None`` where all is seen."""
    if not layer.visible:
        return layer
    inner = tuple(each for run in runs(layer.children) for each in _hidden_of(run))
    return layer.with_children(inner) if inner else None


def run_from(document: Document, layer_id: LayerId) -> Run:
    """A layer, and those that are clipped to it."""
    layer = document.find(layer_id)
    found = (run for run in runs(siblings_of(document, layer_id)) if run[0].id == layer_id)
    return next(found, (layer,))


def visible_copy(document: Document, name: str) -> PaintLayer:
    """A new layer that holds everything that is seen on the canvas."""
    return PaintLayer(name=name, raster=Raster.from_array(compose(document)))


def flatten(document: Document, name: str = "Background") -> Document:
    """A document of one layer that looks the same; what was hidden or outside the canvas is gone.

    A document of one plain layer comes back as it is.
    """
    if len(document.layers) == 1 and is_plain(document.layers[0]):
        return document
    layer = visible_copy(document, name)
    return replace(document, layers=(layer,), active_id=layer.id)


def apply_mask(document: Document, layer_id: LayerId) -> Document:
    """Multiply a paint layer's pixels by its mask and drop the mask; raises `SettingError` if there is none."""
    layer = document.find(layer_id)
    if layer.raster is None:
        raise SettingError(
            "The mask of {layer!r} cannot be applied: it has no pixels.", "Merge it first.", layer=layer.name
        )
    if layer.mask is None:
        raise SettingError("The layer {layer!r} has no mask.", "Add a mask first.", layer=layer.name)
    changed: dict[TileKey, Pixels | None] = {}
    for key, tile in layer.raster.tiles.items():
        pixels = masked(tile, layer.mask.read(tile_rect(key)))
        changed[key] = pixels if pixels.any() else None
    return replace_layer(document, layer_id, raster=layer.raster.with_tiles(changed), mask=None, mask_enabled=True)


def flattened(layers: Sequence[Layer], document: Document) -> Raster:
    """Layers of a document, from the bottom to the top, composed into one raster, also outside the canvas.

    A layer without edges covers the canvas, or all that the others cover, if that is more.
    """
    box = Rect(0, 0, 0, 0)
    for layer in layers:
        keys = layer.tile_keys()
        for part in (document.canvas,) if keys is None else map(tile_rect, keys):
            box = box.united(part)
    if box.is_empty:
        return Raster()
    return Raster.from_array(
        compose_layers(tuple(layers), box, gamma=document.gamma, canvas=document.canvas), box.x, box.y
    )


def is_plain(layer: Layer) -> bool:
    """Whether a layer is a visible, normal, opaque one with pixels and without a mask: its pixels are what is seen."""
    if layer.raster is None or layer.mask is not None:
        return False
    return layer.visible and layer.opacity >= 1 and layer.blend_mode is BlendMode.NORMAL
