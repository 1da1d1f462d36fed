"""Guide lines and the grid as JSON values, in journals and in OpenRaster files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from studio.document import MAX_CELL, MAX_LINES, MAX_SIDE, Document, Grid, Ruling
from studio.files.journal.values import number
from studio.message import Message


def ruling_values(document: Document) -> dict[str, Any] | None:
    """The guide lines and the grid of a document; ``None`` for those of a new picture."""
    ruling = document.ruling
    if ruling == Ruling():
        return None
    return {"upright": ruling.upright, "level": ruling.level, "grid": asdict(ruling.grid)}


def ruling_from(values: Any) -> tuple[Ruling, tuple[Message, ...]]:
    """Both again, and what is to be said if they cannot be read, which leaves a picture without any."""
    if values is None:
        return Ruling(), ()
    try:
        return Ruling(upright=_places(values["upright"]), level=_places(values["level"]), grid=_grid(values)), ()
    except (ValueError, LookupError, TypeError, OverflowError):
        return Ruling(), (Message("The guide lines in the file could not be read and were left out."),)


def _grid(values: Mapping[str, Any]) -> Grid:
    grid = values["grid"]
    return Grid(
        width=_whole(grid, "width", 1, MAX_CELL),
        height=_whole(grid, "height", 1, MAX_CELL),
        x=_whole(grid, "x", -MAX_SIDE, MAX_SIDE),
        y=_whole(grid, "y", -MAX_SIDE, MAX_SIDE),
    )


def _places(items: Any) -> tuple[int, ...]:
    if not isinstance(items, list) or len(items) > MAX_LINES:
        raise ValueError("these are no places of lines")
    return tuple(_whole({"place": item}, "place", -MAX_SIDE, MAX_SIDE) for item in items)


def _whole(values: Mapping[str, Any], name: str, low: int, high: int) -> int:
    return round(number(values, name, low, high))
