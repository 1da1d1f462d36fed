"""Edits of the regions of a document. Each takes a document and returns a new one."""

from __future__ import annotations

from dataclasses import replace

from studio.document.document import Document
from studio.document.layer import LayerId
from studio.document.regions import MAX_REGIONS, Region
from studio.errors import SettingError


def region_of(document: Document, layer_id: LayerId) -> Region | None:
    """The region that a layer is, or ``None``."""
    return next((region for region in document.regions if region.layer_id == layer_id), None)


def with_region(document: Document, region: Region) -> Document:
    """The document with a region, in place of the one that its layer was if it was one, else as the last.

    Raises `SettingError` for more than `MAX_REGIONS`.
    """
    if region_of(document, region.layer_id) is not None:
        changed = tuple(region if each.layer_id == region.layer_id else each for each in document.regions)
        return replace(document, regions=changed)
    if len(document.regions) >= MAX_REGIONS:
        raise SettingError("A picture cannot have more than {most} regions.", "Remove one first.", most=MAX_REGIONS)
    return replace(document, regions=(*document.regions, region))


def remove_region(document: Document, layer_id: LayerId) -> Document:
    """The document where a layer is no region any more; control layers of the region are felt everywhere then."""
    regions = tuple(each for each in document.regions if each.layer_id != layer_id)
    guides = (replace(each, region_id=None) if each.region_id == layer_id else each for each in document.guides)
    return replace(document, regions=regions, guides=tuple(guides))
