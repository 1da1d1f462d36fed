"""The tiles in which Krita keeps the pixels of a layer: a text in front, then squares, each packed by LZF or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels
from studio.raster.kernels import unpack_lzf

HEADER_BYTES: Final = 256
"""So many bytes hold the text in front."""

SIDE: Final = 64
_MOST_PIXEL_BYTES: Final = 32
_HEADER: Final = re.compile(
    rb"VERSION 2\nTILEWIDTH (\d{1,5})\nTILEHEIGHT (\d{1,5})\nPIXELSIZE (\d{1,3})\nDATA (\d{1,8})\n"
)
_TILE: Final = re.compile(rb"(-?\d{1,9}),(-?\d{1,9}),LZF,(\d{1,8})\n")
_PACKED: Final = 1


@dataclass(frozen=True)
class TilesHeader:
    """``pixel_bytes`` a pixel, ``count`` tiles, which begin at the byte ``start``."""

    pixel_bytes: int
    count: int
    start: int

    @property
    def pixels(self) -> int:
        return self.count * SIDE * SIDE


@dataclass(frozen=True, eq=False)
class Tile:
    """A square whose top left is at (x, y) of the layer; ``data`` is uint8 ``(64, 64, bytes of a pixel)``."""

    x: int
    y: int
    data: Pixels


def tiles_header(start: bytes) -> TilesHeader:
    """What the first bytes of a layer's data say. Raises ``ValueError``."""
    found = _HEADER.match(start)
    if found is None:
        raise ValueError("its pixels are stored in an unknown way")
    width, height, pixel_bytes, count = map(int, found.groups())
    if (width, height) != (SIDE, SIDE) or not 1 <= pixel_bytes <= _MOST_PIXEL_BYTES:
        raise ValueError(f"its tiles are {width}x{height} with {pixel_bytes} bytes a pixel")
    return TilesHeader(pixel_bytes, count, found.end())


def read_tiles(data: bytes) -> Iterator[Tile]:
    """Every tile of a layer's data, in the order in which they are stored. Raises ``ValueError``."""
    header = tiles_header(data)
    place = header.start
    for _ in range(header.count):
        found = _TILE.match(data, place)
        if found is None:
            raise ValueError("it ends in its tiles")
        x, y, length = map(int, found.groups())
        place = found.end() + length
        if length < 1 or place > len(data):
            raise ValueError("it ends in its tiles")
        yield Tile(x, y, _pixels(data[found.end() : place], header.pixel_bytes))


def _pixels(stored: bytes, pixel_bytes: int) -> NDArray[np.uint8]:
    size = SIDE * SIDE * pixel_bytes
    if stored[0] != _PACKED:
        if len(stored) != size + 1:
            raise ValueError("a tile has a wrong length")
        return np.frombuffer(stored, np.uint8, size, 1).reshape(SIDE, SIDE, pixel_bytes)
    # Packed are first bytes of all pixels, then the second ones, and so on.
    planes = unpack_lzf(stored[1:], size).reshape(pixel_bytes, SIDE, SIDE)
    return np.ascontiguousarray(planes.transpose(1, 2, 0))
