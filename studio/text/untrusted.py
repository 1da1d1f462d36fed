"""JSON and TOML from strangers: what would take long or fill the memory is refused before it is parsed.

Python's parsers are sound but generous: nesting ends in a ``RecursionError``, dotted TOML keys cost the square of
their length, and a few bytes of JSON become a hundred bytes of objects.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any, Final

MAX_DEPTH: Final = 100
"""Most lists and objects within each other."""

_MAX_VALUES: Final = 2_000_000
"""Most values of one text; each costs up to 100 bytes."""

_MAX_TOML_PARTS: Final = 500_000
"""Most lines and commas of one TOML text, whose parser takes ten microseconds for each."""

_MAX_DIGITS: Final = 20
"""Digits of the largest whole number; 64 bits have 20."""

_MAX_KEY_PARTS: Final = 16
"""Most names in one dotted TOML key."""

_TOML_SKIPPED: Final = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3,5})?'
    r"|'''(?:[^']++|'{1,2}(?!'))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
_TOML_LONG_KEY: Final = re.compile(rf"(?<![\w.-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_MAX_KEY_PARTS}}}")
_TOML_LONG_NUMBER: Final = re.compile(r"(?<![\w.-])[+-]?(?:0[xob])?[\da-fA-F_.]{200}")
_BRACKET: Final = re.compile(r"[\[\]{}]")


def parse_json(text: str | bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """The value of a JSON text, UTF-8 with or without a byte order mark.

    Raises ``ValueError`` for what is no JSON, has more than ``max_depth`` levels, over two million values or a whole
    number of over 20 digits.
    """
    text = _decoded(text)
    if sum(map(text.count, ",[{:")) > _MAX_VALUES:
        raise ValueError("too many values")
    try:
        value = json.loads(text, parse_int=_whole_number)
    except RecursionError as error:
        raise _too_deep(max_depth) from error
    level = [value]
    for _ in range(max_depth):
        level = [child for container in level for child in _children(container) if isinstance(child, dict | list)]
        if not level:
            return value
    raise _too_deep(max_depth)


def parse_toml(text: str | bytes) -> dict[str, Any]:
    """The table of a TOML text, UTF-8 with or without a byte order mark.

    Raises ``ValueError`` (``tomllib.TOMLDecodeError`` with the place, for a slip) for what is no TOML, is nested deeper
    than 100 levels, or has over half a million lines, a key of over 16 parts or a number of over 200 digits.
    """
    text = _decoded(text)
    if text.count("\n") + text.count(",") > _MAX_TOML_PARTS:
        raise ValueError("too many values")
    bare = _TOML_SKIPPED.sub(lambda found: "" if found[0].startswith("#") else "s", text)
    if _TOML_LONG_KEY.search(bare):
        raise ValueError(f"a key has more than {_MAX_KEY_PARTS} parts")
    if _TOML_LONG_NUMBER.search(bare):
        raise ValueError("a number has too many digits")
    depths = accumulate(1 if bracket[0] in "[{" else -1 for bracket in _BRACKET.finditer(bare))
    if any(depth > MAX_DEPTH for depth in depths):
        raise _too_deep(MAX_DEPTH)
    import tomllib  # read by few, while JSON is read at every start

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _too_deep(MAX_DEPTH) from error


def _decoded(text: str | bytes) -> str:
    return text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")


def _children(container: Any) -> Any:
    return container.values() if isinstance(container, dict) else container if isinstance(container, list) else ()


def _whole_number(digits: str) -> int:
    if len(digits.lstrip("-")) > _MAX_DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


def _too_deep(levels: int) -> ValueError:
    return ValueError(f"nested deeper than {levels} levels")
