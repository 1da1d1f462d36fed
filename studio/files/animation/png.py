"""Animated PNG, written frame by frame; chunks after the PNG specification, third edition."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

import cv2
import numpy as np

from studio.document import Pixels
from studio.files.animation.formats import ExportOptions
from studio.files.animation.playback import Playback, TimedFrame, changed_box
from studio.files.pictures.png_chunks import SIGNATURE, chunks

_LEVEL: Final = (cv2.IMWRITE_PNG_COMPRESSION, 6)
_TICKS: Final = 1000
_MAX_TICKS: Final = 65535


def write_apng(stream: BinaryIO, playback: Playback, options: ExportOptions) -> None:
    """Write all frames: the first whole, of the others the box that changed. ``stream`` is seekable."""
    width, height = playback.size
    alpha = playback.has_alpha
    stream.write(SIGNATURE)
    stream.write(png_chunk(b"IHDR", header(width, height, alpha=alpha)))
    where = stream.tell()
    stream.write(png_chunk(b"acTL", struct.pack(">II", 0, options.loops)))
    before: Pixels | None = None
    sequence, count = 0, 0
    for frame in playback.frames():
        box = (0, 0, width, height) if before is None else changed_box(before, frame.pixels)
        stream.write(png_chunk(b"fcTL", struct.pack(">I", sequence) + _control(frame, box)))
        sequence += 1
        for data in _image_data(frame.pixels, box, alpha=alpha):
            if before is None:
                stream.write(png_chunk(b"IDAT", data))
            else:
                stream.write(png_chunk(b"fdAT", struct.pack(">I", sequence) + data))
                sequence += 1
        before, count = frame.pixels, count + 1
    stream.write(png_chunk(b"IEND", b""))
    stream.seek(where)
    stream.write(png_chunk(b"acTL", struct.pack(">II", count, options.loops)))
    stream.seek(0, 2)


def header(width: int, height: int, *, alpha: bool) -> bytes:
    """The body of IHDR for 8-bit RGB or RGBA."""
    return struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _control(frame: TimedFrame, box: tuple[int, int, int, int]) -> bytes:
    x, y, width, height = box
    delay = min(frame.rounded_duration(_TICKS), _MAX_TICKS)
    return struct.pack(">IIIIHHBB", width, height, x, y, delay, _TICKS, 0, 0)


def _image_data(pixels: Pixels, box: tuple[int, int, int, int], *, alpha: bool) -> Iterator[bytes]:
    """The bodies of the IDAT chunks of a part of the frame."""
    x, y, width, height = box
    part = np.ascontiguousarray(pixels[y : y + height, x : x + width])
    order = cv2.COLOR_RGBA2BGRA if alpha else cv2.COLOR_RGBA2BGR
    done, encoded = cv2.imencode(".png", cv2.cvtColor(part, order), _LEVEL)
    if not done:
        raise ValueError(f"a picture of shape {part.shape} cannot be encoded")
    data = encoded.tobytes()
    return (data[start + 8 : stop - 4] for kind, start, stop in chunks(data) if kind == b"IDAT")
