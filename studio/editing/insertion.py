"""Puts one document into another as a layer."""

from __future__ import annotations

from dataclasses import replace

from studio.document import Document, GroupLayer, Layer, PaintLayer, add_layer, new_layer_id


def with_inserted(document: Document, inserted: Document, name: str) -> Document:
    """``document`` with the layers of ``inserted`` as one layer or group called ``name``, centred on its canvas."""
    dx = (document.width - inserted.width) // 2
    dy = (document.height - inserted.height) // 2
    layers = tuple(_moved(layer, dx, dy) for layer in inserted.layers)
    if len(layers) == 1:
        layer: Layer = replace(layers[0], name=name)
    else:
        layer = GroupLayer(name=name, children=layers)
    return add_layer(document, layer, above=document.active_id if document.active_layer is not None else None)


def _moved(layer: Layer, dx: int, dy: int) -> Layer:
    """A copy with a fresh id, since the same file may be inserted twice."""
    mask = None if layer.mask is None else layer.mask.translated(dx, dy)
    if isinstance(layer, PaintLayer):
        return replace(layer, id=new_layer_id(), mask=mask, raster=layer.raster.translated(dx, dy))
    children = tuple(_moved(child, dx, dy) for child in layer.children)
    return replace(layer, id=new_layer_id(), mask=mask, children=children)
