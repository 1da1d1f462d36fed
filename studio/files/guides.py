"""Guides as JSON values, in journals and in OpenRaster files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from studio.document import MAX_GUIDES, MAX_STRENGTH, Document, Guide, GuideValue
from studio.files.journal.values import flag, number, optional_text, text

_MOST_VALUES: Final = 64


def guide_values(document: Document) -> list[dict[str, Any]]:
    """The guides of a document."""
    return [
        {
            "id": guide.id,
            "kind": guide.kind,
            "layer": guide.layer_id,
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


def guides_from(items: Any) -> tuple[Guide, ...]:
    """The guides again.

    Raises ``ValueError``, ``LookupError``, ``TypeError`` or `SettingError` for what cannot be guides.
    """
    guides = tuple(_guide(item) for item in _listed(items, MAX_GUIDES))
    if len({guide.id for guide in guides}) != len(guides):
        raise ValueError("two guides have one id")
    return guides


def _guide(values: Mapping[str, Any]) -> Guide:
    return Guide(
        id=text(values, "id"),
        kind=text(values, "kind"),
        layer_id=optional_text(values, "layer"),
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


def _listed(items: Any, most: int) -> list[Any]:
    if not isinstance(items, list) or len(items) > most:
        raise ValueError(f"there are no more than {most} in a list")
    return items
