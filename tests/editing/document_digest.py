"""One short text that tells pictures apart: two documents that hold the same have the same, whatever their ids."""

from __future__ import annotations

import hashlib

from studio.document import Document, Layer, Raster, Rect


def digest(document: Document) -> str:
    """The digest of everything that is kept of a picture: layers, masks, every pixel."""
    places = {layer.id: place for place, layer in enumerate(document.walk())}
    seen = hashlib.blake2b(digest_size=16)
    active = -1 if document.active_id is None else places.get(document.active_id, -1)
    size = (document.width, document.height, document.gamma)
    seen.update(repr((size, active, document.ruling, _named(document, places), _timeline(document, places))).encode())
    for raster in (document.selection, document.generation_mask):
        _add_raster(seen, raster)
    for layer in document.walk():
        seen.update(repr(_attributes(layer)).encode())
        for own in (layer.mask, layer.raster):
            if own is None:
                seen.update(b"none")
            else:
                _add_raster(seen, own)
    return seen.hexdigest()


def _named(document: Document, places: dict[str, int]) -> list[tuple[object, ...]]:
    """Regions and guides of the layers that are there."""
    regions = [(places.get(each.layer_id, -1), each.prompt, each.enabled) for each in document.regions]
    guides = [(places.get(each.layer_id or "", -1), each.kind, each.strength) for each in document.guides]
    return [*regions, *guides]


def _timeline(document: Document, places: dict[str, int]) -> tuple[object, ...]:
    timeline = document.timeline
    if timeline is None:
        return ()
    holds = sorted((places[frame], hold) for frame, hold in timeline.holds.items() if frame in places)
    return places.get(timeline.group_id), timeline.fps, timeline.loop, holds


def _attributes(layer: Layer) -> tuple[object, ...]:
    flags = layer.visible, layer.locked, layer.alpha_locked, layer.clipped, layer.mask_enabled, layer.passes_through
    shown = str(layer.label), layer.opacity, str(layer.blend_mode), layer.color, layer.adjustment
    return layer.kind.id, layer.name, len(layer.children), flags, shown, layer.settings


def _add_raster(seen: hashlib.blake2b, raster: Raster) -> None:
    """Pixels that differ from the default, and where they are; how they lie in tiles is no matter."""
    box: Rect = raster.bounds()
    seen.update(repr((raster.channels, raster.default, box)).encode())
    if not box.is_empty:
        seen.update(raster.read(box).tobytes())
