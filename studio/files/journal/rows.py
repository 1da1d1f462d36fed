"""How documents lie in a journal: tables, and the structure of a document as JSON that names raster rows.

Reading trusts nothing: a value that the window could not live with is a ``ValueError`` here.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from studio.document import (
    BlendMode,
    Document,
    Label,
    Layer,
    LoopMode,
    Pixels,
    Raster,
    TileKey,
    Timeline,
    freeze,
)
from studio.document.tiles import TILE_SIZE
from studio.files.guides import guide_values, guides_from
from studio.files.journal.values import flag, number, optional_text, text, whole
from studio.files.layer_codecs.table import codec_of, journal_codec
from studio.files.pictures.fast_png import decode_png
from studio.files.regions import region_values, regions_from
from studio.files.ruling import ruling_from, ruling_values
from studio.files.untrusted.limits import MAX_GROUP_DEPTH
from studio.message import Message
from studio.text.untrusted import parse_json

VERSION: Final = 1

SCHEMA: Final = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE tile (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE raster (id INTEGER PRIMARY KEY, channels INTEGER NOT NULL, base INTEGER NOT NULL, tiles BLOB NOT NULL);
CREATE TABLE step (id INTEGER PRIMARY KEY, label TEXT NOT NULL, settings TEXT, merge_key TEXT,
                   created REAL NOT NULL, document TEXT NOT NULL, kind TEXT, icon TEXT, name TEXT);
CREATE TABLE line (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, steps TEXT NOT NULL);
"""
"""``raster.tiles`` is a run of (column, row, tile id); ``line.steps`` a JSON list of step ids."""

MAX_TILE: Final = 1 << 22
"""Furthest column or row of a tile: beyond, the window's 32 bits do not reach."""

_MAX_DEPTH: Final = 900
"""A group within a group is two levels deeper; Python's own parser ends at 1000."""

_NEWER_THAN_OLD_JOURNALS: Final = MappingProxyType(
    {"drawn_in": None, "mask_enabled": True, "alpha_locked": False, "clipped": False, "label": ""}
)
"""What journals of earlier releases do not say of a layer."""

_TILE_ENTRY: Final = struct.Struct("<iiq")
_PNG_SIZE: Final = struct.pack(">II", TILE_SIZE, TILE_SIZE)


