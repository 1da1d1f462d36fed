"""The pictures in an OpenRaster file: found by odd names too, checked together, decoded in threads, each one once.

What cannot be read is an error for the layer or mask that names it, never for the others.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, TypeVar
from urllib.parse import unquote

from studio.document import TILE_SIZE, Pixels, Raster
from studio.errors import FileError, UnsupportedFileError
from studio.files.pictures.formats import FileFormat, sniff
from studio.files.pictures.images import (
    BYTES_PER_PIXEL,
    DecodedImage,
    damaged,
    decode,
    decode_mask,
    flat_size,
    png_size,
)
from studio.files.pictures.png_bands import NotInBandsError, grey_in_bands, raster_in_bands
from studio.files.untrusted.limits import check_file_bytes, check_layer_size, check_layer_sizes
from studio.files.untrusted.memory import MemoryBudget, allowed_bytes
from studio.files.untrusted.safe_zip import SafeZip
from studio.raster.convert import raster_of_straight

_HEAD_BYTES: Final = 512
_FLAT: Final = (FileFormat.PNG, FileFormat.JPEG, FileFormat.WEBP, FileFormat.GIF)
_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class StoredPictures:
    """Reads pictures of one archive by the names that ``stack.xml`` has for them.

    Every method raises `FileError` (`CorruptFileError`, `UnsupportedFileError`, `FileTooLargeError`) naming file and
    entry.
    """

    def __init__(self, archive: SafeZip) -> None:
        self._archive = archive
        self._memory = MemoryBudget(archive.length, archive.name)

    def entry(self, source: str) -> str:
        """The entry that a ``src`` means: programs also write ./data/0.png, /data/0.png, data\\0.png or %20."""
        plain = [part for part in source.replace("\\", "/").split("/") if part not in ("", ".")]
        names = (source, "/".join(plain), unquote("/".join(plain)))
        return next((name for name in names if name in self._archive), source)

    def check(self, entries: Iterable[str]) -> Mapping[str, FileError]:
        """Why pictures cannot be read, of those of which their first bytes tell.

        An entry that is given twice counts twice: raises `FileTooLargeError` if those that can be read would together
        unpack to more than a painting needs.
        """
        wanted = Counter(entries)
        bad: dict[str, FileError] = {}
        sizes: list[tuple[int, int]] = []
        for entry, times in wanted.items():
            try:
                size = self._size(entry)
                check_layer_size(*size, self._label(entry))
                sizes += [size] * times
            except FileError as error:
                bad[entry] = error
        check_layer_sizes(sizes, self._archive.name)
        return bad

    def picture(self, entry: str) -> DecodedImage:
        """One picture, whichever flat format it is in; the specification allows PNG only."""
        form = self.format(entry)
        return decode(self._archive.read(entry), form, self._label(entry), check_layer_size)

    def raster(self, entry: str, x: int, y: int) -> tuple[Raster, tuple[str, ...]]:
        """A picture in tiles with its top left at (x, y), and notes; waits until there is memory for it."""
        width, height = self._size(entry)
        if self._is_huge(width * height * BYTES_PER_PIXEL):
            most = self._memory.room()
            with suppress(NotInBandsError):
                return self._in_bands(entry, width, lambda data: raster_in_bands(data, x, y, most)), ()
        with self._memory.reserved(width * height * BYTES_PER_PIXEL):
            image = self.picture(entry)
            raster = raster_of_straight(image.pixels, x, y)
            self._memory.keep(sum(tile.nbytes for tile in raster.tiles.values()))
        return raster, image.notes

    def mask(self, entry: str) -> Pixels:
        """The grey values ``(h, w)`` uint8 of a mask."""
        width, height = self._size(entry)
        if self._is_huge(width * height * BYTES_PER_PIXEL):
            with suppress(NotInBandsError):
                return self._in_bands(entry, width, grey_in_bands)
        with self._memory.reserved(width * height * BYTES_PER_PIXEL):
            self._memory.keep(2 * width * height)
            return decode_mask(self._archive.read(entry), self._label(entry))

    def _is_huge(self, size: int) -> bool:
        """Whether a picture would be refused if it were laid out whole."""
        return size > allowed_bytes(self._archive.length)

    def _in_bands(self, entry: str, width: int, read: Callable[[bytes], _Value]) -> _Value:
        """What ``read`` makes of a PNG that is never laid out whole; our own saved pictures must open again.

        Raises `NotInBandsError` for pictures of other kinds.
        """
        with self._memory.reserved(width * TILE_SIZE * BYTES_PER_PIXEL):
            try:
                found = read(self._archive.read(entry))
            except NotInBandsError:
                raise
            except ValueError as error:
                raise damaged(self._label(entry), error) from error
        self._memory.keep(_kept_bytes(found))
        return found

    def format(self, entry: str) -> FileFormat:
        """What kind of flat picture an entry is."""
        head = self._archive.read_start(entry, _HEAD_BYTES)
        check_file_bytes(len(head), self._label(entry))
        form = sniff(head, self._label(entry))
        if form not in _FLAT:
            raise UnsupportedFileError("{label} is no flat picture.", "Save it as PNG.", label=self._label(entry))
        return form

    def _size(self, entry: str) -> tuple[int, int]:
        form = self.format(entry)
        if form is FileFormat.PNG:
            return png_size(self._archive.read_start(entry, 24), self._label(entry))
        return flat_size(io.BytesIO(self._archive.read(entry)), form, self._label(entry))

    def _label(self, entry: str) -> str:
        return f"{self._archive.name} ({entry})"


def _kept_bytes(found: object) -> int:
    """Memory of a raster or an array; tiles that are one array count once."""
    if isinstance(found, Raster):
        return sum(tile.nbytes for tile in {id(tile): tile for tile in found.tiles.values()}.values())
    return int(getattr(found, "nbytes", 0))


def in_threads(
    read: Callable[[_Key], _Value], keys: Iterable[_Key]
) -> tuple[Mapping[_Key, _Value], Mapping[_Key, FileError]]:
    """What ``read`` makes of every key, and why it failed for the others."""
    found: dict[_Key, _Value] = {}
    failed: dict[_Key, FileError] = {}

    def attempt(key: _Key) -> None:
        try:
            found[key] = read(key)
        except FileError as error:
            failed[key] = error

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(attempt, dict.fromkeys(keys)))
    return found, failed
