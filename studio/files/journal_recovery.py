"""Finding and reading the journals of processes that ended unexpectedly."""

from __future__ import annotations

import contextlib
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.document import Pixels, Raster
from studio.errors import CorruptFileError, FileError, ShorelineError
from studio.files.file_lock import FileLock
from studio.files.journal import SUFFIX, delete_files, lock_path
from studio.files.journal_rows import VERSION, document_from_json, make_raster, unpack_tile, unpack_tile_rows
from studio.history import Step
from studio.untrusted_text import parse_json

DAMAGED_SUFFIX: Final = ".damaged"

_BROKEN: Final = (sqlite3.Error, ValueError, LookupError, TypeError, struct.error, ShorelineError)


@dataclass(frozen=True)
class Leftover:
    """A journal without a living process. ``saved_at`` is when it was last written, in seconds since 1970."""

    path: Path
    original: Path | None
    saved_at: float


@dataclass(frozen=True, eq=False)
class RecoveredSession:
    """The line of history as it was; ``original`` is the file that the document was opened from or saved to."""

    steps: tuple[Step, ...]
    index: int
    original: Path | None
    notes: tuple[str, ...] = ()


def find_leftovers(folder: Path) -> tuple[Leftover, ...]:
    """Journals of dead processes, newest first. Damaged ones are among them; journals in use are not.

    A journal whose process died before its first step was written holds nothing and is removed.
    """
    found: list[Leftover] = []
    for path in folder.glob(f"*{SUFFIX}"):
        with contextlib.suppress(OSError, FileError), _locked(path):
            leftover = Leftover(path, _original(path), path.stat().st_mtime)
            if _is_unused(path):
                delete_files(path)
            else:
                found.append(leftover)
    return tuple(sorted(found, key=lambda leftover: leftover.saved_at, reverse=True))


def recover(path: Path) -> RecoveredSession:
    """Read a left-over journal. It stays where it is until `discard` is called.

    Steps that cannot be read are left out, with a note. If none can be, the file is set aside under the
    ending ".damaged" and `CorruptFileError` names its new place. `FileError` if another process has it.
    """
    with _locked(path):
        try:
            with contextlib.closing(sqlite3.connect(path)) as connection:
                return _Reader(connection).session()
        except _BROKEN as error:
            place = _set_aside(path)
            raise CorruptFileError(
                f"The recovery journal {path.name} is damaged ({error}).", f"It was kept as {place}; open a saved file."
            ) from error


def discard(path: Path) -> None:
    """Delete a left-over journal whose work is saved or not wanted. `FileError` if another process has it."""
    with _locked(path):
        pass
    delete_files(path)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    if not path.exists():
        raise FileError(f"The recovery journal {path} does not exist.", "It may have been recovered already.")
    lock = FileLock.acquire(lock_path(path))
    if lock is None:
        raise FileError(f"The recovery journal {path.name} belongs to a running program.", "Use that one.")
    try:
        yield
    finally:
        lock.release()


def _original(path: Path) -> Path | None:
    rows = _queried(path, "SELECT value FROM about WHERE key = 'original'")
    return Path(rows[0][0]) if rows and rows[0][0] else None


def _is_unused(path: Path) -> bool:
    """Whether a sound journal holds no line yet."""
    return _queried(path, "SELECT 1 FROM about WHERE key = 'version' AND NOT EXISTS (SELECT 1 FROM line)") == [(1,)]


def _queried(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a query; none if the journal is damaged."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return connection.execute(statement).fetchall()
    except sqlite3.Error:
        return []


def _set_aside(path: Path) -> Path:
    for ending in ("", "-wal", "-shm"):
        file = path.with_name(path.name + ending)
        with contextlib.suppress(OSError):
            file.rename(path.with_name(path.stem + DAMAGED_SUFFIX + ending))
    return path.with_name(path.stem + DAMAGED_SUFFIX)


class _Reader:
    """Reads one journal; tiles and rasters that steps share are shared again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tiles: dict[int, Pixels] = {}
        self._rasters: dict[int, Raster] = {}

    def session(self) -> RecoveredSession:
        about = dict(self._connection.execute("SELECT key, value FROM about"))
        if about.get("version") != str(VERSION):
            raise ValueError(f"its version is {about.get('version')}")
        line = self._connection.execute("SELECT position, steps FROM line").fetchone()
        if line is None:
            raise ValueError("it holds no steps")
        position, rows = int(line[0]), parse_json(line[1])
        steps, index = self._steps(rows, position)
        lost = len(rows) - len(steps)
        notes = (f"{lost} of {len(rows)} steps could not be read and were left out.",) if lost else ()
        original = Path(about["original"]) if about.get("original") else None
        return RecoveredSession(steps, index, original, notes)

    def _steps(self, rows: list[int], position: int) -> tuple[tuple[Step, ...], int]:
        """The readable steps, and among them the current one or the last readable one before it."""
        steps: list[Step] = []
        index, problem = 0, "it holds no steps"
        for place, row in enumerate(rows):
            try:
                steps.append(self._step(row))
            except _BROKEN as error:
                problem = str(error)
                continue
            if place <= position:
                index = len(steps) - 1
        if not steps:
            raise ValueError(problem)
        return tuple(steps), index

    def _step(self, row: int) -> Step:
        columns = "label, settings, merge_key, created, document"
        found = self._connection.execute(f"SELECT {columns} FROM step WHERE id = ?", (row,)).fetchone()  # noqa: S608
        if found is None:
            raise LookupError(f"step {row} is missing")
        label, settings, merge_key, created, structure = found
        document = document_from_json(structure, self._raster)
        return Step(label=label, document=document, settings=settings, merge_key=merge_key, created=created)

    def _raster(self, row: int) -> Raster:
        if row not in self._rasters:
            found = self._connection.execute("SELECT channels, base, tiles FROM raster WHERE id = ?", (row,)).fetchone()
            if found is None:
                raise LookupError(f"raster {row} is missing")
            channels, default, packed = found
            tiles = {key: self._tile(tile, channels) for key, tile in unpack_tile_rows(packed).items()}
            self._rasters[row] = make_raster(channels, default, tiles)
        return self._rasters[row]

    def _tile(self, row: int, channels: int) -> Pixels:
        if row not in self._tiles:
            found = self._connection.execute("SELECT data FROM tile WHERE id = ?", (row,)).fetchone()
            if found is None:
                raise LookupError(f"tile {row} is missing")
            self._tiles[row] = unpack_tile(found[0], channels)
        return self._tiles[row]
