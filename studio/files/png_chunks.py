"""PNG text chunks, read apart from the pixels so that a broken or huge text never stops the opening.

Chunk layout and text encodings follow the PNG specification, third edition.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MAX_TEXT_BYTES: Final = 32 * 1024**2
"""Longest text, unpacked, that is kept."""

_TEXT_CHUNKS: Final = (b"tEXt", b"zTXt", b"iTXt")


@dataclass(frozen=True)
class PngParts:
    """``picture`` is the PNG file without text chunks; ``texts`` maps keywords to texts;
    ``bit_depth`` is the header's, 0 if it is missing."""

    picture: bytes
    texts: dict[str, str]
    bit_depth: int
    notes: tuple[str, ...] = ()


def split_text(data: bytes) -> PngParts:
    """Take the text chunks out of a PNG file. Never fails: what cannot be read becomes a note."""
    texts: dict[str, str] = {}
    notes: list[str] = []
    kept, end = [], 0
    for kind, start, stop in chunks(data):
        if kind not in _TEXT_CHUNKS:
            continue
        kept.append(data[end:start])
        end = stop
        try:
            keyword, text = _text(kind, data[start + 8 : stop - 4])
            texts.setdefault(keyword, text)
        except (ValueError, zlib.error) as error:
            notes.append(f"A text in the picture's metadata could not be read ({error}).")
    picture = b"".join((*kept, data[end:])) if kept else data
    depth = data[24] if data[12:16] == b"IHDR" and len(data) > 24 else 0
    return PngParts(picture, texts, depth, tuple(notes))


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(type, start, stop) of every whole chunk of a PNG file; stops at the first that reaches past the end."""
    start = len(SIGNATURE)
    while start + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, start)
        stop = start + 12 + length
        if stop > len(data):
            return
        yield kind, start, stop
        start = stop


def _text(kind: bytes, body: bytes) -> tuple[str, str]:
    keyword, separator, rest = body.partition(b"\0")
    if not separator:
        raise ValueError("no keyword")
    name = keyword.decode("latin-1")
    if kind == b"tEXt":
        return name, rest.decode("latin-1")
    if kind == b"zTXt":
        return name, _unpacked(rest[1:]).decode("latin-1")
    compressed, rest = rest[:1] == b"\1", rest[2:]
    _language, _, rest = rest.partition(b"\0")
    _translated, _, rest = rest.partition(b"\0")
    return name, (_unpacked(rest) if compressed else rest).decode("utf-8")


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(data, MAX_TEXT_BYTES)
    if unpacker.unconsumed_tail:
        raise ValueError(f"longer than {MAX_TEXT_BYTES // 1024**2} MB")
    return text
