"""Adjustment layers in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from studio.document import Adjustment, AdjustmentLayer, Raster
from studio.files.journal.values import text
from studio.files.layer_codecs.codec import JournalReader, JournalWriter, LayerCodec, OraReader, OraWriter
from studio.files.openraster.names import own
from studio.message import Message
from studio.raster.adjustments.table import effect_of

_KIND: Final = own("adjustment")
_PARAMETERS: Final = own("adjustment-parameters")


class AdjustmentCodec(LayerCodec[AdjustmentLayer]):
    """Its kind and parameters, as they are, also of a newer version.

    Other programs find a picture in OpenRaster files: what it made of the layers below when the file was saved. Once
    they change that, it is paint.
    """

    kind = AdjustmentLayer.kind
    journal_field = "adjustment"

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
