"""Animated WebP, written frame by frame; container after the WebP specification, frames by Pillow (libwebp)."""

from __future__ import annotations

import io
import struct
from typing import BinaryIO, Final

import numpy as np
from PIL import Image

from studio.document import Pixels
from studio.files.animation.formats import ExportOptions
from studio.files.animation.playback import Playback, changed_box

_ANIMATION, _ALPHA = 0x02, 0x10
_DO_NOT_BLEND: Final = 0x02
_TICKS: Final = 1000
_MAX_TICKS: Final = 2**24 - 1
_PIXEL_CHUNKS: Final = (b"ALPH", b"VP8 ", b"VP8L")


def write_webp(stream: BinaryIO, playback: Playback, options: ExportOptions) -> None:
    """Write all frames, of each the box that changed. ``stream`` is seekable. Quality 100 is lossless."""
    width, height = playback.size
    flags = _ANIMATION | (_ALPHA if playback.has_alpha else 0)
    stream.write(b"RIFF\0\0\0\0WEBP")
    stream.write(_chunk(b"VP8X", struct.pack("<I", flags) + _three(width - 1) + _three(height - 1)))
    stream.write(_chunk(b"ANIM", struct.pack("<IH", 0, options.loops)))
    before: Pixels | None = None
    for frame in playback.frames():
        box = (0, 0, width, height) if before is None else _even(changed_box(before, frame.pixels))
        x, y, part_width, part_height = box
        part = np.ascontiguousarray(frame.pixels[y : y + part_height, x : x + part_width])
        place = b"".join(_three(value) for value in (x // 2, y // 2, part_width - 1, part_height - 1))
        duration = _three(min(frame.rounded_duration(_TICKS), _MAX_TICKS))
        pixels = _encoded(part, options.quality, alpha=playback.has_alpha)
        stream.write(_chunk(b"ANMF", place + duration + bytes([_DO_NOT_BLEND]) + pixels))
        before = frame.pixels
    size = stream.tell()
    stream.seek(4)
    stream.write(struct.pack("<I", size - 8))
    stream.seek(0, 2)


def _even(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The box with its corner at even numbers, which is all that the format knows."""
    x, y, width, height = box
    return x - x % 2, y - y % 2, width + x % 2, height + y % 2


def _encoded(pixels: Pixels, quality: int, *, alpha: bool) -> bytes:
    """The chunks with the pixels of a still WebP."""
    whole = io.BytesIO()
    picture = Image.fromarray(pixels if alpha else np.ascontiguousarray(pixels[..., :3]))
    picture.save(whole, "WEBP", quality=quality, lossless=quality == 100, exact=quality == 100, method=3)
    data, kept, start = whole.getvalue(), [], 12
    while start + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, start)
        stop = start + 8 + length + length % 2
        if kind in _PIXEL_CHUNKS:
            kept.append(data[start:stop])
        start = stop
    return b"".join(kept)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _three(value: int) -> bytes:
    """24 bits, low byte first."""
    return value.to_bytes(3, "little")
