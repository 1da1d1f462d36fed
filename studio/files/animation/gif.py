"""Animated GIF, written frame by frame: one palette for all, dithering, only what changed.

Container after the GIF89a specification; the frames' LZW data comes from Pillow.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final, TypeAlias

import numpy as np
from PIL import Image

from studio.document import Pixels
from studio.files.animation.formats import Dither, ExportOptions
from studio.files.animation.playback import Playback, TimedFrame, box_of
from studio.generation.pictures import scaled

Indexed: TypeAlias = tuple[Pixels, TimedFrame]
"""A frame as palette indices ``(h, w)``, and as it was."""

_TRANSPARENT: Final = 255
"""The palette index that shows what is below."""
_COLOURS: Final = 255
_SAMPLES: Final = 24
_SAMPLE_SIDE: Final = 160
_TICKS: Final = 100
_KEEP, _CLEAR = 1, 2
_BAYER: Final = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.int16)
_SPREAD: Final = 24
"""Height of the ordered pattern in levels: about the distance of neighbouring colours in a palette of 255."""


def write_gif(stream: BinaryIO, playback: Playback, options: ExportOptions) -> None:
    """Write all frames. The palette comes from up to 24 frames spread over the whole; alpha below half is cut out."""
    palette = _palette(playback)
    width, height = playback.size
    stream.write(b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, _TRANSPARENT, 0))
    stream.write(_palette_bytes(palette))
    if options.loops != 1:
        stream.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<HB", max(0, options.loops - 1), 0))
    shown: Pixels = np.full((height, width), _TRANSPARENT, np.uint8)
    indexed = ((_indices(frame.pixels, palette, options.dither), frame) for frame in playback.frames())
    for (current, frame), following in _with_next(indexed):
        clears = following is not None and bool(((following[0] == _TRANSPARENT) & (current != _TRANSPARENT)).any())
        if clears:
            box, part = (0, 0, width, height), current
        else:
            changed = current != shown
            box = box_of(changed)
            part = np.where(changed, current, np.uint8(_TRANSPARENT))
        _write_frame(stream, part, box, frame.rounded_duration(_TICKS), _CLEAR if clears else _KEEP)
        shown = np.full_like(shown, _TRANSPARENT) if clears else current
    stream.write(b"\x3b")


def _with_next(items: Iterator[Indexed]) -> Iterator[tuple[Indexed, Indexed | None]]:
    """Every item with the one after it, of the last with ``None``."""
    current = next(items, None)
    while current is not None:
        following = next(items, None)
        yield current, following
        current = following


def _palette(playback: Playback) -> Image.Image:
    """A picture whose palette holds at most 255 colours, for `Image.quantize`."""
    parts = []
    for pixels in playback.sample(_SAMPLES):
        height, width = pixels.shape[:2]
        shrink = min(1.0, _SAMPLE_SIDE / max(height, width))
        small = scaled(pixels, max(1, round(width * shrink)), max(1, round(height * shrink)))
        parts.append(small[small[..., 3] >= 128][:, :3])
    colours = np.concatenate(parts)
    if not len(colours):
        colours = np.zeros((1, 3), np.uint8)
    strip = Image.fromarray(np.ascontiguousarray(colours[None]))
    return strip.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)


def _palette_bytes(palette: Image.Image) -> bytes:
    given = bytes(palette.getpalette("RGB") or b"")[: 3 * _COLOURS]
    return given.ljust(3 * 256, b"\0")


def _indices(pixels: Pixels, palette: Image.Image, dither: Dither) -> Pixels:
    """Palette indices ``(h, w)`` of straight RGBA."""
    rgb = pixels[..., :3]
    if dither == "ordered":
        height, width = rgb.shape[:2]
        pattern = np.tile(_BAYER, (height // 4 + 1, width // 4 + 1))[:height, :width, None]
        rgb = (rgb + (pattern * _SPREAD) // 16 - _SPREAD // 2).clip(0, 255).astype(np.uint8)
    method = Image.Dither.FLOYDSTEINBERG if dither == "floyd_steinberg" else Image.Dither.NONE
    found = np.array(Image.fromarray(np.ascontiguousarray(rgb)).quantize(palette=palette, dither=method))
    # The unused end of a short palette is black, and Pillow may answer with any black.
    found = np.minimum(found, _TRANSPARENT - 1)
    found[pixels[..., 3] < 128] = _TRANSPARENT
    return np.asarray(found, np.uint8)


def _write_frame(
    stream: BinaryIO, indices: Pixels, box: tuple[int, int, int, int], hundredths: int, disposal: int
) -> None:
    x, y, width, height = box
    part = np.ascontiguousarray(indices[y : y + height, x : x + width])
    control = struct.pack("<BHB", disposal << 2 | 1, min(hundredths, 65535), _TRANSPARENT)
    stream.write(b"\x21\xf9\x04" + control + b"\0")
    stream.write(b"\x2c" + struct.pack("<HHHHB", x, y, width, height, 0))
    stream.write(_lzw(part))


def _lzw(indices: Pixels) -> bytes:
    """The image data of a GIF: Pillow writes a whole one, whose container is taken off again."""
    whole = io.BytesIO()
    Image.fromarray(indices).save(whole, "GIF", optimize=False, interlace=0)
    data = whole.getvalue()
    start = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    while data[start] == 0x21:
        start = _after_blocks(data, start + 2)
    local = data[start + 9]
    return data[start + 10 + (3 << ((local & 7) + 1) if local & 0x80 else 0) : -1]


def _after_blocks(data: bytes, start: int) -> int:
    while data[start]:
        start += data[start] + 1
    return start + 1
