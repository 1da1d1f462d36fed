"""Regions as JSON values, in journals and in OpenRaster files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from studio.document import MAX_REGIONS, Document, Layer, LayerId, Region
from studio.errors import SettingError
from studio.files.journal.values import flag, text
from studio.message import Message


def region_values(document: Document) -> list[dict[str, Any]]:
    """The regions of a document."""
    return [
        {
            "layer": region.layer_id,
            "prompt": region.prompt,
            "negative_prompt": region.negative_prompt,
            "enabled": region.enabled,
        }
        for region in document.regions
    ]


def regions_from(items: Any, layers: Iterable[Layer]) -> tuple[tuple[Region, ...], tuple[Message, ...]]:
    """The regions again, and what is to be said of those that cannot be read, which are left out.

    ``layers`` are those of the document, whose names are said. Of two for one layer the first counts.
    """
    if not isinstance(items, list):
        return (), (Message("The regions in the file could not be read."),)
    names = {layer.id: layer.name for layer in layers}
    regions, notes = dict[LayerId, Region](), list[Message]()
    for place, item in enumerate(items[:MAX_REGIONS]):
        try:
            region = _region(item)
        except (ValueError, LookupError, TypeError, SettingError):
            notes.append(_left_out(item, place, names))
            continue
        regions.setdefault(region.layer_id, region)
    if len(items) > MAX_REGIONS:
        notes.append(Message("A picture has {most} regions at most; the others were left out.", most=MAX_REGIONS))
    return tuple(regions.values()), tuple(notes)


def _left_out(item: Any, place: int, names: Mapping[LayerId, str]) -> Message:
    """What is said of a region that cannot be read: by its layer, as far as that can."""
    layer = item.get("layer") if isinstance(item, Mapping) else None
    if isinstance(layer, str) and layer in names:
        return Message("The region of the layer {layer!r} could not be read and was left out.", layer=names[layer])
    return Message("Region {number} in the file could not be read and was left out.", number=place + 1)


def _region(values: Mapping[str, Any]) -> Region:
    return Region(
        layer_id=text(values, "layer"),
        prompt=text(values, "prompt"),
        negative_prompt=text(values, "negative_prompt"),
        enabled=flag(values, "enabled"),
    )
