"""Edits of the layer tree. Each takes a document and returns a new one that shares all it can.

``KeyError`` is raised when a layer id is not in the document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from studio.document.document import Document
from studio.document.fill import filled_raster
from studio.document.group_layer import GroupLayer
from studio.document.layer import Layer, LayerId
from studio.document.paint_layer import PaintLayer
from studio.document.tiles import Raster, Rect

_Siblings = tuple[Layer, ...]


def new_document(width: int, height: int, *, background: tuple[int, int, int] | None = (255, 255, 255)) -> Document:
    """A document with a filled "Background" layer (or none) and an empty active layer above it."""
    layers: list[Layer] = []
    if background is not None:
        r, g, b = background
        layers.append(PaintLayer(name="Background", raster=filled_raster(width, height, (r, g, b, 255))))
    top = PaintLayer(name="Layer 1")
    layers.append(top)
    return Document(width=width, height=height, layers=tuple(layers), active_id=top.id)


def replace_layer(document: Document, layer_id: LayerId, **changes: Any) -> Document:
    """Change fields of one layer: ``replace_layer(doc, id, name="Sky", opacity=0.5)``."""
    return _edit(document, layer_id, lambda layer: (replace(layer, **changes),))


def with_layer(document: Document, layer: Layer) -> Document:
    """The document with ``layer`` in place of the one that has its id."""
    return _edit(document, layer.id, lambda _: (layer,))


def rasterised(layer: Layer, canvas: Rect) -> Layer:
    """The layer with pixels of its own in place of any other source: a paint layer that covers at least the canvas.

    Layers that have pixels, and groups, come back as they are, with what lies in them rasterised.
    """
    if layer.source is None:
        return layer.with_children(tuple(rasterised(child, canvas) for child in layer.children))
    if layer.raster is not None:
        return layer
    common = {field.name: getattr(layer, field.name) for field in fields(Layer)}
    return PaintLayer(**common, raster=layer.source.within(canvas))


def carried_over(before: Document, after: Document, current: Document, layer_id: LayerId) -> Document | None:
    """``current`` with the pixels that a layer got between ``before`` and ``after``; itself if those are the same.

    ``None`` if the layer is gone or has other pixels by now.
    """
    old, new, now = (_raster(document, layer_id) for document in (before, after, current))
    if old is None or new is None or now is not old:
        return None
    return current if new is old else replace_layer(current, layer_id, raster=new)


def add_layer(
    document: Document, layer: Layer, *, above: LayerId | None = None, parent: LayerId | None = None, index: int = -1
) -> Document:
    """Insert a layer and make it active.

    With ``above`` it goes directly above that layer, in the same group. Otherwise it goes into group
    ``parent`` (``None``: the top level) at ``index`` counted from the bottom; -1 is the top.
    """
    if above is not None:
        changed = _edit(document, above, lambda below: (below, layer))
    elif parent is not None:
        group = document.find(parent)
        if not group.is_group:
            raise KeyError(parent)
        changed = replace_layer(document, parent, children=_inserted(group.children, layer, index))
    else:
        changed = replace(document, layers=_inserted(document.layers, layer, index))
    return replace(changed, active_id=layer.id)


def remove_layer(document: Document, layer_id: LayerId) -> Document:
    """Take a layer out; the neighbour below (else above, else the group) becomes active."""
    siblings, position = siblings_of(document, layer_id), index_of(document, layer_id)
    changed = _edit(document, layer_id, lambda _: ())
    if document.active_id is not None and any(item.id == document.active_id for item in changed.walk()):
        return changed
    if position > 0:
        active: LayerId | None = siblings[position - 1].id
    elif len(siblings) > 1:
        active = siblings[1].id
    else:
        active = parent_of(document, layer_id)
    return replace(changed, active_id=active)


def duplicate_layer(document: Document, layer_id: LayerId, name: str) -> Document:
    """Put a copy with fresh ids directly above, called ``name``, and make it active."""
    copy = replace(document.find(layer_id).with_fresh_ids(), name=name)
    return add_layer(document, copy, above=layer_id)


def move_layer(document: Document, layer_id: LayerId, parent: LayerId | None, index: int) -> Document:
    """Move a layer into group ``parent`` (``None``: the top level).

    ``index`` is its position from the bottom among the siblings that are there without it; -1 is the top.
    Raises ``ValueError`` when a group would go into itself.
    """
    layer = document.find(layer_id)
    if parent is not None and any(item.id == parent for item in layer.walk()):
        raise ValueError("a group cannot go into itself")
    without = _edit(document, layer_id, lambda _: ())
    return replace(add_layer(without, layer, parent=parent, index=index), active_id=document.active_id)


def group_layers(document: Document, layer_ids: tuple[LayerId, ...], name: str) -> Document:
    """Put layers into a new group at the place of the topmost of them and make the group active.

    Only siblings of the first id are taken; others are left where they are.
    """
    siblings = siblings_of(document, layer_ids[0])
    chosen = tuple(layer for layer in siblings if layer.id in layer_ids)
    group = GroupLayer(name=name, children=chosen)
    grouped: list[Layer] = []
    for layer in siblings:
        if layer is chosen[-1]:
            grouped.append(group)
        elif layer not in chosen:
            grouped.append(layer)
    parent = parent_of(document, layer_ids[0])
    if parent is None:
        changed = replace(document, layers=tuple(grouped))
    else:
        changed = replace_layer(document, parent, children=tuple(grouped))
    return replace(changed, active_id=group.id)


def ungroup(document: Document, layer_id: LayerId) -> Document:
    """Replace a group by its children; ``KeyError`` if it is not a group."""
    group = document.find(layer_id)
    if not group.is_group:
        raise KeyError(layer_id)
    changed = _edit(document, layer_id, lambda _: group.children)
    return replace(changed, active_id=group.children[-1].id if group.children else None)


def parent_of(document: Document, layer_id: LayerId) -> LayerId | None:
    """The id of the group that holds a layer, or ``None`` at the top level."""
    for layer in document.walk():
        if any(child.id == layer_id for child in layer.children):
            return layer.id
    document.find(layer_id)
    return None


def index_of(document: Document, layer_id: LayerId) -> int:
    """The position of a layer among its siblings, from the bottom."""
    return next(i for i, layer in enumerate(siblings_of(document, layer_id)) if layer.id == layer_id)


def siblings_of(document: Document, layer_id: LayerId) -> tuple[Layer, ...]:
    """The layers of the group (or the top level) that holds a layer, from the bottom to the top."""
    parent = parent_of(document, layer_id)
    return document.layers if parent is None else document.find(parent).children


def _raster(document: Document, layer_id: LayerId) -> Raster | None:
    return next((layer.raster for layer in document.walk() if layer.id == layer_id), None)


def _inserted(siblings: _Siblings, layer: Layer, index: int) -> _Siblings:
    position = len(siblings) if index < 0 else min(index, len(siblings))
    return (*siblings[:position], layer, *siblings[position:])


def _edit(document: Document, layer_id: LayerId, change: Callable[[Layer], _Siblings]) -> Document:
    layers, found = _edit_siblings(document.layers, layer_id, change)
    if not found:
        raise KeyError(layer_id)
    return replace(document, layers=layers)


def _edit_siblings(
    siblings: _Siblings, layer_id: LayerId, change: Callable[[Layer], _Siblings]
) -> tuple[_Siblings, bool]:
    for position, layer in enumerate(siblings):
        if layer.id == layer_id:
            return (*siblings[:position], *change(layer), *siblings[position + 1 :]), True
        if layer.children:
            children, found = _edit_siblings(layer.children, layer_id, change)
            if found:
                group = layer.with_children(children)
                return (*siblings[:position], group, *siblings[position + 1 :]), True
    return siblings, False
