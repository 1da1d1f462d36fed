"""PNG text chunks, read apart from the pixels so that a broken or huge text never stops the opening.

Chunk layout and text encodings follow the PNG specification, third edition.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from studio.message import Message
from studio.text.amounts import bytes_text

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MAX_TEXT_BYTES: Final = 16 * 1024**2
"""Longest text, unpacked, that is kept, and most of all of them together."""

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
    kept, end, room = [], 0, MAX_TEXT_BYTES
    for kind, start, stop in chunks(data):
        if kind not in _TEXT_CHUNKS:
            continue
        kept.append(data[end:start])
        end = stop
        try:
            keyword, text = _text(kind, data[start + 8 : stop - 4], room)
            room -= len(text)
            texts.setdefault(keyword, text)
        except (ValueError, zlib.error) as error:
            notes.append(Message("A text in the picture's metadata could not be read ({reason}).", reason=error))
    picture = b"".join((*kept, data[end:])) if kept else data
    depth = data[24] if data[12:16] == b"IHDR" and len(data) > 24 else 0
    return PngParts(picture, texts, depth, tuple(dict.fromkeys(notes)))


def check_header(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG file.

    Raises ``ValueError`` unless it has one header, at its start: decoders differ in which of two they follow.
    """
    headers = [start for kind, start, _ in chunks(data) if kind == b"IHDR"]
    if headers != [len(SIGNATURE)] or data[8:12] != b"\0\0\0\x0d":
        raise ValueError("it has no header at its start, or several")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


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


def _text(kind: bytes, body: bytes, room: int) -> tuple[str, str]:
    """Keyword and text of a chunk. Raises ``ValueError`` or ``zlib.error`` for a text that is broken or has no room."""
    keyword, separator, rest = body.partition(b"\0")
    if not separator:
        raise ValueError("no keyword")
    name = keyword.decode("latin-1")
    if kind == b"tEXt":
        return name, _short_enough(rest, room).decode("latin-1")
    if kind == b"zTXt":
        return name, _unpacked(rest[1:], room).decode("latin-1")
    compressed, rest = rest[:1] == b"\1", rest[2:]
    _language, _, rest = rest.partition(b"\0")
    _translated, _, rest = rest.partition(b"\0")
    return name, (_unpacked(rest, room) if compressed else _short_enough(rest, room)).decode("utf-8")


def _unpacked(data: bytes, room: int) -> bytes:
    return _short_enough(zlib.decompressobj().decompress(data, room + 1), room)


def _short_enough(text: bytes, room: int) -> bytes:
    if len(text) > room:
        raise ValueError(f"its texts are longer than {bytes_text(MAX_TEXT_BYTES)}")
    return text
