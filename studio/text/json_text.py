"""JSON as we write it: readable in any language, and never refused by UTF-8."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_NO_UNICODE: Final = re.compile("[\ud800-\udfff]")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The JSON of a value.

    Bytes of a file name that are no UTF-8 reach Python as lone surrogates, which no file can hold: they are escaped,
    and a reader gets the same name back. An object that JSON does not know becomes null, and its key is left out.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=lambda _object: None, skipkeys=True)
    return _NO_UNICODE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
