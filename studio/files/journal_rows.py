"""How documents lie in a journal: tables, and the structure of a document as JSON that names raster rows."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    Layer,
    LoopMode,
    PaintLayer,
    Pixels,
    Raster,
    TileKey,
    Timeline,
    freeze,
)
from studio.files.fast_png import decode_png
from studio.untrusted_text import parse_json

VERSION: Final = 1

SCHEMA: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE tile (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE raster (id INTEGER PRIMARY KEY, channels INTEGER NOT NULL, base INTEGER NOT NULL, tiles BLOB NOT NULL);
CREATE TABLE step (id INTEGER PRIMARY KEY, label TEXT NOT NULL, settings TEXT, merge_key TEXT,
                   created REAL NOT NULL, document TEXT NOT NULL);
CREATE TABLE line (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, steps TEXT NOT NULL);
"""
"""``raster.tiles`` is a run of (column, row, tile id); ``line.steps`` a JSON list of step ids."""

_MAX_DEPTH: Final = 900
"""A group within a group is two levels deeper; Python's own parser ends at 1000."""

_TILE_ENTRY: Final = struct.Struct("<iiq")


def unpack_tile(data: bytes, channels: int) -> Pixels:
    """A tile of `encode_png`, read-only. Raises ``ValueError`` for damaged data."""
    tile = decode_png(data)
    if tile.shape != Raster.tile_shape(channels):
        raise ValueError(f"a tile has the shape {tile.shape}")
    return freeze(tile)


def pack_tile_rows(rows: Mapping[TileKey, int]) -> bytes:
    """Tile keys with their row ids."""
    return b"".join(_TILE_ENTRY.pack(*key, row) for key, row in rows.items())


def unpack_tile_rows(data: bytes) -> dict[TileKey, int]:
    """The mapping again. Raises ``struct.error`` for damaged data."""
    return {(column, row): tile for column, row, tile in _TILE_ENTRY.iter_unpack(data)}


def make_raster(channels: int, default: int, tiles: dict[TileKey, Pixels]) -> Raster:
    """A raster of tiles that are read-only already, shared as they are."""
    return Raster(channels, default, MappingProxyType(tiles))


def document_json(document: Document, row_of: Callable[[Raster], int]) -> str:
    """The structure of a document; ``row_of`` gives the row of a raster (and stores it)."""
    return json.dumps(
        {
            "width": document.width,
            "height": document.height,
            "gamma": document.gamma,
            "active": document.active_id,
            "selection": row_of(document.selection),
            "layers": [_layer_values(layer, row_of) for layer in document.layers],
            "timeline": None if document.timeline is None else _timeline_values(document.timeline),
        }
    )


def document_from_json(text: str, raster_at: Callable[[int], Raster]) -> Document:
    """The document again. Raises ``ValueError``, ``LookupError`` or ``TypeError`` for damaged text."""
    values = parse_json(text, max_depth=_MAX_DEPTH)
    return Document(
        width=values["width"],
        height=values["height"],
        gamma=values["gamma"],
        active_id=values["active"],
        selection=raster_at(values["selection"]),
        layers=tuple(_layer(item, raster_at) for item in values["layers"]),
        timeline=_timeline(values.get("timeline")),
    )


def _timeline_values(timeline: Timeline) -> dict[str, Any]:
    return {
        "group": timeline.group_id,
        "fps": timeline.fps,
        "loop": timeline.loop.value,
        "holds": dict(timeline.holds),
    }


def _timeline(values: dict[str, Any] | None) -> Timeline | None:
    """The timeline of a document; journals of before there were timelines have none."""
    if values is None:
        return None
    return Timeline(group_id=values["group"], fps=values["fps"], loop=LoopMode(values["loop"]), holds=values["holds"])


def _layer_values(layer: Layer, row_of: Callable[[Raster], int]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": layer.name,
        "id": layer.id,
        "visible": layer.visible,
        "locked": layer.locked,
        "opacity": layer.opacity,
        "blend_mode": layer.blend_mode.value,
        "mask": None if layer.mask is None else row_of(layer.mask),
        "settings": layer.settings,
    }
    if isinstance(layer, PaintLayer):
        return {**values, "raster": row_of(layer.raster)}
    children = [_layer_values(child, row_of) for child in layer.children]
    return {**values, "children": children, "isolated": layer.isolated}


def _layer(values: dict[str, Any], raster_at: Callable[[int], Raster]) -> Layer:
    common = {key: values[key] for key in ("name", "id", "visible", "locked", "opacity", "settings")}
    common["blend_mode"] = BlendMode(values["blend_mode"])
    common["mask"] = None if values["mask"] is None else raster_at(values["mask"])
    if "children" in values:
        children = tuple(_layer(item, raster_at) for item in values["children"])
        return GroupLayer(**common, children=children, isolated=values["isolated"])
    return PaintLayer(**common, raster=raster_at(values["raster"]))
