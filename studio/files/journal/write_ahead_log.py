"""What the write-ahead log beside an SQLite database held, whether SQLite can still read it or not."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, Final

_MAGIC: Final = (0x377F0682, 0x377F0683)
_HEADER: Final = struct.Struct(">8I")
"""Magic number, version, page size, checkpoint number, two salts, two checksums."""
_FRAME: Final = struct.Struct(">6I")
"""Page number, pages of the database after a commit (else 0), the two salts, two checksums; the page follows."""


def last_commit(path: Path) -> int:
    """The number of the last frame, from 1, that ends a transaction; 0 where nothing was committed to the log.

    A log whose own header is not one held something, nobody knows how much: that counts as 1. `OSError` where it cannot
    be read.
    """
    try:
        with path.open("rb") as stream:
            return _last_commit(stream)
    except FileNotFoundError:
        return 0


def _last_commit(stream: BinaryIO) -> int:
    head = stream.read(_HEADER.size)
    if len(head) < _HEADER.size:
        return 0
    magic, _version, page_size, _number, *rest = _HEADER.unpack(head)
    salts = tuple(rest[:2])
    if magic not in _MAGIC or page_size == 0:
        return 1
    step = _FRAME.size + page_size
    whole = (stream.seek(0, 2) - _HEADER.size) // step  # the last one may not be written to its end
    found = 0
    for number in range(whole):
        stream.seek(_HEADER.size + number * step)
        _page, pages_after, *others = _FRAME.unpack(stream.read(_FRAME.size))
        if pages_after and tuple(others[:2]) == salts:
            found = number + 1
    return found
