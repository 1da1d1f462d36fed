"""Parsing XML from strangers: no entities, no document types, bounded depth and size."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Final, cast
from xml.etree.ElementTree import Element, ParseError

# defusedxml has no types of its own; this is the one call that is used.
_fromstring: Final = cast("Callable[..., Element]", importlib.import_module("defusedxml.ElementTree").fromstring)

MAX_DEPTH: Final = 220
"""Levels of elements: fewer than Python's recursion allows to those who walk the tree."""

_MAX_TAGS: Final = 400_000
_MAX_ATTRIBUTES: Final = 1_000_000
"""A few bytes of an element or attribute become over a hundred in memory."""


def parse_xml(data: bytes) -> Element:
    """The root element. Raises ``ValueError`` for malformed, too deep, too rich or dangerous XML."""
    if data.count(b"<") > _MAX_TAGS or data.count(b"=") > _MAX_ATTRIBUTES:
        raise ValueError("too many elements")
    try:
        root = _fromstring(data, forbid_dtd=True)
    except (ParseError, LookupError) as error:
        raise ValueError(f"malformed XML: {error}") from error
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise ValueError(f"XML deeper than {MAX_DEPTH} levels")
