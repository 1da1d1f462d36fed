"""Puts one document, or layers of it, into another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from studio.document import Document, GroupLayer, Layer, LayerId, add_layer, rasterised
from studio.editing.layer_edits import topmost_only


def with_inserted(document: Document, inserted: Document, name: str) -> Document:
    """``document`` with the layers of ``inserted`` as one layer or group called ``name``, centred on its canvas."""
    dx = (document.width - inserted.width) // 2
    dy = (document.height - inserted.height) // 2
    bounded = replace(inserted, layers=tuple(rasterised(layer, inserted.canvas) for layer in inserted.layers))
    moved = bounded.map_rasters(lambda raster: raster.translated(dx, dy))
    layers = tuple(layer.with_fresh_ids() for layer in moved.layers)  # the same file may be inserted twice
    if len(layers) == 1:
        layer: Layer = replace(layers[0], name=name)
    else:
        layer = GroupLayer(name=name, children=layers)
    return add_layer(document, layer, above=document.active_id if document.active_layer is not None else None)


def overhangs(document: Document) -> bool:
    """Whether the active layer is larger than the canvas, in one direction at least."""
    layer = document.active_layer
    box = document.canvas if layer is None else layer.bounds()
    return box.width > document.width or box.height > document.height


def with_copied(
    document: Document, source: Document, layer_ids: Iterable[LayerId], *, parent: LayerId | None, index: int
) -> Document:
    """``document`` with copies of layers of another one in group ``parent`` at ``index`` counted from the bottom.

    They keep their place on a canvas of the same size, and to the middle of another.
    """
    dx = (document.width - source.width) // 2
    dy = (document.height - source.height) // 2
    for shift, layer_id in enumerate(topmost_only(source, layer_ids)):
        copy = source.find(layer_id).with_fresh_ids().map_rasters(lambda raster: raster.translated(dx, dy))
        document = add_layer(document, copy, parent=parent, index=index + shift)
    return document
