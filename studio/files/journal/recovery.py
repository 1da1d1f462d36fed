"""Finding and reading the journals of processes that ended unexpectedly."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.document import Document, Pixels, Raster
from studio.errors import CorruptFileError, FileError, OutOfMemoryError, ShorelineError
from studio.files.disk.file_lock import FileLock
from studio.files.journal.journal import KEPT_LOG_ENDING, LOG_ENDING, SIDE_ENDINGS, SUFFIX, delete_files, lock_path
from studio.files.journal.rows import (
    VERSION,
    cell_text,
    document_from_json,
    make_raster,
    unpack_tile,
    unpack_tile_rows,
)
from studio.files.journal.write_ahead_log import last_commit
from studio.history import DEFAULT_ICON, Step, StepKind
from studio.message import Message
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_json

_STEPS_A_TURN: Final = 1_000_000
_MOST_STEPS: Final = 50 * _STEPS_A_TURN
"""Of SQLite's own machine: a journal of a hundred thousand tiles takes a few million."""
_MOST_CELL_BYTES: Final = 256 * 1024**2
DAMAGED_SUFFIX: Final = ".damaged"
_ICON_NAME: Final = re.compile(r"[a-z0-9-]{1,60}")

_LATEST: Final = 1e11
"""Seconds since 1970 that no step is made after."""
_REFUSED: Final = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)
"""What SQLite says when the system refuses it the file; that tells nothing about what is in it."""


@dataclass(frozen=True)
class Leftover:
    """A journal without a living process.

    ``saved_at`` is when it was last written, in seconds since 1970. ``place`` is that of the document among those that
    were open, from 0 on. ``steps`` counts the states of the document that it
    holds; ``None`` where it cannot be read, which `recover` explains.
    """

    path: Path
    original: Path | None
    saved_at: float
    steps: int | None
    place: int = 0


@dataclass(frozen=True, eq=False)
class RecoveredSession:
    """The line of history as it was; ``original`` is the file that the document was opened from or saved to."""

    steps: tuple[Step[Document], ...]
    index: int
    original: Path | None
    notes: tuple[str, ...] = ()


def find_leftovers(folder: Path) -> tuple[Leftover, ...]:
    """Journals of dead processes, newest first. Damaged ones are among them; journals in use are not.

    A journal whose process died before its first step was written holds nothing and is removed, and so is what lies
    beside a journal that is gone.
    """
    _tidy(folder)
    looked_at = (_looked_at(path) for path in _files(folder, f"*{SUFFIX}"))
    found = [leftover for leftover in looked_at if leftover is not None]
    return tuple(sorted(found, key=lambda leftover: leftover.saved_at, reverse=True))


def recover(path: Path) -> RecoveredSession:
    """Read a left-over journal. It stays where it is until `discard` is called.

    Steps that cannot be read are left out, with a note. If none can be, the file is set aside under the ending
    ".damaged" and `CorruptFileError` names its new place. `FileError` if another process has it or the system refuses
    it, `OutOfMemoryError` if there is too little memory for it.
    """
    with _locked(path):
        try:
            with _connected(path) as connection:
                return _Reader(connection, is_torn=_is_torn(path, connection)).session()
        except MemoryError as error:
            raise OutOfMemoryError(
                "There is not enough memory to recover {file}.", "Close other programs, and try again.", file=path.name
            ) from error
        except FileError:
            raise
        except Exception as error:
            place = _set_aside(path)
            raise CorruptFileError(
                "The recovery journal {file} is damaged ({reason}).",
                "It was kept as {place}; open a saved file.",
                file=path.name,
                reason=_reason(error),
                place=place,
            ) from error


def discard(path: Path) -> None:
    """Delete a left-over journal whose work is saved or not wanted. `FileError` if another process has it."""
    with _locked(path):
        pass
    delete_files(path)


