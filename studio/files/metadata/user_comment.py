"""The EXIF UserComment: a text behind eight bytes that name its encoding (Exif 2.3, tag 0x9286)."""

from __future__ import annotations

from typing import Final

_UNICODE: Final = b"UNICODE\0"
_PREFIX_LENGTH: Final = 8


def encode_user_comment(text: str) -> bytes:
    """The text as "UNICODE", UTF-16 with the high byte first, as A1111 writes it."""
    return _UNICODE + text.encode("utf-16-be", "replace")


def decode_user_comment(data: bytes) -> str:
    """The text of a UserComment of any program; never fails.

    Programs disagree on the byte order of "UNICODE": a byte order mark decides, else where the zero
    bytes of plain Latin letters lie.
    """
    prefix, body = data[:_PREFIX_LENGTH], data[_PREFIX_LENGTH:]
    if prefix == _UNICODE:
        return _decode_utf16(body).rstrip("\0")
    known_prefix = prefix.rstrip(b"\0") in (b"ASCII", b"JIS", b"")
    return (body if known_prefix else data).decode("utf-8", "replace").strip("\0")


def _decode_utf16(body: bytes) -> str:
    if body[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return body.decode("utf-16", "replace")
    high_first = body[0::2].count(0) >= body[1::2].count(0)
    return body.decode("utf-16-be" if high_first else "utf-16-le", "replace")
