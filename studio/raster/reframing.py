"""A canvas with other edges: what lies beyond the old ones becomes the generation mask."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.document import Document, Layer, Pixels, Raster, Rect, filled_mask, tile_rect
from studio.errors import SettingError
from studio.raster.compose import compose
from studio.raster.limits import MaskMode
from studio.raster.masks import combine
from studio.raster.transform import crop


def reframed(document: Document, frame: Rect) -> Document:
    """Make ``frame`` the canvas; layers keep what lies outside.

    What is new of the canvas, and not painted already, becomes the generation mask; where nothing is, the mask only
    follows the picture. `SettingError` for a frame that leaves nothing of the picture, or that is too large.
    """
    if frame.intersected(document.canvas).is_empty:
        raise SettingError("These edges leave nothing of the picture.", "Move them so that a part of it stays inside.")
    replace(document, width=frame.width, height=frame.height)  # refuses impossible sizes before any work
    after = crop(document, frame, keep_outside=True)
    old = document.canvas
    new = _new_area(after, Rect(old.x - frame.x, old.y - frame.y, old.width, old.height))
    return after.with_generation_mask(new) if new.tiles else after


def _new_area(document: Document, old: Rect) -> Raster:
    """The mask of what lies on the canvas, but not in ``old``, and is not painted all over."""
    area = combine(filled_mask(document.canvas), filled_mask(old.intersected(document.canvas)), MaskMode.SUBTRACT)
    pictures = replace(document, layers=tuple(_without_fills(layer) for layer in document.layers))
    leaves = (layer for layer in pictures.walk() if layer.visible and not layer.is_group)
    painted = {key for layer in leaves for key in layer.tile_keys() or ()}
    return area.with_tiles({key: _unpainted(pictures, area.tiles[key], key) for key in painted & area.tiles.keys()})


def _unpainted(document: Document, area: Pixels, key: tuple[int, int]) -> Pixels | None:
    """A tile of the mask without what is painted, which need not be drawn; ``None`` where nothing is left."""
    part = tile_rect(key).intersected(document.canvas)
    alpha = np.zeros_like(area)
    y, x = part.y - tile_rect(key).y, part.x - tile_rect(key).x
    alpha[y : y + part.height, x : x + part.width] = compose(document, part)[..., 3]
    left = np.minimum(area, 255 - alpha)
    return left if left.any() else None


def _without_fills(layer: Layer) -> Layer:
    """A layer with all that is endless in it hidden: that says nothing of what is painted."""
    if layer.children:
        return layer.with_children(tuple(_without_fills(child) for child in layer.children))
    return replace(layer, visible=False) if layer.tile_keys() is None else layer
