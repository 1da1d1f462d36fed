"""A filter's way through a document: a layer's pixels out, the filtered ones back in, inside the selection only."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from studio.document import Document, Layer, LayerId, Pixels, Rect, replace_layer
from studio.errors import SettingError
from studio.raster.convert import premultiply, unpremultiply
from studio.raster.selecting import mixed

CONTEXT: Final = 256
"""Pixels around the selection that a filter sees as well, so that a blur knows what it draws from."""
PREVIEW_PIXELS: Final = 2_000_000
"""Most pixels that a filter is tried out on."""
MAX_PIXELS: Final = 400_000_000
"""Most pixels that a filter is given at once."""


def filter_layer(document: Document, layer_id: LayerId, run: Callable[[Pixels], Pixels]) -> Document:
    """The document with one paint layer filtered, inside the selection if there is one.

    ``run`` maps uint8 ``(h, w, 4)`` straight RGBA to the same shape. Pixels outside the selection stay bit-exact;
    half selected ones become a mixture; locked transparency stays as it is. Without a change the same document comes
    back. Raises `SettingError` for a group or a layer too large, and what ``run`` raises.
    """
    layer = document.find(layer_id)
    source = layer.raster
    if source is None:
        raise SettingError(*layer.kind.no_pixels, name=layer.name)
    rect = filtered_area(document, layer)
    if rect.is_empty:
        return document
    before = source.read(rect)
    after = premultiply(_transparent_as(layer, before, run(unpremultiply(before))))
    if document.edit_limit is not None:
        after = mixed(before, after, document.edit_limit.read(rect))
    raster = source.with_array(after, rect.x, rect.y)
    if not source.changed_tiles(raster):
        return document
    return replace_layer(document, layer_id, raster=raster)


@dataclass(frozen=True, eq=False)
class PreviewInput:
    """What a filter is given to be tried out: ``pixels`` as for `filter_layer`, with sides divided by ``factor``."""

    area: Rect
    pixels: Pixels
    factor: int


def preview_input(document: Document, layer_id: LayerId) -> PreviewInput | None:
    """The pixels to try a filter on, made smaller where they are more than `PREVIEW_PIXELS`; ``None`` if none."""
    layer = document.find(layer_id)
    area = filtered_area(document, layer)
    if layer.raster is None or area.is_empty:
        return None
    pixels = layer.raster.read(area)
    factor = math.ceil(math.sqrt(area.width * area.height / PREVIEW_PIXELS))
    if factor > 1:
        size = max(1, area.width // factor), max(1, area.height // factor)
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return PreviewInput(area, unpremultiply(pixels), factor)


def with_preview(
    document: Document, layer_id: LayerId, given: PreviewInput, after: Pixels, *, is_split: bool
) -> Document:
    """The document with what a filter made of ``given``, for looking at. ``is_split`` keeps the canvas's left half."""
    layer = document.find(layer_id)
    if layer.raster is None:
        return document
    area = given.area
    before = layer.raster.read(area)
    if given.factor > 1:
        pixels = cv2.resize(premultiply(after), (area.width, area.height), interpolation=cv2.INTER_LINEAR)
        after = unpremultiply(pixels.astype(np.uint8))
    pixels = premultiply(_transparent_as(layer, before, after))
    if document.edit_limit is not None:
        pixels = mixed(before, pixels, document.edit_limit.read(area))
    if is_split:
        shown = area.intersected(document.canvas)
        middle = max(0, shown.x + shown.width // 2 - area.x)
        pixels[:, :middle] = before[:, :middle]
    return replace_layer(document, layer_id, raster=layer.raster.with_array(pixels, area.x, area.y))


def filtered_area(document: Document, layer: Layer) -> Rect:
    """What a filter is given: the canvas with all of the layer, or what lies around the selection of it.

    Empty where the layer is or has no pixels of its own, or where the selection leaves nothing of the canvas.
    """
    painted = Rect(0, 0, 0, 0) if layer.raster is None else layer.raster.bounds()
    if painted.is_empty:
        return painted
    area = document.canvas.united(painted)
    if document.edit_limit is not None:
        area = document.edit_limit.bounds().intersected(document.canvas)
        area = area if area.is_empty else area.expanded(CONTEXT).intersected(document.canvas.united(painted))
    if area.width * area.height > MAX_PIXELS:
        raise SettingError(
            '"{layer}" is too large to be filtered at once.',
            "Select a part of it, or crop it to the canvas.",
            layer=layer.name,
        )
    return area


def _transparent_as(layer: Layer, before: Pixels, after: Pixels) -> Pixels:
    """Straight pixels with the alpha of ``before`` if the layer's transparency is locked."""
    if not layer.alpha_locked:
        return after
    kept = after.copy()
    kept[..., 3] = before[..., 3]
    return kept
