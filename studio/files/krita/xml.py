"""The XML in Krita's files, without what only says where it is defined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from studio.files.untrusted.safe_xml import parse_xml

_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^<>\[\]]{0,500}>")
"""A name and an address; one that declares anything is left, and refused with the document."""


def parse_krita_xml(data: bytes) -> Element:
    """The root element, every tag without its namespace. Raises ``ValueError`` as `parse_xml` does."""
    root = parse_xml(_DOCTYPE.sub(b"", data, count=1))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def nodes(parent: Element, kind: str) -> Iterator[Element]:
    """The layers ("layer") or masks ("mask") right below an element, from the top to the bottom."""
    for holder in parent.findall(f"{kind}s"):
        yield from holder.findall(kind)


def whole(element: Element, attribute: str, default: int) -> int:
    """A number of an element, or what to take instead of one that is missing or none."""
    try:
        return round(float(element.get(attribute, default)))
    except (ValueError, OverflowError):
        return default
