"""JSON as we write it: readable in any language, and never refused by UTF-8."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_NO_UNICODE: Final = re.compile("[\ud800-\udfff]")
_NO_BYTE: Final = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Lone surrogates that stand for no byte of a file name."""


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The JSON of a value.

    Bytes of a file name that are no UTF-8 reach Python as lone surrogates, which no file can hold: they are escaped,
    and a reader gets the same name back. An object that JSON does not know becomes null, and its key is left out.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=lambda _object: None, skipkeys=True)
    return _NO_UNICODE.sub(_escaped, text)


def printable(text: str) -> str:
    """A text whose lone surrogates that stand for no byte, such as files from strangers hold, are escaped.

    With ``surrogateescape`` it can then be written in UTF-8, and names of files stay as they are.
    """
    return _NO_BYTE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
