"""The pixels in a Krita file: found by the names of layers, checked together, laid out in tiles of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np

from studio.document import Pixels, Raster, Rect, TileKey, tile_rect
from studio.document.fill import filled_mask, filled_rect
from studio.document.tiles import is_uniform
from studio.files.krita.colours import COLOUR_SPACES, ColourSpace, premultiplied
from studio.files.krita.tiles import HEADER_BYTES, SIDE, Tile, read_tiles, tiles_header
from studio.files.untrusted.limits import MAX_OFFSET, check_layer_sizes
from studio.files.untrusted.memory import check_memory
from studio.files.untrusted.safe_zip import SafeZip

_MOST_BYTES: Final = 1024**3
_MOST_PROFILE: Final = 16 * 1024**2
_BATCH: Final = 64
_BYTES_PER_PIXEL: Final = 4
_WHILE_READ: Final = 64 * 1024**2
_SELECTION: Final = ".pixelselection"
_Convert = Callable[[Pixels], Pixels]
Offset = tuple[int, int]
"""To the right and down, in pixels."""


class StoredPixels:
    """Reads layers and masks of one archive. ``folder`` is what the picture is called in it.

    Methods raise `FileError`, or ``ValueError`` for data that is damaged or of an unknown kind. What was converted is
    added to ``notes``.
    """

    def __init__(self, archive: SafeZip, folder: str, canvas: Rect) -> None:
        self.notes: dict[str, None] = {}
        self.depths: set[int] = set()
        self._archive = archive
        self._canvas = canvas
        self._places = _places(archive, folder)

    def check(self, layers: Iterable[Element]) -> None:
        """Refuse layers that would together unpack to more than a painting needs. Raises `FileTooLargeError`."""
        sizes = [size for layer in layers for name in _data_names(layer) if (size := self._stored_pixels(name))]
        check_layer_sizes([(size, 1) for size in sizes], self._archive.name)
        check_memory(_BYTES_PER_PIXEL * sum(sizes) + _WHILE_READ, self._archive.length, self._archive.name)

    def layer(self, layer: Element, name: str, offset: Offset) -> Raster:
        """The pixels that are stored under a name, for a layer that is moved by ``offset``."""
        space = COLOUR_SPACES.get(layer.get("colorspacename", ""))
        if space is None:
            raise ValueError(f"its colours are {layer.get('colorspacename')!r}")
        self.depths.add(space.bits)
        profile = self._profile(layer.get("filename", ""))

        def convert(stored: Pixels) -> Pixels:
            pixels, notes = premultiplied(stored, space, profile)
            self.notes.update(dict.fromkeys(notes))
            return pixels

        default = convert(self._default_pixel(name, space.pixel_bytes))[0, 0]
        empty = filled_rect(self._canvas, _rgba(default)) if default.any() else Raster()
        return self._laid_out(name, space, empty, convert, offset)

    def has_mask(self, name: str) -> bool:
        return self._entry(name + _SELECTION) is not None

    def mask(self, name: str, offset: Offset) -> Raster:
        """A mask by the name of its own, or of the layer that it belongs to."""
        stored = name + _SELECTION
        default = int(self._default_pixel(stored, 1)[0, 0, 0])
        empty = Raster(1, default) if default in (0, 255) else filled_mask(self._canvas, default)
        return self._laid_out(stored, _ONE_BYTE, empty, lambda values: values[..., 0], offset)

    def text(self, name: str, limit: int) -> bytes:
        """A text that lies beside a layer's pixels, empty if there is none."""
        entry = self._entry(name)
        return b"" if entry is None else self._archive.read(entry, limit)

    def _laid_out(self, name: str, space: ColourSpace, empty: Raster, convert: _Convert, offset: Offset) -> Raster:
        entry = self._entry(name)
        if entry is None:
            raise ValueError("its pixels are missing")
        data = self._archive.read(entry, _MOST_BYTES)
        if tiles_header(data).pixel_bytes != space.pixel_bytes:
            raise ValueError("its pixels are not of the kind that it says")
        changed: dict[TileKey, Pixels] = {}
        for tile, pixels in _converted(read_tiles(data), convert):
            place = Rect(tile.x + offset[0], tile.y + offset[1], SIDE, SIDE)
            if max(abs(place.x), abs(place.y)) > MAX_OFFSET:
                raise ValueError(f"it lies at {place.x}, {place.y}")
            _put(changed, empty, place, pixels)
        default = empty.default
        return empty.with_tiles({key: None if is_uniform(tile, default) else tile for key, tile in changed.items()})

    def _stored_pixels(self, name: str) -> int:
        entry = self._entry(name)
        try:
            return 0 if entry is None else tiles_header(self._archive.read_start(entry, HEADER_BYTES)).pixels
        except ValueError:  # it will be said when it is read
            return 0

    def _default_pixel(self, name: str, length: int) -> Pixels:
        entry = self._entry(f"{name}.defaultpixel")
        stored = bytes(length) if entry is None else self._archive.read(entry, 64)
        return np.frombuffer(stored[:length].ljust(length, b"\0"), np.uint8).reshape(1, 1, length)

    def _profile(self, name: str) -> bytes | None:
        entry = self._entry(f"{name}.icc") or self._places.get("annotations/icc")
        return None if entry is None else self._archive.read(entry, _MOST_PROFILE)

    def _entry(self, name: str) -> str | None:
        return self._places.get(f"layers/{name}")


_ONE_BYTE: Final = ColourSpace("u1", (0, 0, 0, 0))


def _places(archive: SafeZip, folder: str) -> dict[str, str]:
    """Entries by their names within the picture's folder, whatever that is really called."""
    names = [name for name in archive.sizes() if "/" in name]
    own = [name for name in names if name.startswith(f"{folder}/layers/")]
    others = [name for name in names if name not in own]
    found: dict[str, str] = {}
    for name in (*own, *others):
        found.setdefault("/".join(name.split("/")[-2:]), name)
    return found


def _data_names(layer: Element) -> Iterator[str]:
    name = layer.get("filename", "")
    yield name
    yield name + _SELECTION


def _rgba(pixel: Pixels) -> tuple[int, int, int, int]:
    red, green, blue, alpha = (int(value) for value in pixel)
    return red, green, blue, alpha


def _converted(tiles: Iterator[Tile], convert: _Convert) -> Iterator[tuple[Tile, Pixels]]:
    """Tiles with their pixels as they are kept here, many at a time."""
    while batch := list(islice(tiles, _BATCH)):
        pixels = convert(np.concatenate([tile.data for tile in batch]))
        yield from zip(batch, np.split(pixels, len(batch)), strict=True)


def _put(changed: dict[TileKey, Pixels], empty: Raster, place: Rect, pixels: Pixels) -> None:
    for key in place.tile_keys():
        if key not in changed:
            changed[key] = empty.editable_tile(key)
        whole = tile_rect(key)
        part = whole.intersected(place)
        changed[key][part.y - whole.y : part.bottom - whole.y, part.x - whole.x : part.right - whole.x] = pixels[
            part.y - place.y : part.bottom - place.y, part.x - place.x : part.right - place.x
        ]
