"""How much memory the reading of a file may take: a small file little, a large one whatever is free.

A few megabytes can unpack to gigabytes. What a program writes in earnest grows far less, or is no small file.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psutil

from studio.errors import FileTooLargeError
from studio.text.amounts import bytes_text

SMALL_FILE_BYTES: Final = 1300 * 1024**2
"""So much any file may take."""

_MOST_GROWTH: Final = 250
"""How many times its own size a file may take beyond that."""

_SHARE_OF_FREE: Final = 0.8


def allowed_bytes(file_bytes: int) -> int:
    """How much memory may be taken for a file of so many bytes, now."""
    free = int(psutil.virtual_memory().available * _SHARE_OF_FREE)
    return min(free, max(SMALL_FILE_BYTES, _MOST_GROWTH * file_bytes))


def check_memory(needed: int, file_bytes: int, name: str) -> None:
    """Raise `FileTooLargeError` if ``needed`` bytes are more than the file ``name`` may take."""
    if needed > allowed_bytes(file_bytes):
        raise FileTooLargeError(
            "{name} would take {needed} of memory to open, which is not free, or far too much for a file "
            "of {file_bytes}.",
            "Close other programs, or scale the picture down in the program that wrote it.",
            name=name,
            needed=bytes_text(needed),
            file_bytes=bytes_text(file_bytes),
        )


class MemoryBudget:
    """The memory for all pictures of one file. Threads that decode wait until there is room for what they do."""

    def __init__(self, file_bytes: int, name: str) -> None:
        self._file_bytes = file_bytes
        self._name = name
        self._limit = allowed_bytes(file_bytes)
        self._kept = 0
        self._reserved = 0
        self._changed = threading.Condition()

    @contextmanager
    def reserved(self, size: int) -> Iterator[None]:
        """Room for ``size`` bytes while something is decoded. Raises `FileTooLargeError` if there never is."""
        with self._changed:
            self._changed.wait_for(lambda: not self._reserved or self._kept + self._reserved + size <= self._limit)
            if self._kept + size > self._limit:
                check_memory(max(self._kept + size, self._limit + 1), self._file_bytes, self._name)
            self._reserved += size
        try:
            yield
        finally:
            with self._changed:
                self._reserved -= size
                self._changed.notify_all()

    def room(self) -> int:
        """Bytes that are neither kept nor reserved now."""
        with self._changed:
            return self._limit - self._kept - self._reserved

    def keep(self, size: int) -> None:
        """Count ``size`` bytes that stay."""
        with self._changed:
            self._kept += size
