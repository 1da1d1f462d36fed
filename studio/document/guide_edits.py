"""Edits of the guides of a document. Each takes a document and returns a new one."""

from __future__ import annotations

from dataclasses import replace

from studio.document.document import Document
from studio.document.guides import MAX_GUIDES, Guide, GuideId
from studio.document.layer import LayerId
from studio.errors import SettingError


def add_guide(document: Document, guide: Guide) -> Document:
    """The document with one guide more, the last. Raises `SettingError` for more than `MAX_GUIDES`."""
    if len(document.guides) >= MAX_GUIDES:
        raise SettingError(
            "A picture cannot have more than {max_guides} control layers.", "Remove one first.", max_guides=MAX_GUIDES
        )
    return replace(document, guides=(*document.guides, guide))


def find_guide(document: Document, guide_id: GuideId) -> Guide:
    """The guide with this id; ``KeyError`` if there is none."""
    for guide in document.guides:
        if guide.id == guide_id:
            return guide
    raise KeyError(guide_id)


def with_guide(document: Document, guide: Guide) -> Document:
    """The document with ``guide`` in place of the one that has its id; ``KeyError`` if there is none."""
    find_guide(document, guide.id)
    return replace(document, guides=tuple(guide if each.id == guide.id else each for each in document.guides))


def remove_guide(document: Document, guide_id: GuideId) -> Document:
    """The document without a guide; ``KeyError`` if there is none with this id."""
    gone = find_guide(document, guide_id)
    return replace(document, guides=tuple(each for each in document.guides if each is not gone))


def guides_of_layer(document: Document, layer_id: LayerId) -> tuple[Guide, ...]:
    """The guides that look at a layer."""
    return tuple(guide for guide in document.guides if guide.layer_id == layer_id)
