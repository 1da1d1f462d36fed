"""Writing OpenRaster files (specification 0.0.5), with what Shoreline keeps beyond it.

Other programs see every layer as it looks, its mask applied, and the merged picture. Shoreline finds in
the same file the unmasked pixels, the masks, the generation mask, layer ids and settings, under an XML
namespace of its own. A group's mask is shown to other programs by a "destination in" layer on its top. A layer that is
clipped to another one is cut for them to where that one shows, and as much as it does; blend modes of that one aside,
the picture is the same. Of an adjustment layer they see what it made of the layers below when the file was saved.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final
from xml.etree import ElementTree

import cv2
import numpy as np

from studio.document import TILE_SIZE, Document, Layer, Pixels, Raster, Rect, clipping_bases, hold_of
from studio.files.guides import guide_values
from studio.files.layer_codecs.table import codec_of
from studio.files.openraster.names import (
    COMPOSITE_OPS,
    DRAWN_IN,
    EOTF,
    MASKED,
    MERGED_ENTRY,
    MIMETYPE,
    MYPAINT_NAMESPACE,
    SELECTED,
    SETTINGS_ENTRY,
    SHORELINE_NAMESPACE,
    VERSION,
    own,
)
from studio.files.pictures.fast_png import encode_png
from studio.files.regions import region_values
from studio.files.ruling import ruling_values
from studio.files.untrusted.limits import check_saved_bytes, check_saved_layers, group_depth, stored_rect
from studio.generation import GenerationSettings
from studio.raster.beneath import adjusted_picture
from studio.raster.compose import compose
from studio.raster.convert import unpremultiply
from studio.raster.coverage import Cut

THUMBNAIL_SIDE: Final = 256
_WHOLE: Final = Cut(None, None)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ElementTree.register_namespace("shoreline", SHORELINE_NAMESPACE)
ElementTree.register_namespace("mypaint", MYPAINT_NAMESPACE)


@dataclass(frozen=True)
class _Picture:
    """A PNG to be encoded; ``checked`` gets its CRC-32 as an attribute once that is known."""

    entry: str
    encode: Callable[[], bytes]
    checked: ElementTree.Element | None = None


def write_openraster(document: Document, stream: BinaryIO, settings: GenerationSettings | None = None) -> None:
    """Write a document into a seekable binary stream; ``settings`` are those of the canvas.

    Layers are cropped to their content and encoded in threads. Every pixel comes back bit-exactly. Raises
    `FileTooLargeError` for what could not be opened again.
    """
    plan = _Plan(document)
    image = plan.image()
    check_saved_layers(group_depth(document.layers), plan.rects)
    merged = straight(compose(document))
    pictures = (
        *plan.pictures,
        _Picture(MERGED_ENTRY, partial(encode_png, merged)),
        _Picture("Thumbnails/thumbnail.png", partial(_thumbnail, merged)),
    )
    with zipfile.ZipFile(stream, "w") as archive, ThreadPoolExecutor(os.cpu_count()) as threads:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE)
        encoded = threads.map(lambda picture: picture.encode(), pictures)
        for picture, png in zip(pictures, encoded, strict=True):
            archive.writestr(zipfile.ZipInfo(picture.entry), png)
            if picture.checked is not None:
                picture.checked.set(own("src-crc"), f"{zlib.crc32(png):08x}")
        _write_text(archive, SETTINGS_ENTRY, _settings_json(document, settings))
        _write_text(archive, "stack.xml", ElementTree.tostring(image, encoding="utf-8", xml_declaration=True))
    check_saved_bytes(stream.tell())


def straight(pixels: Pixels) -> Pixels:
    """Straight RGBA of premultiplied RGBA, skipping bands of the picture that are opaque or transparent."""
    out = np.zeros_like(pixels)
    for top in range(0, pixels.shape[0], TILE_SIZE):
        band = pixels[top : top + TILE_SIZE]
        lowest, highest = band[..., 3].min(), band[..., 3].max()
        if highest:
            out[top : top + TILE_SIZE] = band if lowest == 255 else unpremultiply(band)
    return out


class _Plan:
    """Turns a document into the XML tree and the list of pictures that it names."""

    def __init__(self, document: Document) -> None:
        self.pictures: list[_Picture] = []
        self.rects: list[Rect] = []
        self._document = document
        levels = (document.layers, *(layer.children for layer in document.walk()))
        self._bases = {layer_id: base for level in levels for layer_id, base in clipping_bases(level).items()}

    @property
    def canvas(self) -> Rect:
        return self._document.canvas

    def image(self) -> ElementTree.Element:
        document = self._document
        size = {"w": str(document.width), "h": str(document.height)}
        image = ElementTree.Element("image", {"version": VERSION, **size, own("version"): "1"})
        if document.gamma != 1.0:
            image.set(EOTF, repr(document.gamma))
        self._add_mask(image, MASKED, MASKED, document.generation_mask)
        self._add_mask(image, SELECTED, SELECTED, document.selection)
        root = ElementTree.SubElement(image, "stack", {"name": "root", "isolation": "isolate"})
        self.add_layers(root, document.layers)
        return image

    def add_layers(self, stack: ElementTree.Element, layers: tuple[Layer, ...]) -> None:
        for layer in reversed(layers):
            codec_of(layer).write_ora(layer, stack, self)

    def timeline_attributes(self, layer: Layer) -> dict[str, str]:
        timeline = self._document.timeline
        if timeline is None or timeline.group_id != layer.id:
            return {}
        return {own("frames-per-second"): repr(timeline.fps), own("loop"): timeline.loop.value}

    def adjusted(self, layer: Layer) -> Raster:
        return Raster.from_array(adjusted_picture(self._document, layer))

    def add_group_mask(self, element: ElementTree.Element, layer: Layer) -> None:
        if layer.mask is not None:
            self._add_mask(element, "mask", f"{self._next()}-mask", layer.mask)
        cut = self._cut(layer)
        if cut and not layer.passes_through:
            self._show_group_mask(element, layer, cut)

    def add_picture(
        self, stack: ElementTree.Element, layer: Layer, pixels: Raster, *, keeps_unmasked: bool
    ) -> ElementTree.Element:
        rect = _stored_rect(pixels, self._document.canvas)
        self.rects.append(rect)
        element = ElementTree.SubElement(stack, "layer", self.attributes(layer))
        element.set("x", str(rect.x))
        element.set("y", str(rect.y))
        entry = f"data/{self._next()}.png"
        element.set("src", entry)
        if layer.mask is not None:
            self._add_mask(element, "mask", f"{self._next()}-mask", layer.mask)
        if layer.drawn_in is not None:
            self._add_mask(element, DRAWN_IN, f"{self._next()}-{DRAWN_IN}", layer.drawn_in)
        cut = self._cut(layer)
        keeps_unmasked = keeps_unmasked and bool(cut)
        checked = element if keeps_unmasked or layer.raster is None else None
        self.pictures.append(_Picture(entry, partial(_encode_raster, pixels, cut, rect), checked))
        if keeps_unmasked:
            full = entry.replace(".png", "-unmasked.png")
            element.set(own("unmasked"), full)
            self.pictures.append(_Picture(full, partial(_encode_raster, pixels, _WHOLE, rect)))
        return element

    def attributes(self, layer: Layer) -> dict[str, str]:
        attributes = {
            "name": _NOT_XML.sub("", layer.name),
            "opacity": repr(float(layer.opacity)),
            "visibility": "visible" if layer.visible else "hidden",
            "composite-op": COMPOSITE_OPS[layer.blend_mode],
            own("id"): _NOT_XML.sub("", layer.id),
        }
        if layer.locked:
            attributes["edit-locked"] = "true"
        for name, is_so in (("alpha-locked", layer.alpha_locked), ("clipped", layer.clipped)):
            if is_so:
                attributes[own(name)] = "true"
        if layer.label:
            attributes[own("label")] = layer.label.value
        if layer.mask is not None and not layer.mask_enabled:
            attributes[own("mask-enabled")] = "false"
        if layer.id == self._document.active_id:
            attributes["selected"] = "true"
        hold = hold_of(self._document, layer.id)
        if hold > 1:
            attributes[own("hold")] = str(hold)
        return attributes

    def _add_mask(self, element: ElementTree.Element, kind: str, stem: str, mask: Raster) -> None:
        element.set(own(f"{kind}-default"), str(mask.default))
        if not mask.tiles:
            return
        rect = _stored_rect(mask, self._document.canvas)
        self.rects.append(rect)
        entry = f"data/{stem}.png"
        element.set(own(kind), entry)
        element.set(own(f"{kind}-x"), str(rect.x))
        element.set(own(f"{kind}-y"), str(rect.y))
        self.pictures.append(_Picture(entry, lambda: encode_png(mask.read(rect))))

    def _cut(self, layer: Layer) -> Cut:
        """What hides parts of a layer from other programs."""
        return Cut(layer.shown_mask, self._bases.get(layer.id))

    def _show_group_mask(self, element: ElementTree.Element, group: Layer, cut: Cut) -> None:
        entry = f"data/{self._next()}-shown-mask.png"
        shown = {"name": f"{group.name} (mask)", "src": entry, "x": "0", "y": "0", "composite-op": "svg:dst-in"}
        shown["name"] = _NOT_XML.sub("", shown["name"])
        ElementTree.SubElement(element, "layer", {**shown, own("role"): "shown-mask"})
        self.pictures.append(_Picture(entry, partial(_encode_shown_mask, cut, self._document.canvas)))

    def _next(self) -> str:
        return f"layer{len(self.pictures):03d}"


def _stored_rect(raster: Raster, canvas: Rect) -> Rect:
    """What of a raster is stored; a picture has one pixel at least."""
    rect = stored_rect(raster, canvas)
    return Rect(0, 0, 1, 1) if rect.is_empty else rect


def _encode_raster(raster: Raster, cut: Cut, rect: Rect) -> bytes:
    pixels = raster.read(rect)
    if cut:
        factors = cv2.merge([cut.read(rect)] * 4)
        pixels = np.asarray(cv2.multiply(pixels, factors, scale=1 / 255), np.uint8)
    return encode_png(straight(pixels))


def _encode_shown_mask(cut: Cut, rect: Rect) -> bytes:
    pixels = np.zeros((rect.height, rect.width, 4), np.uint8)
    pixels[..., 3] = cut.read(rect)
    return encode_png(pixels)


def _thumbnail(merged: Pixels) -> bytes:
    height, width = merged.shape[:2]
    scale = min(1.0, THUMBNAIL_SIDE / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return encode_png(np.asarray(cv2.resize(merged, size, interpolation=cv2.INTER_AREA), np.uint8))


def _settings_json(document: Document, settings: GenerationSettings | None) -> bytes:
    layers = {layer.id: layer.settings for layer in document.walk() if layer.settings is not None}
    canvas = None if settings is None else settings.values()
    stored: dict[str, object] = {"canvas": canvas, "layers": layers}
    if document.guides:
        stored["guides"] = guide_values(document)
    if document.regions:
        stored["regions"] = region_values(document)
    if (ruling := ruling_values(document)) is not None:
        stored["ruling"] = ruling
    return json.dumps(stored, ensure_ascii=False).encode("utf-8", "replace")


def _write_text(archive: zipfile.ZipFile, entry: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(entry), data, compress_type=zipfile.ZIP_DEFLATED)
