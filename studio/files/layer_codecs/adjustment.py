"""Adjustment layers in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element

from studio.document import Adjustment, AdjustmentLayer, Raster
from studio.files.journal.values import text
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
from studio.message import Message
from studio.raster.adjustments.table import effect_of

if TYPE_CHECKING:
    from psd_tools.api.layers import Layer as PsdLayer

_KIND: Final = own("adjustment")
_PARAMETERS: Final = own("adjustment-parameters")


class AdjustmentCodec(LayerCodec[AdjustmentLayer]):
    """Its kind and parameters, as they are, also of a newer version.

    Other programs find a picture in OpenRaster files: what it made of the layers below when the file was saved. Once
    they change that, it is paint.
    """

    kind = AdjustmentLayer.kind
    journal_field = "adjustment"
    psd_kinds = ("levels", "curves", "brightnesscontrast", "huesaturation", "colorbalance", "gradientmap", "invert")

    def journal_values(self, layer: AdjustmentLayer, _writer: JournalWriter) -> dict[str, Any]:
        return {"adjustment": layer.adjustment.kind, "parameters": layer.adjustment.parameters}

    def from_journal(
        self, common: Mapping[str, Any], values: Mapping[str, Any], _reader: JournalReader
    ) -> AdjustmentLayer:
        return AdjustmentLayer(**common, adjustment=Adjustment(text(values, "adjustment"), text(values, "parameters")))

    def write_ora(self, layer: AdjustmentLayer, stack: Element, writer: OraWriter) -> None:
        pixels = Raster() if effect_of(layer.adjustment) is None else writer.adjusted(layer)
        element = writer.add_picture(stack, layer, pixels, keeps_unmasked=False)
        element.set(_KIND, layer.adjustment.kind)
        element.set(_PARAMETERS, layer.adjustment.parameters)

    def claims(self, element: Element, reader: OraReader) -> bool:
        return element.tag == "layer" and element.get(_KIND) is not None and not reader.is_changed(element)

    def from_ora(self, element: Element, reader: OraReader) -> AdjustmentLayer:
        adjustment = Adjustment(element.get(_KIND, ""), element.get(_PARAMETERS, ""))
        layer = AdjustmentLayer(**reader.common(element), mask=reader.mask(element), adjustment=adjustment)
        if effect_of(adjustment) is None:
            reader.note(
                Message(
                    "The adjustment layer {name!r} is of a newer version or damaged: it is kept as it is and changes "
                    "nothing.",
                    name=layer.name,
                )
            )
        return layer

    def from_psd(self, source: PsdLayer, common: Mapping[str, Any], reader: PsdReader) -> AdjustmentLayer | None:
        from studio.files.psd.adjustments import adjustment_of, is_exact

        adjustment = adjustment_of(source.tagged_blocks)
        if adjustment is None or effect_of(adjustment) is None:
            reader.leave_out(source)
            return None
        if not (is_exact(adjustment) or reader.is_ours):
            reader.note(_differs(common["name"]))
        return AdjustmentLayer(**common, adjustment=adjustment)

    def write_psd(self, layer: AdjustmentLayer, writer: PsdWriter) -> None:
        from studio.files.psd.adjustments import adjustment_block, is_exact

        effect = effect_of(layer.adjustment)
        block = None if effect is None else adjustment_block(layer.adjustment)
        if block is None:
            writer.note(
                Message("{name!r} is stored as pixels: what it makes of the layers below it now.", name=layer.name)
            )
            writer.add_pixels(layer, Raster() if effect is None else writer.adjusted(layer))
            return
        if not is_exact(layer.adjustment):
            writer.note(_differs(layer.name))
        writer.add_pixels(layer, Raster(), [block])


def _differs(name: str) -> Message:
    return Message("The adjustment {name!r} looks a little different in Photoshop.", name=name)
