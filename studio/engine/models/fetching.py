"""One file on its way to its place: received beside it, with resume and cancel, checked, and moved there."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from studio.engine.models.exchange import Exchange, Head
from studio.engine.models.retries import PassingError, retried
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.text.amounts import bytes_text
from studio.text.exceptions import reason_for

_CHUNK: Final = 1 << 20
_STRONG_TAG: Final = re.compile(r'"[!#-~]*"')
_POSITIONS: Final = re.compile(r"bytes (\d{1,19})-\d*/(\d{1,19}|\*)", re.ASCII)
_SPARE_BYTES: Final = 64 << 20
"""Space on the disk that is left to others."""

_AGAIN: Final = "Start the download again."

Report = Callable[[int, int], None]
"""``report(bytes_done, bytes_total)``"""
Ask = Callable[[Mapping[str, str]], AbstractContextManager[Exchange]]
"""Asks for a file with some headers; 200, 206 and 416 are answers, anything else raises `ModelError`."""


@dataclass(frozen=True)
class RemoteFile:
    """A file to be fetched: its name, with folders behind ``/``, its size in bytes, and where that is known the SHA-256
    of its content and the SHA-1 that git gives it."""

    name: str
    size: int
    sha256: str | None = None
    git_sha1: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where files come from: its ``name`` for messages, how one is ``asked`` for, and what to check when it sends more
    than it said."""

    name: str
    ask: Callable[[RemoteFile], Ask]
    advice: str
    cancel: CancelToken


def fetch_all(source: Source, files: Sequence[RemoteFile], target: Path, progress: Report) -> None:
    """Fetch files into the folder ``target``. What is there already, whole or in part, is not fetched again.

    Raises `Cancelled` within a second of a cancel, or `ModelError`.
    """
    total, done = sum(file.size for file in files), 0
    for file in files:
        Fetch(source, file, target, partial(_report, progress, done, total)).run()
        done += file.size


def _report(progress: Report, done: int, total: int, count: int) -> None:
    progress(done + count, total)


@contextlib.contextmanager
def saving(source: str, target: Path) -> Iterator[None]:
    """Tell what the disk refuses as a `ModelError`."""
    try:
        yield
    except OSError as error:
        raise ModelError(
            "{source} could not be saved in {target}: {reason}.",
            "Check the free disk space and that you may write there; what is there already is kept.",
            source=source,
            target=target,
            reason=reason_for(error),
        ) from error


def check_space(source: str, files: Sequence[RemoteFile], target: Path) -> None:
    """Raise `ModelError` where the disk has no room for what is missing yet."""
    missing = sum(max(0, file.size - kept_bytes(target / file.name)) for file in files)
    free = shutil.disk_usage(target).free
    if missing + _SPARE_BYTES > free and missing:
        raise ModelError(
            "{source} needs {missing} more in {target}, where {free} are free.",
            "Free some disk space and start again; what is there already is kept.",
            source=source,
            missing=bytes_text(missing),
            target=target,
            free=bytes_text(free),
        )


def kept_bytes(place: Path) -> int:
    """How much of a file is there, whole or in part."""
    for path in (place, _part_of(place)):
        with contextlib.suppress(FileNotFoundError):
            return path.stat().st_size
    return 0


def _part_of(place: Path) -> Path:
    return place.with_name(place.name + ".part")


class Fetch:
    """One file on its way to its place: received beside it, checked, and moved there."""

    def __init__(self, source: Source, file: RemoteFile, target: Path, received: Callable[[int], None]) -> None:
        self._source = source
        self._ask = source.ask(file)
        self._file = file
        self._place = target / file.name
        self._part = _part_of(self._place)
        self._tag = self._part.with_name(self._part.name + ".etag")
        self._received = received
        self._furthest = 0

    def run(self) -> None:
        """Fetch the file, unless it is there already. A part that turns out damaged is fetched anew, once."""
        if not self._is_sound(self._place):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(2):
                retried(self._receive, self._source.cancel, self._has_moved)
                if self._is_sound(self._part):
                    break
                self._discard()
            else:
                raise ModelError(
                    "{file} of {source} arrived damaged.", _AGAIN, file=self._file.name, source=self._source.name
                )
            self._part.replace(self._place)
            self._tag.unlink(missing_ok=True)
        self._received(self._file.size)

    def _receive(self) -> None:
        count, tag = self._taken_up()
        headers = {"Range": f"bytes={count}-"} if count else {}
        if count and _STRONG_TAG.fullmatch(tag):
            headers["If-Range"] = tag  # a weak tag may not be used for it, an odd one not be sent; `_start` compares it
        if count < self._file.size or not self._part.exists():
            with self._ask(headers) as exchange:
                self._write(exchange, self._start(exchange.head, count, tag))
        if self._count() < self._file.size:
            raise PassingError(
                "{file} of {source} broke off.",
                "Start the download again; it goes on from there.",
                file=self._file.name,
                source=self._source.name,
            )

    def _write(self, exchange: Exchange, count: int) -> None:
        self._tag.write_text(exchange.head.headers.get("etag", "")[:500], "utf-8")
        with self._part.open("ab" if count else "wb") as out:
            for piece in exchange.body(self._file.size - count):
                out.write(piece)
                count += len(piece)
                self._received(count)

    def _taken_up(self) -> tuple[int, str]:
        """How many bytes are there from before, and the entity tag that they came under."""
        count = self._count()
        if count > self._file.size:
            self._discard()
            return 0, ""
        try:
            return count, self._tag.read_text("utf-8-sig")
        except (FileNotFoundError, UnicodeDecodeError):
            return count, ""

    def _start(self, head: Head, count: int, tag: str) -> int:
        """The position of the answer's first byte; what is there is given up where it does not fit."""
        length = head.headers.get("content-length", "")
        start = count if head.status == 206 else 0
        place = _POSITIONS.match(head.headers.get("content-range", ""))
        fits = place is not None and int(place[1]) == count and place[2] in ("*", str(self._file.size))
        same = not tag or head.headers.get("etag", tag) == tag
        if head.status == 416 or (head.status == 206 and not (fits and same)):
            self._discard()
            raise PassingError(
                "{file} of {source} has changed, or the server mixes its parts up.",
                _AGAIN,
                file=self._file.name,
                source=self._source.name,
            )
        is_packed = "content-encoding" in head.headers
        if length.isdecimal() and start + int(length) > self._file.size and not is_packed:
            raise ModelError(
                "The server sends more for {file} of {source} than was announced.",
                self._source.advice,
                file=self._file.name,
                source=self._source.name,
            )
        return start

    def _count(self) -> int:
        return self._part.stat().st_size if self._part.is_file() else 0

    def _has_moved(self) -> bool:
        """Whether at least a megabyte has come since this was asked last."""
        count = self._count()
        moved = count >= self._furthest + _CHUNK
        self._furthest = max(self._furthest, count)
        return moved

    def _discard(self) -> None:
        self._part.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)

    def _is_sound(self, path: Path) -> bool:
        """Whether a file has the size and the content that were announced."""
        if not path.is_file() or path.stat().st_size != self._file.size:
            return False
        if self._file.sha256 is not None:
            return self._digest(path, hashlib.sha256()) == self._file.sha256
        if self._file.git_sha1 is not None:
            blob = hashlib.sha1(b"blob %d\0" % self._file.size, usedforsecurity=False)
            return self._digest(path, blob) == self._file.git_sha1
        return True

    def _digest(self, path: Path, digest: hashlib._Hash) -> str:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                self._source.cancel.raise_if_cancelled()
        return digest.hexdigest()