def _files(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(path for path in folder.glob(pattern) if path.is_file())
    except OSError:
        return []


def _tidy(folder: Path) -> None:
    """Remove locks and logs whose journal was never made, or is deleted."""
    for ending in (".lock", *SIDE_ENDINGS):
        for beside in _files(folder, f"*{SUFFIX}{ending}"):
            path = beside.with_name(beside.name.removesuffix(ending))
            with contextlib.suppress(OSError):
                lock = None if path.exists() else FileLock.acquire(lock_path(path))
                if lock is not None:
                    delete_files(path)
                    lock.release()


def _looked_at(path: Path) -> Leftover | None:
    """What a journal is to be offered as; ``None`` for one that is in use or holds nothing."""
    try:
        with _locked(path):
            return _described(path)
    except _InUseError:
        return None
    except Exception:  # noqa: BLE001 - one damaged journal must not hide the others; `recover` says what it is
        return Leftover(path, None, _saved_at(path), None)


def _described(path: Path) -> Leftover | None:
    saved_at = _saved_at(path)
    with _connected(path) as connection:
        steps = _step_rows(connection)
        is_torn = _is_torn(path, connection)
        original = None if steps is None else _original(connection)
        place = 0 if steps is None else _place(connection)
    if steps is None and not is_torn:
        delete_files(path)
        return None
    return Leftover(path, original, saved_at, None if steps is None else len(steps), place)


class _InUseError(FileError):
    """Another process has the journal."""


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    if not path.exists():
        raise FileError("The recovery journal {path} does not exist.", "It may have been recovered already.", path=path)
    try:
        lock = FileLock.acquire(lock_path(path))
    except OSError as error:
        raise _refused(path, reason_for(error)) from error
    if lock is None:
        raise _InUseError("The recovery journal {file} belongs to a running program.", "Use that one.", file=path.name)
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a journal. Raises `FileError` where the system refuses it, for damage whatever comes."""
    try:
        path.open("rb").close()
        try:
            with contextlib.closing(sqlite3.connect(path)) as connection:
                _bound(connection)
                yield connection
        finally:
            _put_log_back(path)
    except OSError as error:
        raise _refused(path, reason_for(error)) from error
    except sqlite3.Error as error:
        if _is_refusal(error):
            raise _refused(path, str(error)) from error
        raise


def _bound(connection: sqlite3.Connection) -> None:
    """Let nothing that a journal says run for long or become large: a view in place of a table could do both."""
    turns = itertools.count(1)
    connection.set_progress_handler(lambda: next(turns) > _MOST_STEPS // _STEPS_A_TURN, _STEPS_A_TURN)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_CELL_BYTES)


def _is_refusal(error: Exception) -> bool:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK)
    return code & 0xFF in _REFUSED


def _refused(path: Path, reason: str) -> FileError:
    return FileError(
        "The recovery journal {path} could not be read: {reason}.",
        "Check that the disk is not full and that you may read and write there. It is offered again at the next start.",
        path=path,
        reason=reason,
    )


def _step_rows(connection: sqlite3.Connection) -> list[int] | None:
    """The rows of the line; ``None`` if there is no line, or not even a table."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'line'").fetchone():
        return None
    found = connection.execute("SELECT steps FROM line").fetchone()
    if found is None:
        return None
    rows = parse_json(cell_text(found[0]))
    if not isinstance(rows, list):
        raise ValueError("its line is no list")
    return rows


