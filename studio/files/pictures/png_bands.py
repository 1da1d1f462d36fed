"""PNG pictures read a few rows at a time, for those too large to be laid out whole.

Read so are pictures of 8 bits, RGBA, RGB or grey, as Shoreline writes them. The layout and the filters are those of the
PNG specification, third edition.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from PIL.PngImagePlugin import PngImageFile

from studio.document import TILE_SIZE, Pixels, Raster, TileKey, freeze
from studio.files.pictures.png_chunks import SIGNATURE, check_header, chunks
from studio.raster.convert import premultiply

_CHANNELS: Final = {6: 4, 2: 3, 0: 1}
"""Values of a pixel by colour type."""
_NONE, _UP = 0, 2
_PIECE: Final = 1 << 20
_PLAIN: Final = (b"IHDR", b"IDAT", b"IEND", b"pHYs", b"tEXt", b"zTXt", b"iTXt", b"sRGB", b"gAMA", b"cHRM")
"""Chunks that leave the values as they are, but for gamma, which Shoreline takes as sRGB's."""


class NotInBandsError(ValueError):
    """The picture is sound perhaps, but not one that can be read a few rows at a time."""


def read_bands(data: bytes, first: int = TILE_SIZE, rows: int = TILE_SIZE) -> Iterator[Pixels]:
    """The rows of a PNG from the top: ``first`` of them, then ``rows`` at a time.

    Straight RGBA ``(n, w, 4)``, RGB ``(n, w, 3)`` or grey ``(n, w)``, uint8.

    Raises `NotInBandsError` for another kind of PNG, ``ValueError`` for one that is damaged.
    """
    width, height = check_header(data)
    depth, colour, _compression, _filter, interlace = struct.unpack_from(">5B", data, 24)
    kinds = {kind for kind, _start, _stop in chunks(data)}
    if depth != 8 or colour not in _CHANNELS or interlace or not kinds <= set(_PLAIN):
        raise NotInBandsError("it is no plain PNG of 8 bits")
    channels = _CHANNELS[colour]
    above = np.zeros(width * channels, np.uint8)
    inflate = _Inflated(data)
    top, wanted = 0, first
    while top < height:
        count = min(wanted, height - top)
        band = _unfiltered(inflate.take(count * (1 + width * channels)), width, colour, above)
        above = band[-1]
        yield band.reshape((count, width, channels) if channels > 1 else (count, width))
        top, wanted = top + count, rows


def raster_in_bands(data: bytes, x: int, y: int, most_bytes: int) -> Raster:
    """A picture in tiles with its top left at (x, y); tiles of one colour are one array.

    Raises as `read_bands` does, and `NotInBandsError` when the tiles would take more than ``most_bytes``.
    """
    kept = 0
    tiles: dict[TileKey, Pixels] = {}
    plain: dict[bytes, Pixels] = {}
    top = y
    for band in read_bands(data, first=TILE_SIZE - y % TILE_SIZE):
        for key, tile in Raster.from_array(premultiply(_rgba(band)), x, top).tiles.items():
            tiles[key] = plain.setdefault(tile[0, 0].tobytes(), tile) if _is_plain(tile) else tile
            kept += tile.nbytes if tiles[key] is tile else 0
        if kept > most_bytes:
            raise NotInBandsError("it holds too much")
        top += band.shape[0]
    return Raster().with_tiles({key: freeze(tile) for key, tile in tiles.items()})


def grey_in_bands(data: bytes) -> Pixels:
    """A grey picture, uint8 ``(h, w)``. Raises as `read_bands` does."""
    width, height = check_header(data)
    pixels = np.empty((height, width), np.uint8)
    top = 0
    for band in read_bands(data):
        if band.ndim == 3:
            raise NotInBandsError("it has colours")
        pixels[top : top + band.shape[0]] = band
        top += band.shape[0]
    return pixels


def _is_plain(tile: Pixels) -> bool:
    return bool((tile == tile[0, 0]).all())


def _rgba(band: Pixels) -> Pixels:
    if band.ndim == 3 and band.shape[2] == 4:
        return band
    return np.asarray(cv2.cvtColor(band, cv2.COLOR_GRAY2RGBA if band.ndim == 2 else cv2.COLOR_RGB2RGBA), np.uint8)


def _unfiltered(packed: bytes, width: int, colour: int, above: Pixels) -> Pixels:
    """Rows of values, uint8 ``(n, values of a row)``, of rows that each begin with the number of their filter."""
    rows = np.frombuffer(packed, np.uint8).reshape(-1, 1 + above.size)
    kinds = rows[:, 0]
    if not np.isin(kinds, (_NONE, _UP)).all():
        return _decoded(packed, width, colour, above)
    band = rows[:, 1:].copy()
    for index in range(band.shape[0]):
        if kinds[index] == _UP:
            band[index] += above if index == 0 else band[index - 1]
    return band


def _decoded(packed: bytes, width: int, colour: int, above: Pixels) -> Pixels:
    """The same for rows under any filter: as a PNG of their own, below the row above them."""
    count = len(packed) // (1 + above.size)
    header = struct.pack(">IIBBBBB", width, count + 1, 8, colour, 0, 0, 0)
    values = zlib.compress(b"\0" + above.tobytes() + packed, 0)
    picture = b"".join((SIGNATURE, *map(_chunk, (b"IHDR", b"IDAT", b"IEND"), (header, values, b""))))
    try:
        with PngImageFile(io.BytesIO(picture)) as image:
            return np.array(image, np.uint8).reshape(count + 1, -1)[1:]
    except (OSError, SyntaxError) as error:
        raise ValueError(str(error)) from error


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


class _Inflated:
    """The pixel data of a PNG as a stream; never more of it is unpacked than was asked for."""

    def __init__(self, data: bytes) -> None:
        self._parts = (data[start + 8 : stop - 4] for kind, start, stop in chunks(data) if kind == b"IDAT")
        self._inflate = zlib.decompressobj()
        self._packed = b""

    def take(self, size: int) -> bytes:
        """The next ``size`` bytes. Raises ``ValueError`` where they are missing or damaged."""
        pieces: list[bytes] = []
        missing = size
        while missing:
            if not self._packed:
                self._packed = next(self._parts, b"")
            try:
                piece = self._inflate.decompress(self._packed, min(missing, _PIECE))
            except zlib.error as error:
                raise ValueError(str(error)) from error
            if not piece and not self._packed:
                raise ValueError("its data end too soon")
            self._packed = self._inflate.unconsumed_tail
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)
