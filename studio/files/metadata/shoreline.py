"""Our own settings: JSON that keeps everything, in a PNG text or in XMP."""

from __future__ import annotations

import json
from typing import Final
from xml.sax.saxutils import escape

from studio.files.metadata.a1111 import a1111_text
from studio.files.metadata.found import FoundMetadata, own_settings
from studio.files.untrusted.safe_xml import parse_xml
from studio.generation import GenerationSettings
from studio.message import Message
from studio.text.untrusted import parse_json

_DAMAGED: Final = Message("Shoreline's settings in it are damaged.")
_XMP_NAMESPACE: Final = "urn:shoreline-studio:settings:1"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XMP: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">'
    '<rdf:Description rdf:about="" xmlns:shoreline="{namespace}">'
    "<shoreline:settings>{text}</shoreline:settings>"
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def settings_json(settings: GenerationSettings) -> str:
    """``{"version": 1, "settings": {...}}``"""
    return json.dumps({"version": 1, "settings": settings.values()}, ensure_ascii=False)


def settings_xmp(settings: GenerationSettings) -> bytes:
    """The same JSON as an XMP packet, UTF-8. Letters that XML cannot hold are escaped by JSON."""
    text = json.dumps(json.loads(settings_json(settings)))
    return _XMP.format(rdf=_RDF, namespace=_XMP_NAMESPACE, text=escape(text)).encode("utf-8")


def parse_shoreline(text: str) -> FoundMetadata:
    """Settings from our JSON; a broken one gives a note, and so does each value that is not possible."""
    try:
        settings, notes = own_settings(parse_json(text)["settings"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return FoundMetadata(text=text, source="Shoreline", notes=(_DAMAGED,))
    return FoundMetadata(settings, a1111_text(settings), "Shoreline", notes)


def parse_xmp(packet: bytes) -> FoundMetadata | None:
    """Settings of ours in an XMP packet; ``None`` for other programs' packets."""
    if _XMP_NAMESPACE.encode() not in packet:
        return None
    try:
        root = parse_xml(packet.strip(b"\0"))
    except ValueError:
        return FoundMetadata(source="Shoreline", notes=(_DAMAGED,))
    element = root.find(f".//{{{_XMP_NAMESPACE}}}settings")
    return None if element is None else parse_shoreline(element.text or "")
