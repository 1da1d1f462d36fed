"""Paint layers in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from studio.document import PaintLayer
from studio.files.layer_codecs.codec import (
    JournalReader,
    JournalWriter,
    LayerCodec,
    OraReader,
    OraWriter,
    PsdReader,
    PsdWriter,
)

if TYPE_CHECKING:
    from psd_tools.api.layers import Layer as PsdLayer


class PaintCodec(LayerCodec[PaintLayer]):
    """A raster in the journal, a picture in the others. Photoshop's texts, shapes and objects are opened as pixels."""

    kind = PaintLayer.kind
    journal_field = "raster"
    psd_kinds = ("pixel", "type", "smartobject", "shape")
    reads_picture = True

    def journal_values(self, layer: PaintLayer, writer: JournalWriter) -> dict[str, Any]:
        return {"raster": writer.row(layer.raster)}

    def from_journal(self, common: Mapping[str, Any], values: Mapping[str, Any], reader: JournalReader) -> PaintLayer:
        return PaintLayer(**common, raster=reader.pixels(values["raster"]))

    def write_ora(self, layer: PaintLayer, stack: Element, writer: OraWriter) -> None:
        writer.add_picture(stack, layer, layer.raster, keeps_unmasked=True)

    def claims(self, element: Element, _reader: OraReader) -> bool:
        return element.tag == "layer"

    def from_ora(self, element: Element, reader: OraReader) -> PaintLayer | None:
        read = reader.pixels(element)
        if read is None:
            return None
        raster, mask = read
        return PaintLayer(**reader.common(element), mask=mask, raster=raster)

    def from_psd(self, source: PsdLayer, common: Mapping[str, Any], reader: PsdReader) -> PaintLayer | None:
        raster = reader.pixels(source)
        return None if raster is None else PaintLayer(**common, raster=raster)

    def write_psd(self, layer: PaintLayer, writer: PsdWriter) -> None:
        writer.add_pixels(layer, layer.raster)
