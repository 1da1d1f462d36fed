"""Fill layers in files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element

from studio.document import FillLayer, Layer, PaintLayer, Rgb, SolidColor
from studio.files.layer_codecs.codec import (
    JournalReader,
    JournalWriter,
    LayerCodec,
    OraReader,
    OraWriter,
    PsdReader,
    PsdWriter,
)
from studio.files.openraster.names import own

if TYPE_CHECKING:
    from psd_tools.api.layers import Layer as PsdLayer
    from psd_tools.psd.tagged_blocks import TaggedBlock

_COLOR: Final = own("fill-color")
_HEX: Final = re.compile("#[0-9a-f]{6}")
_COLOR_KEYS: Final = (b"Rd  ", b"Grn ", b"Bl  ")


class FillCodec(LayerCodec[FillLayer]):
    """Its colour. Other programs find a picture of it in OpenRaster files; once they change that, it is paint."""

    kind = FillLayer.kind
    journal_field = "color"
    psd_kinds = ("solidcolorfill",)

    def journal_values(self, layer: FillLayer, _writer: JournalWriter) -> dict[str, Any]:
        return {"color": list(layer.color)}

    def from_journal(self, common: Mapping[str, Any], values: Mapping[str, Any], _reader: JournalReader) -> FillLayer:
        color = values["color"]
        if not (isinstance(color, list) and len(color) == 3 and all(_is_byte(value) for value in color)):
            raise ValueError(f"a colour is {color!r:.40}")
        red, green, blue = color
        return FillLayer(**common, fill=SolidColor((red, green, blue)))

    def write_ora(self, layer: FillLayer, stack: Element, writer: OraWriter) -> None:
        element = writer.add_picture(stack, layer, layer.fill.within(writer.canvas), keeps_unmasked=False)
        element.set(_COLOR, "#" + bytes(layer.color).hex())

    def claims(self, element: Element, reader: OraReader) -> bool:
        color = element.get(_COLOR, "")
        return element.tag == "layer" and _HEX.fullmatch(color) is not None and not reader.is_changed(element)

    def from_ora(self, element: Element, reader: OraReader) -> FillLayer:
        red, green, blue = bytes.fromhex(element.get(_COLOR, "")[1:])
        return FillLayer(**reader.common(element), mask=reader.mask(element), fill=SolidColor((red, green, blue)))

    def from_psd(self, source: PsdLayer, common: Mapping[str, Any], reader: PsdReader) -> Layer | None:
        rgb = _psd_color(source)
        if rgb is not None:
            return FillLayer(**common, fill=SolidColor(reader.color(rgb)))
        raster = reader.pixels(source)
        return None if raster is None else PaintLayer(**common, raster=raster)

    def write_psd(self, layer: FillLayer, writer: PsdWriter) -> None:
        # The pixels are for programs that know no fill layers.
        writer.add_pixels(layer, layer.fill.within(writer.canvas), [_color_block(layer.color)])


def _is_byte(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 255


def _psd_color(source: PsdLayer) -> Rgb | None:
    """Photoshop's colour of a fill; ``None`` if it is not given as red, green and blue."""
    data = getattr(source, "data", None)
    if data is None or any(key not in data for key in _COLOR_KEYS):
        return None
    red, green, blue = (min(255, max(0, round(float(data[key].value)))) for key in _COLOR_KEYS)
    return red, green, blue


def _color_block(rgb: Rgb) -> TaggedBlock:
    """What makes a layer of Photoshop's one of a solid colour."""
    from psd_tools.constants import Tag
    from psd_tools.psd.descriptor import Descriptor, DescriptorBlock, Double
    from psd_tools.psd.tagged_blocks import TaggedBlock

    color = Descriptor(classID=b"RGBC")
    for key, value in zip(_COLOR_KEYS, rgb, strict=True):
        color[key] = Double(float(value))
    setting: Any = DescriptorBlock(classID=b"null", version=16)
    setting[b"Clr "] = color
    return TaggedBlock(key=Tag.SOLID_COLOR_SHEET_SETTING.value, data=setting)
