"""What an exception says, whoever made it, got without trusting its own code."""

from __future__ import annotations

import traceback
from typing import Final

_LONGEST_LINE: Final = 400
_LONGEST_TRACEBACK: Final = 20_000


def describe(error: BaseException) -> str:
    """One line: the exception's type and first line of text. Raises nothing."""
    try:
        name = str.__str__(type(error).__name__)
    except BaseException:  # noqa: BLE001 - a metaclass may do anything
        name = "an exception"
    lines = text_of(error).strip().splitlines()
    return _clipped(f"{name}: {lines[0]}" if lines else name, _LONGEST_LINE)


def first_line(error: BaseException) -> str:
    """The first line of what an exception says, or else its type. Raises nothing."""
    lines = text_of(error).strip().splitlines()
    return _clipped(lines[0], _LONGEST_LINE) if lines else describe(error)


def traceback_text(error: BaseException) -> str:
    """The traceback for the author of what raised it; of a very long one, beginning and end. Raises nothing."""
    try:
        text = "".join(traceback.format_exception(error))
    except BaseException:  # noqa: BLE001 - as above
        return describe(error)
    text = text.encode("utf-8", "backslashreplace").decode()
    half = _LONGEST_TRACEBACK // 2
    return text if len(text) <= _LONGEST_TRACEBACK else f"{text[:half]}\n…\n{text[-half:]}"


def text_of(value: object) -> str:
    """A value's text, readable in any encoding. Raises nothing."""
    try:
        return str.__str__(str(value)).encode("utf-8", "backslashreplace").decode()
    except BaseException:  # noqa: BLE001 - as above
        return "(its text cannot be read)"


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
