"""PNG for our own use, packed quickly rather than tightly: layers of OpenRaster files and tiles of the journal."""

from __future__ import annotations

import zlib
from typing import Final

import cv2
import numpy as np

from studio.document import Pixels
from studio.files.pictures.png_chunks import check_header, chunks
from studio.files.untrusted.limits import MAX_PIXELS

_OPTIONS: Final = (
    *(cv2.IMWRITE_PNG_COMPRESSION, 1),
    *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE),
    *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP),
)
"""Against level 1 alone, 2.2 to 3.3 times as fast on painted, noisy and flat layers, at 0.6 to 1.15 times the size."""

_RGBA_OF_8_BITS: Final = b"\x08\x06"
_PLAIN: Final = frozenset((b"IHDR", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"tIME", b"sBIT", b"bKGD"))
"""Parts of a file that do not change what its numbers mean here."""


def encode_png(pixels: Pixels) -> bytes:
    """A PNG of RGBA ``(h, w, 4)`` or grey ``(h, w)``, uint8. The values are kept as they are."""
    bgra = cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA) if pixels.ndim == 3 else pixels
    done, data = cv2.imencode(".png", bgra, _OPTIONS)
    if not done:
        raise ValueError(f"a picture of shape {pixels.shape} cannot be encoded")
    return data.tobytes()


def is_plain(data: bytes) -> bool:
    """Whether a PNG holds straight RGBA of 8 bits a channel and nothing that changes it, as layers mostly do.

    `decode_png` reads those a third quicker than the decoder of all kinds.
    """
    is_sound = zlib.crc32(data[12:29]) == int.from_bytes(data[29:33], "big")
    return is_sound and data[24:26] == _RGBA_OF_8_BITS and {kind for kind, _, _ in chunks(data)} <= _PLAIN


def decode_png(data: bytes, most_pixels: int = MAX_PIXELS) -> Pixels:
    """The pixels that `encode_png` got. Raises ``ValueError`` for damaged data or more than ``most_pixels``."""
    width, height = check_header(data)
    if not 0 < width * height <= most_pixels:
        raise ValueError(f"a picture in it has {width}x{height} pixels")
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise ValueError(str(error)) from error
    if pixels is None:
        raise ValueError("a picture in it cannot be decoded")
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA) if pixels.ndim == 3 else pixels, np.uint8)