def text_cell(text: str) -> str | bytes:
    """Any text as SQLite takes it: bytes where it is no Unicode, as file names may be."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def cell_text(cell: object) -> str:
    """The text of a cell again. Raises ``ValueError`` for what is none."""
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "surrogatepass")
    if not isinstance(cell, str):
        raise ValueError(f"{cell!r} is no text")
    return cell


def unpack_tile(data: bytes, channels: int) -> Pixels:
    """A tile of `encode_png`, read-only. Raises ``ValueError`` for damaged data."""
    if data[16:24] != _PNG_SIZE:  # before any memory is given to a picture of another size
        raise ValueError("a tile is no picture of its size")
    tile = decode_png(data)
    if tile.shape != Raster.tile_shape(channels):
        raise ValueError(f"a tile has the shape {tile.shape}")
    return freeze(tile)


def pack_tile_rows(rows: Mapping[TileKey, int]) -> bytes:
    """Tile keys with their row ids."""
    return b"".join(_TILE_ENTRY.pack(*key, row) for key, row in rows.items())


def unpack_tile_rows(data: bytes) -> dict[TileKey, int]:
    """The mapping again. Raises ``struct.error`` or ``ValueError`` for damaged data."""
    rows = {(column, row): tile for column, row, tile in _TILE_ENTRY.iter_unpack(data)}
    if any(abs(part) > MAX_TILE for key in rows for part in key):
        raise ValueError("a tile is too far away")
    return rows


def make_raster(channels: int, default: int, tiles: dict[TileKey, Pixels]) -> Raster:
    """A raster of tiles that are read-only already, shared as they are. Raises ``ValueError`` for one that is none."""
    if (channels, default) not in ((4, 0), (1, 0), (1, 255)):
        raise ValueError(f"there are no pixels with {channels!r} channels and {default!r} as default")
    return Raster(channels, default, MappingProxyType(tiles))


def document_json(document: Document, row_of: Callable[[Raster], int]) -> str:
    """The structure of a document; ``row_of`` gives the row of a raster (and stores it)."""
    return json.dumps(
        {
            "width": document.width,
            "height": document.height,
            "gamma": document.gamma,
            "active": document.active_id,
            "selected": row_of(document.selection),
            "selection": row_of(document.generation_mask),
            "layers": [_layer_values(layer, row_of) for layer in document.layers],
            "timeline": None if document.timeline is None else _timeline_values(document.timeline),
            "guides": guide_values(document),
            "regions": region_values(document),
            "ruling": ruling_values(document),
        }
    )


def document_from_json(text: str, raster_at: Callable[[int], Raster], note: Callable[[Message], object]) -> Document:
    """The document again; ``note`` is told of guides, regions and guide lines that are left out.

    Raises ``ValueError``, ``LookupError``, ``TypeError``, ``AttributeError``, ``RecursionError`` or `SettingError` for
    damaged text.
    """
    values = parse_json(text, max_depth=_MAX_DEPTH)
    layers = tuple(_layer(item, raster_at, depth=0) for item in values["layers"])
    document = Document(
        width=whole(values, "width"),
        height=whole(values, "height"),
        gamma=number(values, "gamma", 0.01, 100.0),
        active_id=optional_text(values, "active"),
        selection=_mask(raster_at(values["selected"])) if "selected" in values else Raster(channels=1),
        generation_mask=_mask(raster_at(values["selection"])),
        layers=layers,
        timeline=_timeline(values.get("timeline")),
    )
    # older journals have none
    guides, doubts = guides_from(values.get("guides", []), document.walk())
    regions, more = regions_from(values.get("regions", []), document.walk())
    ruling, unread = ruling_from(values.get("ruling"))
    for each in (*doubts, *more, *unread):
        note(each)
    ids = [layer.id for layer in document.walk()]
    if len(set(ids)) != len(ids):
        raise ValueError("two layers have one id")
    return replace(document, guides=guides, regions=regions, ruling=ruling)


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
    holds = {frame: whole(values["holds"], frame) for frame in values["holds"]}
    fps = number(values, "fps", 0.0, 1e6)
    return Timeline(group_id=text(values, "group"), fps=fps, loop=LoopMode(values["loop"]), holds=holds)


def _layer_values(layer: Layer, row_of: Callable[[Raster], int]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": layer.name,
        "id": layer.id,
        "visible": layer.visible,
        "locked": layer.locked,
        "alpha_locked": layer.alpha_locked,
        "clipped": layer.clipped,
        "label": layer.label.value,
        "opacity": layer.opacity,
        "blend_mode": layer.blend_mode.value,
        "mask": None if layer.mask is None else row_of(layer.mask),
        "mask_enabled": layer.mask_enabled,
        "settings": layer.settings,
        "drawn_in": None if layer.drawn_in is None else row_of(layer.drawn_in),
    }
    return values | codec_of(layer).journal_values(layer, _Writer(row_of))


def _layer(values: dict[str, Any], raster_at: Callable[[int], Raster], *, depth: int) -> Layer:
    if depth > MAX_GROUP_DEPTH:
        raise ValueError(f"there are more than {MAX_GROUP_DEPTH} groups within each other")
    values = {**_NEWER_THAN_OLD_JOURNALS, **values}
    drawn_in = values["drawn_in"]
    common: dict[str, Any] = {
        "name": text(values, "name"),
        "id": text(values, "id"),
        "visible": flag(values, "visible"),
        "locked": flag(values, "locked"),
        "alpha_locked": flag(values, "alpha_locked"),
        "clipped": flag(values, "clipped"),
        "label": Label(values["label"]),
        "opacity": number(values, "opacity", 0.0, 1.0),
        "settings": optional_text(values, "settings"),
        "blend_mode": BlendMode(values["blend_mode"]),
        "mask": None if values["mask"] is None else _mask(raster_at(values["mask"])),
        "mask_enabled": flag(values, "mask_enabled"),
        "drawn_in": None if drawn_in is None else _mask(raster_at(drawn_in)),
    }
    layer: Layer = journal_codec(values).from_journal(common, values, _Reader(raster_at, depth))
    return layer


@dataclass(frozen=True)
class _Writer:
    """What codecs of layers may use to write."""

    row: Callable[[Raster], int]

    def layers(self, layers: Iterable[Layer]) -> list[dict[str, Any]]:
        return [_layer_values(layer, self.row) for layer in layers]


@dataclass(frozen=True)
class _Reader:
    """What codecs of layers may use to read, ``depth`` groups deep."""

    raster_at: Callable[[int], Raster]
    depth: int

    def pixels(self, row: int) -> Raster:
        raster = self.raster_at(row)
        if raster.channels != 4:
            raise ValueError("the pixels of a layer have no colour")
        return raster

    def layers(self, items: Iterable[dict[str, Any]]) -> tuple[Layer, ...]:
        return tuple(_layer(item, self.raster_at, depth=self.depth + 1) for item in items)


def _mask(raster: Raster) -> Raster:
    if raster.channels != 1:
        raise ValueError("a mask has colour")
    return raster
