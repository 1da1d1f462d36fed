"""A sprite sheet: one PNG of all frames in a grid, and a JSON file in the hash format of game engines."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from studio import __version__
from studio.document import Pixels
from studio.errors import FileError, FileTooLargeError
from studio.files.animation.formats import ExportOptions
from studio.files.animation.playback import Playback
from studio.files.animation.png import header, png_chunk
from studio.files.disk.atomic import write_atomically
from studio.files.pictures.png_chunks import SIGNATURE

MAX_SHEET_SIDE: Final = 16384
"""Longest side of a sheet: what graphics cards take as one texture."""


def write_sprites(path: Path, playback: Playback, options: ExportOptions) -> None:
    """Write NAME.json and NAME.png. The sheet is written row by row of frames.

    Raises `FileTooLargeError` when the sheet would have a side over 16384 pixels.
    """
    count = playback.counted()
    columns = min(options.columns or math.ceil(math.sqrt(count)), count)
    rows = math.ceil(count / columns)
    width, height = columns * playback.size[0], rows * playback.size[1]
    if max(width, height) > MAX_SHEET_SIDE:
        raise FileTooLargeError(
            "A sheet of {count} frames would have {width}x{height} pixels; {max_sheet_side} is the most.",
            "Give a smaller size, or fewer frames.",
            count=count,
            width=width,
            height=height,
            max_sheet_side=MAX_SHEET_SIDE,
        )
    picture = path.with_suffix(".png")
    existed = picture.exists()
    durations: list[int] = []
    write_atomically(picture, lambda stream: _write_sheet(stream, playback, columns, (width, height), durations))
    description = {
        "frames": _frames(path.stem, playback.size, columns, durations),
        "meta": _meta(picture.name, width, height),
    }
    text = json.dumps(description, indent=1)
    try:
        write_atomically(path.with_suffix(".json"), lambda stream: _write_text(stream, text))
    except FileError:
        if not existed:
            picture.unlink(missing_ok=True)
        raise


def _write_text(stream: BinaryIO, text: str) -> None:
    stream.write(text.encode("utf-8"))


def _write_sheet(
    stream: BinaryIO, playback: Playback, columns: int, size: tuple[int, int], durations: list[int]
) -> None:
    durations.clear()
    packer = zlib.compressobj(6)
    stream.write(SIGNATURE + png_chunk(b"IHDR", header(*size, alpha=True)))
    above = np.zeros((1, size[0] * 4), np.uint8)
    for band in _bands(playback, columns, size[0], durations):
        rows = band.reshape(band.shape[0], -1)
        filtered = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
        filtered[:, 0] = 2  # the filter "up": each row as the difference to the one above
        filtered[:, 1:] = rows - np.concatenate((above, rows[:-1]))
        above = rows[-1:]
        stream.write(png_chunk(b"IDAT", packer.compress(filtered.tobytes())))
    stream.write(png_chunk(b"IDAT", packer.flush()) + png_chunk(b"IEND", b""))


def _bands(playback: Playback, columns: int, width: int, durations: list[int]) -> Iterator[Pixels]:
    """One row of frames after another, RGBA."""
    frame_width, frame_height = playback.size
    band: Pixels = np.zeros((frame_height, width, 4), np.uint8)
    column = 0
    for frame in playback.frames():
        band[:, column * frame_width : (column + 1) * frame_width] = frame.pixels
        durations.append(frame.rounded_duration(1000))
        column += 1
        if column == columns:
            yield band
            band, column = np.zeros_like(band), 0
    if column:
        yield band


def _frames(stem: str, size: tuple[int, int], columns: int, durations: list[int]) -> dict[str, Any]:
    width, height = size
    whole = {"x": 0, "y": 0, "w": width, "h": height}
    return {
        f"{stem} {index}.png": {
            "frame": {**whole, "x": index % columns * width, "y": index // columns * height},
            "rotated": False,
            "trimmed": False,
            "spriteSourceSize": whole,
            "sourceSize": {"w": width, "h": height},
            "duration": duration,
        }
        for index, duration in enumerate(durations)
    }


def _meta(picture: str, width: int, height: int) -> dict[str, Any]:
    return {
        "app": "Shoreline",
        "version": __version__,
        "image": picture,
        "format": "RGBA8888",
        "size": {"w": width, "h": height},
        "scale": "1",
    }
