"""What plugins and libraries print: it goes to a file, so that stdout holds nothing but what Shoreline answers."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from pathlib import Path
from typing import Final, TextIO

from studio.system.private_files import make_private_folder

LOG_NAME: Final = "output.log"
_STDOUT: Final = 1
_STDERR: Final = 2
_MAX_BYTES: Final = 1024**2
"""Size of the file from which a new one is begun; the one before is kept."""
_MAX_PRINTED: Final = 10 * 1024**2
"""What `print` may add in one run; the rest is dropped: a loop that prints must not fill the disk."""


class StrayOutput:
    """From `divert` to `restore` all that is written to stdout goes to a file in ``folder``, whoever writes it.

    By ``print``, to the file descriptor, by libraries in C or by other programs that are started. `answers` is where
    stdout went before. ``sys.stderr`` stays; what others write to its descriptor goes to the file too, so that no
    program which a plugin leaves behind keeps a caller waiting. Where the file cannot be written, what is printed is
    dropped.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = sys.stdout, sys.stderr
        self._moved: list[_Moved] = []
        self._printed: _Printed | None = None
        self.answers: TextIO | None = sys.stdout

    def divert(self) -> None:
        """From now on; a second call does nothing."""
        if self._printed is not None:
            return
        log = _opened(self._folder)
        self._printed = _Printed(log)
        out, errors = self._before
        self.answers = self._move(out, _STDOUT, log)
        stderr = self._move(errors, _STDERR, log)
        if stderr is not None and stderr is not errors:
            _hand_over(errors, stderr)
            sys.stderr = stderr
        sys.stdout = self._printed

    def restore(self) -> None:
        """As it was before."""
        if self._printed is None:
            return
        for moved in self._moved:
            moved.back()
        _hand_over(sys.stderr, self._before[1])
        sys.stdout, sys.stderr = self._before
        self.answers = sys.stdout
        self._printed.end()
        self._moved, self._printed = [], None

    def _move(self, stream: TextIO | None, descriptor: int, log: int) -> TextIO | None:
        if stream is None or not _is_on(stream, descriptor):
            return stream
        moved = _Moved(stream, descriptor, log)
        self._moved.append(moved)
        return moved.stream


class _Moved:
    """A stream that writes where it did, beside its descriptor, which now leads to the log."""

    def __init__(self, before: TextIO, descriptor: int, log: int) -> None:
        before.flush()
        self._descriptor = descriptor
        self._kept = os.dup(descriptor)  # not for programs that are started
        os.dup2(log, descriptor)
        is_line = descriptor == _STDERR
        self.stream: TextIO = open(  # noqa: SIM115, PTH123 - it lives as long as the process
            os.dup(self._kept),
            "w",
            encoding=before.encoding,
            errors=before.errors,
            buffering=1 if is_line else -1,
        )

    def back(self) -> None:
        self.stream.close()
        os.dup2(self._kept, self._descriptor)
        os.close(self._kept)


def _hand_over(before: TextIO, after: TextIO) -> None:
    """Log handlers remember the stream that they were made for."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is before:
            handler.setStream(after)


class _Printed(io.TextIOWrapper):
    """Takes any text, also after a plugin closed it."""

    def __init__(self, log: int) -> None:
        super().__init__(_Capped(log), encoding="utf-8", errors="backslashreplace", write_through=True)

    def close(self) -> None:
        self.flush()

    def end(self) -> None:
        super().close()


class _Capped(io.FileIO):
    def __init__(self, log: int) -> None:
        super().__init__(log, "w")
        self._left = _MAX_PRINTED

    def write(self, data: object, /) -> int:
        size = len(memoryview(data))  # type: ignore[arg-type]
        if size <= self._left:
            self._left -= size
            with contextlib.suppress(OSError):  # a full disk is no reason for a plugin to fail
                super().write(data)  # type: ignore[arg-type]
        return size


def _opened(folder: Path) -> int:
    path = folder / LOG_NAME
    try:
        make_private_folder(folder)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size > _MAX_BYTES:
                path.replace(path.with_suffix(".1.log"))
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


def _is_on(stream: TextIO, descriptor: int) -> bool:
    try:
        return stream.fileno() == descriptor
    except (OSError, ValueError):
        return False