def _is_torn(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether the log held more than SQLite could read of it."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # reads the log, as far as it is sound
    try:
        _busy, frames, _moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.Error:  # a full disk: all can be read, and nothing moved
        return False
    if last_commit(path.with_name(path.name + LOG_ENDING)) <= max(0, int(frames)):
        return False
    _keep_log(path)
    return True


def _keep_log(path: Path) -> None:
    """Keep a damaged log under another name: SQLite deletes the one that it has when it lets go of it."""
    log, kept = (path.with_name(path.name + ending) for ending in (LOG_ENDING, KEPT_LOG_ENDING))
    with contextlib.suppress(OSError):
        kept.unlink(missing_ok=True)
        try:
            os.link(log, kept)
        except OSError:
            shutil.copyfile(log, kept)


def _put_log_back(path: Path) -> None:
    kept = path.with_name(path.name + KEPT_LOG_ENDING)
    with contextlib.suppress(OSError):
        kept.replace(path.with_name(path.name + LOG_ENDING))


def _original(connection: sqlite3.Connection) -> Path | None:
    found = connection.execute("SELECT value FROM about WHERE key = 'original'").fetchone()
    return _path(found[0]) if found else None


def _place(connection: sqlite3.Connection) -> int:
    """Journals of earlier releases have none, and a wrong one only changes the order."""
    found = connection.execute("SELECT value FROM about WHERE key = 'place'").fetchone()
    text = found[0] if found else ""
    return int(text) if isinstance(text, str) and re.fullmatch(r"[0-9]{1,6}", text) else 0


def _path(cell: object) -> Path | None:
    text = cell_text(cell)
    if "\0" in text:
        raise ValueError("the path of its file is none")
    return Path(text) if text else None


def _saved_at(path: Path) -> float:
    """When a journal or its log was last written; long ago for one that cannot be looked at."""
    times = [0.0]
    for file in (path, path.with_name(path.name + LOG_ENDING)):
        with contextlib.suppress(OSError):
            times.append(file.stat().st_mtime)
    return max(times)


def _aside(path: Path) -> Path:
    return path.with_name(path.stem + DAMAGED_SUFFIX)


def _set_aside(path: Path) -> Path:
    """Rename a damaged journal, so that it is not offered again; returns where it is."""
    for ending in (*SIDE_ENDINGS, ""):
        file = path.with_name(path.name + ending)
        with contextlib.suppress(OSError):
            file.rename(_aside(path).with_name(_aside(path).name + ending))
    return _aside(path) if not path.exists() else path


def _reason(error: Exception) -> str:
    if isinstance(error, ShorelineError):
        return error.message.rstrip(".")
    return str(error) or type(error).__name__


def _earlier_kind(label: str, settings: str | None) -> StepKind:
    """The kind of a step that has a label alone. No code knows it, the person sees what it was called."""
    return StepKind("", label, DEFAULT_ICON if settings is None else "generate")


class _Reader:
    """Reads one journal; tiles and rasters that steps share are shared again."""

    def __init__(self, connection: sqlite3.Connection, *, is_torn: bool) -> None:
        self._connection = connection
        self._is_torn = is_torn
        self._tiles: dict[tuple[int, int], Pixels] = {}
        self._rasters: dict[int, Raster] = {}
        self._left_out: list[Message] = []

    def session(self) -> RecoveredSession:
        rows = _step_rows(self._connection)
        if rows is None:
            raise ValueError("the first steps that were written to it are gone" if self._is_torn else "it is empty")
        about = dict(self._connection.execute("SELECT key, value FROM about"))
        if about.get("version") != str(VERSION):
            raise ValueError(f"its version is {about.get('version')}")
        (position,) = self._connection.execute("SELECT position FROM line").fetchone()
        steps, index = self._steps(rows, int(position))
        original = _path(about.get("original", ""))
        return RecoveredSession(steps, index, original, tuple(self._notes(len(rows), len(rows) - len(steps))))

    def _notes(self, count: int, lost: int) -> Iterator[str]:
        if lost:
            yield Message("{lost} of {count} steps could not be read and were left out.", lost=lost, count=count)
        if self._is_torn:
            yield Message("The end of the recovery journal is damaged: the last steps may be missing.")
        yield from dict.fromkeys(self._left_out)

    def _steps(self, rows: list[int], position: int) -> tuple[tuple[Step[Document], ...], int]:
        """The readable steps, and among them the current one or the last readable one before it."""
        steps: list[Step[Document]] = []
        index, problem = 0, "it holds no steps"
        for place, row in enumerate(rows):
            try:
                steps.append(self._step(row))
            except Exception as error:  # as in `recover`, but one step is all that is lost
                if isinstance(error, MemoryError) or _is_refusal(error):
                    raise
                problem = _reason(error)
                continue
            if place <= position:
                index = len(steps) - 1
        if not steps:
            raise ValueError(problem)
        return tuple(steps), index

    def _step(self, row: int) -> Step[Document]:
        *texts, created, structure = self._row("step", "label, settings, merge_key, created, document", row)
        label, settings, merge_key = (None if cell is None else cell_text(cell) for cell in texts)
        if label is None or not isinstance(created, float) or not 0 <= created < _LATEST:
            raise ValueError(f"step {row} has no label or no time")
        kind = self._kind(row, label) if self._has_kinds else _earlier_kind(label, settings)
        document = document_from_json(structure, self._raster, self._left_out.append)
        return Step(kind=kind, state=document, settings=settings, merge_key=merge_key, created=created)

    @functools.cached_property
    def _has_kinds(self) -> bool:
        """Whether the steps say of what kind they are; in journals of earlier releases they do not."""
        return any(column[1] == "kind" for column in self._connection.execute("PRAGMA table_info(step)"))

    def _kind(self, row: int, label: str) -> StepKind:
        kind_id, icon, name = map(cell_text, self._row("step", "kind, icon, name", row))
        return StepKind(kind_id, label, icon if _ICON_NAME.fullmatch(icon) else DEFAULT_ICON, name)

    def _raster(self, row: int) -> Raster:
        if row not in self._rasters:
            channels, default, packed = self._row("raster", "channels, base, tiles", row)
            tiles = {key: self._tile(tile, channels) for key, tile in unpack_tile_rows(packed).items()}
            self._rasters[row] = make_raster(channels, default, tiles)
        return self._rasters[row]

    def _tile(self, row: int, channels: int) -> Pixels:
        if (row, channels) not in self._tiles:
            (data,) = self._row("tile", "data", row)
            self._tiles[row, channels] = unpack_tile(data, channels)
        return self._tiles[row, channels]

    def _row(self, table: str, columns: str, row: int) -> tuple[Any, ...]:
        statement = f"SELECT {columns} FROM {table} WHERE id = ?"  # noqa: S608 - names from the lines above
        found: tuple[Any, ...] | None = self._connection.execute(statement, (row,)).fetchone()
        if found is None:
            raise LookupError(f"{table} {row} is missing")
        return found
