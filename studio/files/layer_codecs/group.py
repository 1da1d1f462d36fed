"""Groups in files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from studio.document import BlendMode, GroupLayer
from studio.files.journal.values import flag
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
    from psd_tools.api.layers import Group
    from psd_tools.api.layers import Layer as PsdLayer


class GroupCodec(LayerCodec[GroupLayer]):
    """The layers within it, and whether they blend as one."""

    kind = GroupLayer.kind
    journal_field = "children"
    psd_kinds = ("group", "artboard")

    def journal_values(self, layer: GroupLayer, writer: JournalWriter) -> dict[str, Any]:
        return {"children": writer.layers(layer.children), "isolated": layer.isolated}

    def from_journal(self, common: Mapping[str, Any], values: Mapping[str, Any], reader: JournalReader) -> GroupLayer:
        return GroupLayer(**common, children=reader.layers(values["children"]), isolated=flag(values, "isolated"))

    def write_ora(self, layer: GroupLayer, stack: Element, writer: OraWriter) -> None:
        element = SubElement(stack, "stack", writer.attributes(layer))
        element.set("isolation", "isolate" if layer.isolated else "auto")
        if not layer.isolated:
            element.set(own("pass-through"), "true")
        element.attrib.update(writer.timeline_attributes(layer))
        writer.add_group_mask(element, layer)
        writer.add_layers(element, layer.children)

    def claims(self, element: Element, _reader: OraReader) -> bool:
        return element.tag == "stack"

    def from_ora(self, element: Element, reader: OraReader) -> GroupLayer:
        common = reader.common(element)
        passes = element.get("isolation", "auto") == "auto"
        if element.get(own("pass-through")) != "true":
            # The specification isolates an "auto" group as soon as it acts on its children together.
            passes = passes and common["opacity"] == 1.0 and common["blend_mode"] is BlendMode.NORMAL
        mask = reader.mask(element)
        return GroupLayer(**common, mask=mask, children=reader.children(element), isolated=not passes)

    def from_psd(self, source: PsdLayer | Group, common: Mapping[str, Any], reader: PsdReader) -> GroupLayer:
        from psd_tools.api.layers import Group
        from psd_tools.constants import BlendMode as PsdBlendMode

        assert isinstance(source, Group)
        isolated = source.blend_mode is not PsdBlendMode.PASS_THROUGH
        return GroupLayer(**common, children=reader.layers(source), isolated=isolated)

    def write_psd(self, layer: GroupLayer, writer: PsdWriter) -> None:
        writer.add_group(layer)
