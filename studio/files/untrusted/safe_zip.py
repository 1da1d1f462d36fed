"""Reading zip archives from strangers: names, counts and sizes are checked before anything is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections import Counter
from pathlib import PurePosixPath
from types import TracebackType
from typing import BinaryIO, Final

from studio.errors import CorruptFileError, FileTooLargeError
from studio.message import Message
from studio.text.amounts import bytes_text
from studio.text.exceptions import reason_for

MAX_ENTRIES: Final = 20_000
MAX_UNPACKED_BYTES: Final = 8 * 1024**3
MAX_RATIO: Final = 200
"""How many times larger than packed a large entry may be. A picture inside is packed already."""

_LARGE_ENTRY: Final = 64 * 1024**2
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class SafeZip:
    """A zip archive opened for reading; nothing is ever unpacked to the disk.

    ``name`` is the file's name for messages, ``length`` its size in bytes, and what is ``forbidden`` no letter of an
    entry's name. Opening raises `CorruptFileError` (not a
    zip, damaged, two entries of one name or place, names that climb out) or `FileTooLargeError` (too many entries, too
    large, a bomb).
    """

    def __init__(self, stream: BinaryIO, name: str, *, forbidden: str = ":\0") -> None:
        self.name = name
        self._forbidden = frozenset(forbidden)
        try:
            self.length = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            self._archive = zipfile.ZipFile(stream)
        except _BROKEN as error:
            raise self.damaged(str(error)) from error
        self._entries = self._checked()

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, entry: str) -> bool:
        return entry in self._entries

    def sizes(self) -> dict[str, int]:
        """Every entry's name with its unpacked size in bytes; names of folders end with a slash."""
        return {name: info.file_size for name, info in self._entries.items()}

    def is_plain_file(self, entry: str) -> bool:
        """Whether an entry is a file, and no link, device or pipe, which archives made on Unix can hold."""
        kind = stat.S_IFMT(self._info(entry).external_attr >> 16)
        return kind in (0, stat.S_IFREG)

    def read(self, entry: str, limit: int = MAX_UNPACKED_BYTES) -> bytes:
        """One entry, at most ``limit`` bytes. Raises `CorruptFileError` when it is missing or broken."""
        info = self._info(entry)
        if info.file_size > limit:
            raise self._too_large(Message("{entry} has {size}", entry=entry, size=bytes_text(info.file_size)))
        try:
            return self._archive.read(info)
        except _BROKEN as error:
            raise self.damaged(in_entry(entry, reason_for(error))) from error

    def read_start(self, entry: str, size: int) -> bytes:
        """The first ``size`` bytes of an entry, unchecked by its checksum."""
        try:
            with self._archive.open(self._info(entry)) as stream:
                return stream.read(size)
        except _BROKEN as error:
            raise self.damaged(in_entry(entry, reason_for(error))) from error

    def checksum(self, entry: str) -> int:
        """The CRC-32 of an entry as the archive states it."""
        return self._info(entry).CRC

    def damaged(self, reason: str) -> CorruptFileError:
        """An error about this file; ``reason`` says what is wrong in it."""
        return CorruptFileError(
            "{name} is damaged ({reason}).", "Get it again, or open a backup.", name=self.name, reason=reason
        )

    def _info(self, entry: str) -> zipfile.ZipInfo:
        info = self._entries.get(entry)
        if info is None:
            raise self.damaged(Message("{entry} is missing in it", entry=entry))
        return info

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._archive.infolist()
        if len(infos) > MAX_ENTRIES:
            raise self._too_large(Message("it has {count} entries", count=len(infos)))
        if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
            raise self._too_large(Message("it is larger than 8 GB"))
        if sum(info.compress_size for info in infos) > self.length:
            raise self.damaged(Message("its entries lie over each other or beyond its end"))
        for info in infos:
            self._check_entry(info)
        for entry, count in Counter(_plain(info.filename) for info in infos).items():
            if count > 1:
                raise self.damaged(Message("{entry} is in it {count} times", entry=entry, count=count))
        return {_plain(info.filename): info for info in infos}

    def _check_entry(self, info: zipfile.ZipInfo) -> None:
        # orig_filename still has what zipfile cuts or replaces: NUL characters and the system's separators.
        path = PurePosixPath(_plain(info.orig_filename))
        if path.is_absolute() or ".." in path.parts or self._forbidden & set(info.orig_filename):
            raise self.damaged(Message("it holds the unsafe name {name!r}", name=info.orig_filename))
        if info.flag_bits & 1:
            raise self.damaged(Message("{entry} is encrypted", entry=info.filename))
        if info.file_size > _LARGE_ENTRY and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise self._too_large(
                Message("{entry} unpacks to {size}", entry=info.filename, size=bytes_text(info.file_size))
            )

    def _too_large(self, reason: str) -> FileTooLargeError:
        return FileTooLargeError(
            "{name} would unpack to more than Shoreline accepts: {reason}.",
            "Open a file that you trust.",
            name=self.name,
            reason=reason,
        )


def in_entry(entry: str, reason: str) -> Message:
    """A reason that is about one entry."""
    return Message("{entry}: {reason}", entry=entry, reason=reason)


def _plain(entry: str) -> str:
    """An entry's name with slashes; some programs on Windows write backslashes."""
    return entry.replace("\\", "/")
