"""Guides as JSON values, in journals and in OpenRaster files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from studio.document import (
    MAX_GUIDES,
    MAX_STRENGTH,
    Document,
    Guide,
    GuideId,
    GuideValue,
    Layer,
    LayerId,
    new_guide_id,
)
from studio.errors import SettingError
from studio.files.journal.values import flag, number, optional_text, text
from studio.message import Message

_MOST_VALUES: Final = 64
_LONGEST_SHOWN: Final = 40
_BROKEN: Final = (ValueError, LookupError, TypeError, SettingError)


def guide_values(document: Document) -> list[dict[str, Any]]:
    """The guides of a document."""
    return [
        {
            "id": guide.id,
            "kind": guide.kind,
            "layer": guide.layer_id,
            "region": guide.region_id,
            "enabled": guide.enabled,
            "strength": guide.strength,
            "start": guide.start,
            "end": guide.end,
            "network": guide.network,
            "from_picture": guide.from_picture,
            "values": dict(guide.values),
        }
        for guide in document.guides
    ]


def guides_from(items: Any, layers: Iterable[Layer]) -> tuple[tuple[Guide, ...], tuple[Message, ...]]:
    """The guides again, and what is to be said of those that cannot be read, which are left out.

    ``layers`` are those of the document, whose names are said.
    """
    if not isinstance(items, list):
        return (), (Message("The control layers in the file could not be read."),)
    names = {layer.id: layer.name for layer in layers}
    guides, notes = dict[GuideId, Guide](), list[Message]()
    for place, item in enumerate(items[:MAX_GUIDES]):
        try:
            guide = _guide(item)
        except _BROKEN:
            notes.append(_left_out(item, place, names))
            continue
        guide = replace(guide, id=new_guide_id()) if guide.id in guides else guide
        guides[guide.id] = guide
    if len(items) > MAX_GUIDES:
        notes.append(Message("A picture has {most} control layers at most; the others were left out.", most=MAX_GUIDES))
    return tuple(guides.values()), tuple(notes)


def _left_out(item: Any, place: int, names: Mapping[LayerId, str]) -> Message:
    """What is said of a guide that cannot be read: by its kind and layer, as far as these can."""
    kind, layer = (item.get(key) if isinstance(item, Mapping) else None for key in ("kind", "layer"))
    if isinstance(kind, str) and isinstance(layer, str) and layer in names:
        return Message(
            "The control layer {layer!r} ({kind}) could not be read and was left out.",
            layer=names[layer],
            kind=kind[:_LONGEST_SHOWN],
        )
    return Message("Control layer {number} in the file could not be read and was left out.", number=place + 1)


def _guide(values: Mapping[str, Any]) -> Guide:
    """A guide. Raises one of `_BROKEN` for what is none."""
    return Guide(
        id=text(values, "id"),
        kind=text(values, "kind"),
        layer_id=optional_text(values, "layer"),
        region_id=optional_text({"region": None, **values}, "region"),  # older files have none
        enabled=flag(values, "enabled"),
        strength=number(values, "strength", 0.0, MAX_STRENGTH),
        start=number(values, "start", 0.0, 1.0),
        end=number(values, "end", 0.0, 1.0),
        network=text(values, "network"),
        from_picture=flag(values, "from_picture"),
        values=_own_values(values["values"]),
    )


def _own_values(values: Any) -> dict[str, GuideValue]:
    if not isinstance(values, dict) or len(values) > _MOST_VALUES:
        raise ValueError("the values of a guide are none")
    if not all(isinstance(value, str | int | float | bool) for value in values.values()):
        raise ValueError("a value of a guide is no plain one")
    return values
