"""Geometry of documents: crop, canvas size, image size, flip and quarter turns; a layer can be moved.

Each function takes a document and returns a new one; layer pixels beyond the canvas are moved along and kept, unless
said otherwise. Layer masks and the generation mask follow the pixels. ``KeyError`` is raised when a layer id is not in
the document.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Literal

import numpy as np

from studio.document import Document, LayerId, Origin, Raster, Rect, Ruling, TileKey, tile_rect, with_layer
from studio.errors import SettingError
from studio.raster.resample import Resampling, resize_raster

_Change = Callable[[Raster], Raster]
Axis = Literal["horizontal", "vertical"]
QuarterTurns = Literal[1, 2, 3]
Watch = Callable[[float], object]
"""Hears the share that is done, 0..1, and may raise `Cancelled`."""


def _unwatched(_share: float) -> None:
    """For whom nobody waits."""


def crop(document: Document, rect: Rect, *, keep_outside: bool = False) -> Document:
    """Make ``rect`` the canvas. What lies outside it is cut off all layers, unless ``keep_outside``.

    Raises `SettingError` for an empty rectangle.
    """
    if rect.is_empty:
        raise SettingError("The crop rectangle is empty.", "Draw a rectangle that covers part of the canvas.")
    canvas = Rect(0, 0, rect.width, rect.height)

    def change(raster: Raster) -> Raster:
        moved = raster.translated(-rect.x, -rect.y)
        return moved if keep_outside else cut(moved, canvas)

    ruling = document.ruling.moved(-rect.x, -rect.y).within(rect.width, rect.height)
    after = _changed(document, change, rect.width, rect.height)
    return replace(after, origin=document.origin.moved(rect.x, rect.y), ruling=ruling)


def resize_image(
    document: Document,
    width: int,
    height: int,
    how: Resampling = Resampling.LANCZOS,
    watch: Watch = _unwatched,
) -> Document:
    """Scale the picture and its canvas to ``width`` x ``height`` pixels."""
    checked = replace(document, width=width, height=height)  # refuses impossible sizes before any work
    scale_x, scale_y = width / document.width, height / document.height
    if (scale_x, scale_y) == (1.0, 1.0):
        return checked
    canvas = document.canvas
    scaled = _changed(
        document, lambda raster: resize_raster(raster, scale_x, scale_y, how, canvas), width, height, watch
    )
    return replace(scaled, ruling=document.ruling.scaled(scale_x, scale_y))


def flip(document: Document, axis: Axis) -> Document:
    """Mirror the whole picture: "horizontal" swaps left and right, "vertical" top and bottom."""
    canvas, is_across = document.canvas, axis == "horizontal"
    mirrored = _changed(document, lambda raster: flipped(raster, axis, canvas), document.width, document.height)
    sides = (document.width, None) if is_across else (None, document.height)
    return replace(mirrored, ruling=document.ruling.mirrored(*sides))


def rotate(document: Document, turns: QuarterTurns) -> Document:
    """Turn the whole picture clockwise by ``turns`` quarters."""
    canvas = document.canvas
    width, height = (document.width, document.height) if turns == 2 else (document.height, document.width)
    rotated = _changed(document, lambda raster: turned(raster, turns, canvas), width, height)
    return replace(rotated, ruling=_turned_ruling(document, turns))


def move_layer_pixels(document: Document, layer_id: LayerId, dx: int, dy: int) -> Document:
    """Move one layer or group, with its masks, by whole pixels."""
    return _changed_layer(document, layer_id, lambda raster: raster.translated(dx, dy))


def move_layer_around(document: Document, layer_id: LayerId, dx: int, dy: int) -> Document:
    """The same where the canvas goes on at its other side: what leaves it comes in there. What lies outside stays."""
    canvas = document.canvas

    def change(raster: Raster) -> Raster:
        return raster.with_array(np.roll(raster.read(canvas), (dy, dx), axis=(0, 1)), canvas.x, canvas.y)

    return _changed_layer(document, layer_id, change)


def cut(raster: Raster, rect: Rect) -> Raster:
    """A raster without what lies outside ``rect``; tiles wholly inside stay the same objects.

    A mask that shows by default goes on showing outside.
    """
    inside = set(rect.tile_keys())
    empty = Raster(raster.channels, raster.default)
    kept = empty.with_tiles({key: tile for key, tile in raster.tiles.items() if key in inside})
    box = kept.tile_bounds()
    part = box.intersected(rect)
    if part == box:
        return kept
    border = _border_keys(rect, part) & kept.tiles.keys()
    whole = {key: tile for key, tile in kept.tiles.items() if key not in border}
    trimmed = empty.with_tiles(whole)
    for key in border:
        piece = tile_rect(key).intersected(rect)
        trimmed = trimmed.with_array(kept.read(piece), piece.x, piece.y)
    return trimmed


def flipped(raster: Raster, axis: Axis, about: Rect) -> Raster:
    """A raster mirrored about the middle of a rectangle."""
    box = raster.tile_bounds()
    if box.is_empty:
        return raster
    pixels = raster.read(box)
    x, y = box.x, box.y
    if axis == "horizontal":
        pixels, x = pixels[:, ::-1], about.x + about.right - box.right
    else:
        pixels, y = pixels[::-1], about.y + about.bottom - box.bottom
    return Raster(raster.channels, raster.default).with_array(pixels, x, y)


def turned(raster: Raster, turns: QuarterTurns, canvas: Rect) -> Raster:
    """A raster turned clockwise by quarters together with a canvas at (0, 0)."""
    box = raster.tile_bounds()
    if box.is_empty:
        return raster
    x, y = {
        1: (canvas.height - box.bottom, box.x),
        2: (canvas.width - box.right, canvas.height - box.bottom),
        3: (box.y, canvas.width - box.right),
    }[turns]
    return Raster(raster.channels, raster.default).with_array(np.rot90(raster.read(box), -turns), x, y)


def _turned_ruling(document: Document, turns: QuarterTurns) -> Ruling:
    if turns == 2:
        return document.ruling.mirrored(document.width, document.height)
    across = document.ruling.transposed()
    return across.mirrored(document.height, None) if turns == 1 else across.mirrored(None, document.width)


def _border_keys(rect: Rect, part: Rect) -> set[TileKey]:
    """Keys of the tiles that the border of ``rect`` cuts through, within ``part``."""
    return {key for key in part.tile_keys() if tile_rect(key).intersected(rect) != tile_rect(key)}


def _changed(document: Document, change: _Change, width: int, height: int, watch: Watch = _unwatched) -> Document:
    """A document with every raster changed; rasters that were shared stay shared."""
    rasters = list({id(raster): raster for raster in document.rasters()}.values())
    known: dict[int, Raster] = {}
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        try:
            for raster, after in zip(rasters, threads.map(change, rasters), strict=True):
                known[id(raster)] = after
                watch(len(known) / len(rasters))
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise

    def once(raster: Raster) -> Raster:
        return known[id(raster)] if id(raster) in known else change(raster)

    return replace(document.map_rasters(once), width=width, height=height, origin=Origin())


def _changed_layer(document: Document, layer_id: LayerId, change: _Change) -> Document:
    return with_layer(document, document.find(layer_id).map_rasters(change))
