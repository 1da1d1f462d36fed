"""Puts one document into another as a layer."""

from __future__ import annotations

from dataclasses import replace

from studio.document import Document, GroupLayer, Layer, add_layer, rasterised


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
