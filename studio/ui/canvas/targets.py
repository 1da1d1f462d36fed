"""What a stroke paints on: a layer's pixels, a layer's mask, or the generation mask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Protocol

from PySide6.QtCore import QCoreApplication

from studio.document import (
    Document,
    Layer,
    LayerId,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    add_to_frame,
    clipping_base,
    frames,
    parent_of,
    replace_layer,
    tile_rect,
)
from studio.editing import refusals
from studio.editing.layer_edits import numbered_name
from studio.ui.style.translation import layer_names
from studio.ui.widgets.notice_bar import error_text

translate = QCoreApplication.translate


class Target(Protocol):
    """A raster inside a document."""

    def raster(self, document: Document) -> Raster | None:
        """The raster as it stands in ``document``; ``None`` if it is gone."""
        ...

    def with_raster(self, document: Document, raster: Raster) -> Document:
        """The document with the raster replaced."""
        ...

    def keeps_alpha(self, document: Document) -> bool:
        """Whether its pixels stay as transparent as they are, whatever is painted on them."""
        ...


@dataclass(frozen=True)
class LayerPixels:
    """The pixels of a paint layer."""

    layer_id: LayerId

    def raster(self, document: Document) -> Raster | None:
        layer = _find(document, self.layer_id)
        return None if layer is None else layer.raster

    def with_raster(self, document: Document, raster: Raster) -> Document:
        return replace_layer(document, self.layer_id, raster=raster)

    def keeps_alpha(self, document: Document) -> bool:
        layer = _find(document, self.layer_id)
        return layer is not None and layer.alpha_locked


@dataclass(frozen=True, eq=False)
class NewLayerAbove:
    """A paint layer that comes into the document, directly above another one, with what is painted on it."""

    below: LayerId
    layer: PaintLayer

    def raster(self, document: Document) -> Raster | None:
        return None if _find(document, self.below) is None else self.layer.raster

    def with_raster(self, document: Document, raster: Raster) -> Document:
        layer = replace(self.layer, raster=raster)
        if any(frame.id == self.below for frame in frames(document)):
            return add_to_frame(document, layer, self.below)
        return add_layer(document, layer, above=self.below)

    def keeps_alpha(self, _document: Document) -> bool:
        return False


@dataclass(frozen=True)
class LayerMask:
    """The mask of a layer or group."""

    layer_id: LayerId

    def raster(self, document: Document) -> Raster | None:
        layer = _find(document, self.layer_id)
        return None if layer is None else layer.mask

    def with_raster(self, document: Document, raster: Raster) -> Document:
        return replace_layer(document, self.layer_id, mask=raster)

    def keeps_alpha(self, _document: Document) -> bool:
        return False


@dataclass(frozen=True)
class GenerationMask:
    """The document's generation mask."""

    def raster(self, document: Document) -> Raster | None:
        return document.generation_mask

    def with_raster(self, document: Document, raster: Raster) -> Document:
        return document.with_generation_mask(raster)

    def keeps_alpha(self, _document: Document) -> bool:
        return False


@dataclass(frozen=True)
class Selection:
    """The document's selection."""

    def raster(self, document: Document) -> Raster | None:
        return document.selection

    def with_raster(self, document: Document, raster: Raster) -> Document:
        return document.with_selection(raster)

    def keeps_alpha(self, _document: Document) -> bool:
        return False


PixelTarget = LayerPixels | NewLayerAbove

EditTarget = Literal["pixels", "mask"]
"""What brush, eraser and fill change of the active layer."""


def edit_target(document: Document, kind: EditTarget) -> LayerPixels | LayerMask | str:
    """The active layer's pixels or mask, or the translated reason why they cannot be painted on."""
    return layer_mask(document) if kind == "mask" else layer_pixels(document)


def paint_target(document: Document, kind: EditTarget) -> PixelTarget | LayerMask | str:
    """As `edit_target`, for what adds paint: that of a masked result goes to a new layer above it.

    The mask of a result shows just what was drawn; on the same layer it would hide paint beyond, and paint would
    spoil what the model drew. Once the mask shows all, is switched off, applied or deleted, the layer itself is
    painted on.
    """
    target = edit_target(document, kind)
    if not isinstance(target, LayerPixels):
        return target
    layer = document.find(target.layer_id)
    if layer.settings is None or _shows_all(layer, document.canvas):
        return target
    return NewLayerAbove(layer.id, PaintLayer(name=numbered_name(document, layer_names().layer)))


def erase_target(document: Document, kind: EditTarget) -> LayerPixels | LayerMask | str:
    """As `edit_target`, for what takes paint away: not from a layer whose transparency is locked."""
    target = edit_target(document, kind)
    if isinstance(target, str) or not target.keeps_alpha(document):
        return target
    return error_text(refusals.alpha_locked(document.find(target.layer_id)))


def _shows_all(layer: Layer, canvas: Rect) -> bool:
    """Whether a layer's mask, if any, hides nothing on the canvas."""
    mask = layer.shown_mask
    if mask is None:
        return True
    keys = set(canvas.tile_keys())
    if mask.default != 255 and not keys <= mask.tiles.keys():
        return False
    parts = (tile_rect(key).intersected(canvas) for key in keys & mask.tiles.keys())
    return all(bool((mask.read(part) == 255).all()) for part in parts)


