"""The document model: a picture is a frozen value over immutable tiles. No Qt, no torch."""

from studio.document.document import MAX_SIDE, Document, canvas_tiles, rasters
from studio.document.edit import (
    add_layer,
    duplicate_layer,
    group_layers,
    index_of,
    move_layer,
    new_document,
    parent_of,
    remove_layer,
    replace_layer,
    ungroup,
)
from studio.document.fill import filled_mask, filled_raster
from studio.document.layers import BlendMode, GroupLayer, Layer, LayerId, PaintLayer, new_layer_id
from studio.document.tiles import TILE_SIZE, Pixels, Raster, Rect, TileKey, freeze, tile_rect

__all__ = [
    "MAX_SIDE",
    "TILE_SIZE",
    "BlendMode",
    "Document",
    "GroupLayer",
    "Layer",
    "LayerId",
    "PaintLayer",
    "Pixels",
    "Raster",
    "Rect",
    "TileKey",
    "add_layer",
    "canvas_tiles",
    "duplicate_layer",
    "filled_mask",
    "filled_raster",
    "freeze",
    "group_layers",
    "index_of",
    "move_layer",
    "new_document",
    "new_layer_id",
    "parent_of",
    "rasters",
    "remove_layer",
    "replace_layer",
    "tile_rect",
    "ungroup",
]
