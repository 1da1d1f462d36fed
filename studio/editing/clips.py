"""Cutting pixels out of a document, and putting such a cut-out in as a layer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from studio.document import Document, PaintLayer, Pixels, Raster, Rect, replace_layer
from studio.editing import refusals
from studio.editing.layer_edits import insert_above_active
from studio.history import StepKind
from studio.raster.selecting import lifted, scaled

CUT: Final = StepKind("edit.cut", "Cut", "cut")
CLEAR: Final = StepKind("edit.clear", "Clear", "trash")
PASTE: Final = StepKind("edit.paste", "Paste", "paste")


@dataclass(frozen=True, eq=False)
class Clip:
    """A cut-out: uint8 ``(h, w, 4)`` premultiplied RGBA whose top left lies at (x, y) of the canvas."""

    pixels: Pixels
    x: int
    y: int


def copy_layer(document: Document) -> Clip | None:
    """What is selected of the active paint layer (all of it without a selection); ``None`` when that is nothing."""
    layer = document.active_paint_layer
    if layer is None:
        return None
    area = _area(document, layer.raster.bounds())
    return None if area.is_empty else Clip(_masked(layer.raster.read(area), document, area), area.x, area.y)


def copy_merged(document: Document) -> Clip | None:
    """What is seen of what is selected (all of it without a selection)."""
    from studio.raster.compose import compose  # not needed for the first window

    area = _area(document, document.canvas)
    return None if area.is_empty else Clip(_masked(compose(document, area), document, area), area.x, area.y)


def cleared(document: Document) -> Document:
    """Without what is selected of the active paint layer's pixels (without all of them, if nothing is).

    Raises `SettingError` for a layer whose transparency is locked.
    """
    layer = document.active_paint_layer
    if layer is None or layer.locked or not layer.raster.tiles:
        return document
    if layer.alpha_locked:
        raise refusals.alpha_locked(layer)
    stays, taken = lifted(layer.raster, document.edit_limit)
    return replace_layer(document, layer.id, raster=stays) if taken.tiles else document


def with_pasted(document: Document, clip: Clip, name: str) -> Document:
    """With the clip as a new layer above the active one."""
    layer = PaintLayer(name=name, raster=Raster.from_array(clip.pixels, clip.x, clip.y))
    return insert_above_active(document, layer)


def centred(clip: Clip, canvas: Rect) -> Clip:
    """The same pixels in the middle of the canvas."""
    height, width = clip.pixels.shape[:2]
    return replace(clip, x=canvas.x + (canvas.width - width) // 2, y=canvas.y + (canvas.height - height) // 2)


def _area(document: Document, bounds: Rect) -> Rect:
    area = bounds.intersected(document.canvas)
    return area if document.edit_limit is None else area.intersected(document.edit_limit.bounds())


def _masked(pixels: Pixels, document: Document, area: Rect) -> Pixels:
    return pixels if document.edit_limit is None else scaled(pixels, document.edit_limit.read(area))
