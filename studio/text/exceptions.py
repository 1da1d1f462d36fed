"""What an exception says, whoever made it, got without trusting its own code."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Mapping
from typing import Final

from studio.message import Message

_LONGEST_LINE: Final = 400
_LONGEST_TRACEBACK: Final = 20_000
_BY_SYSTEM: Final[Mapping[int, Message]] = {
    errno.EPERM: Message("Operation not permitted"),
    errno.ENOENT: Message("No such file or directory"),
    errno.EIO: Message("Input/output error"),
    errno.ENXIO: Message("No such device or address"),
    errno.ENOMEM: Message("Cannot allocate memory"),
    errno.EACCES: Message("Permission denied"),
    errno.EBUSY: Message("Device or resource busy"),
    errno.EEXIST: Message("File exists"),
    errno.EXDEV: Message("Invalid cross-device link"),
    errno.ENODEV: Message("No such device"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EISDIR: Message("Is a directory"),
    errno.EINVAL: Message("Invalid argument"),
    errno.EMFILE: Message("Too many open files"),
    errno.EFBIG: Message("File too large"),
    errno.ENOSPC: Message("No space left on device"),
    errno.EROFS: Message("Read-only file system"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ENOTEMPTY: Message("Directory not empty"),
    errno.ELOOP: Message("Too many levels of symbolic links"),
    errno.ETIMEDOUT: Message("Connection timed out"),
}
"""What systems say most often when they refuse a file."""


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


def reason_for(error: BaseException) -> str:
    """Why something failed, for a part of a sentence: what the system says of a file, or else what the exception does,
    as a message if it is one. Raises nothing."""
    if isinstance(error, OSError) and error.strerror:
        return _BY_SYSTEM.get(error.errno or 0, error.strerror)
    said = error.args[0] if len(error.args) == 1 else None
    return said if isinstance(said, Message) else first_line(error)


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