def hidden_there(document: Document, target: Target, area: Rect) -> str | None:
    """Says (translated) what hides all of ``area`` of the layer painted on, if something does: its mask, its base."""
    if not isinstance(target, LayerPixels):
        return None
    layer, area = document.find(target.layer_id), area.intersected(document.canvas)
    mask, base = layer.shown_mask, clipping_base(document, layer)
    if mask is not None and not mask.read(area).any():
        return translate(
            "CanvasView",
            'The mask of "{name}" hides what you painted. Paint on a new layer, or change the mask in the Layers '
            "panel.",
        ).format(name=layer.name)
    if base is not None and not _covers_any(base, area):
        return translate(
            "CanvasView",
            '"{name}" is clipped to "{base}", which is empty here: what you painted is not seen. Unclip it with '
            "Layer > Clip to Layer Below.",
        ).format(name=layer.name, base=base.name)
    return None


def _covers_any(layer: Layer, area: Rect) -> bool:
    from studio.raster.coverage import coverage  # composition: not needed for the first window

    return bool(coverage(layer, area).any())


def changed_nothing(document: Document, target: Target) -> str | None:
    """Says (translated) why a stroke on nothing but transparent pixels left no trace, if they are to stay so."""
    if not isinstance(target, LayerPixels) or not target.keeps_alpha(document):
        return None
    return translate(
        "CanvasView",
        'The transparency of "{name}" is locked: only what is painted already takes on another colour. '
        "Unlock it with Layer > Alpha Lock.",
    ).format(name=document.find(target.layer_id).name)


def is_outside(clip: Raster | None, area: Rect) -> bool:
    """Whether a mask that limits painting leaves nothing of ``area``."""
    return clip is not None and not clip.read(area).any()


def outside_selection_remark() -> str:
    """Says (translated) why paint outside the selection changed nothing."""
    return translate("CanvasView", "This is outside the selection. Deselect (Select menu) to paint everywhere.")


def outside_mask_remark() -> str:
    """Says (translated) why paint outside the generation mask changed nothing."""
    return translate(
        "CanvasView",
        'This is outside the mask, and "Inside the mask only" is on above the canvas. Switch it off to paint here.',
    )


def nothing_left_remark() -> str:
    """Says (translated) that a change of the selection left nothing selected."""
    return translate("CanvasView", "Nothing is selected any more: edits act on the whole picture again.")


def new_layer_remark(document: Document, target: NewLayerAbove) -> str:
    """Says (translated) where paint over a result went, and why."""
    return translate(
        "CanvasView",
        'This is on the new layer "{layer}": the mask of "{name}" would hide it. '
        "To paint on the result, apply its mask first.",
    ).format(layer=target.layer.name, name=document.find(target.below).name)


def layer_pixels(document: Document) -> LayerPixels | str:
    """The active layer's pixels, or the translated reason why they cannot be painted on."""
    layer = document.active_layer
    reason = _obstacle(document, layer)
    if reason is not None:
        return reason
    assert layer is not None
    if layer.raster is None:
        return error_text(refusals.no_pixels(layer))
    return LayerPixels(layer.id)


def layer_mask(document: Document) -> LayerMask | str:
    """The active layer's mask, or the translated reason why it cannot be painted on."""
    layer = document.active_layer
    reason = _obstacle(document, layer)
    if reason is not None:
        return reason
    if layer is None or layer.mask is None:
        return translate("CanvasView", "This layer has no mask. Add a mask to it in the Layers panel.")
    return LayerMask(layer.id)


def movable_layer(document: Document) -> Layer | str:
    """The active layer or group, or the translated reason why it cannot be moved."""
    layer = document.active_layer
    reason = _obstacle(document, layer)
    if reason is not None or layer is None:
        return reason or ""
    if any(item.locked for item in layer.children):
        return translate(
            "CanvasView", "A layer in this group is locked. Unlock it in the Layers panel to move the group."
        )
    if not layer.can_move:
        return translate("CanvasView", '"{name}" covers the whole canvas: there is nothing to move.').format(
            name=layer.name
        )
    return layer


def _obstacle(document: Document, layer: Layer | None) -> str | None:
    if layer is None:
        return translate("CanvasView", "No layer is selected. Select a layer in the Layers panel, or add one.")
    for item in _with_parents(document, layer):
        if item.locked:
            return translate("CanvasView", '"{name}" is locked. Unlock it in the Layers panel to change it.').format(
                name=item.name
            )
        if not item.visible:
            return translate("CanvasView", '"{name}" is hidden. Show it in the Layers panel to change it.').format(
                name=item.name
            )
        base = clipping_base(document, item)
        if base is not None and not base.visible:
            return translate(
                "CanvasView", '"{name}" is clipped to "{base}", which is hidden. Show that in the Layers panel.'
            ).format(name=item.name, base=base.name)
    return None


def _with_parents(document: Document, layer: Layer) -> list[Layer]:
    chain = [layer]
    parent = parent_of(document, layer.id)
    while parent is not None:
        chain.append(document.find(parent))
        parent = parent_of(document, parent)
    return chain


def _find(document: Document, layer_id: LayerId) -> Layer | None:
    try:
        return document.find(layer_id)
    except KeyError:
        return None
