"""The index of the gallery: an SQLite database, and what its errors mean for a person."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Final

from studio.errors import GalleryBusyError, GalleryDamagedError, GalleryError
from studio.files.disk.transaction import transaction
from studio.message import Message
from studio.system.private_files import make_private, make_private_file, make_private_folder
from studio.text.exceptions import reason_for

VERSION: Final = 1
NAME: Final = "gallery.sqlite"
ENDINGS: Final = ("-wal", "-shm", "-journal")
"""Of what SQLite puts beside a database."""
BUSY_SECONDS: Final = 10.0
"""How long another window's writing is waited for."""
_LATEST: Final = 1e11
"""Seconds since 1970 that are some moment; there is no calendar for more."""
_KEPT_LOG_BYTES: Final = 4 * 1024**2

_SCHEMA: Final = """
CREATE TABLE picture (
  id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL UNIQUE, created REAL NOT NULL, model TEXT NOT NULL,
  tool TEXT NOT NULL, seed INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
  rating INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL, removed REAL, place REAL NOT NULL, prompt TEXT NOT NULL);
CREATE INDEX picture_place ON picture (place);
CREATE INDEX picture_space ON picture (rating, place, size);
CREATE INDEX picture_model ON picture (model);
CREATE TABLE content (id INTEGER PRIMARY KEY, settings TEXT, thumbnail BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (prompt, negative, names, tokenize = "unicode61 remove_diacritics 2",
  prefix = "1 2 3");
"""
"""``picture`` is what is filtered by, and small; the rest of an entry is read for those that are seen. ``place`` orders
pictures: the time when each was drawn, but never before one that was drawn earlier, also where a clock was set back.
"""


def connect(path: Path) -> sqlite3.Connection:
    """The database at ``path``, made if there is none; one that cannot be written is opened for reading.

    Raises `GalleryError`, and `GalleryDamagedError` for a file that is no database of the gallery.
    """
    with told(path):
        try:
            return _opened(path)
        except sqlite3.OperationalError as error:
            if not _name(error).startswith(_READ_ONLY):
                raise
            return _for_reading(path)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Makes of what SQLite and the system raise the `GalleryError` that a person is told."""
    try:
        yield
    except sqlite3.Error as error:
        raise _error(path, error) from error
    except OSError as error:
        raise GalleryError(
            "The gallery in {folder} cannot be used: {reason}.",
            "Check that you may write there. Pictures are drawn as ever, but not kept in the gallery.",
            folder=path.parent,
            reason=reason_for(error),
        ) from error


def of_kinds(path: Path, rows: Iterable[tuple[Any, ...]], *kinds: type | UnionType) -> list[tuple[Any, ...]]:
    """Rows whose values are of these kinds, column by column.

    SQLite holds any value in any column: raises `GalleryDamagedError` for what was never written here.
    """
    found = list(rows)
    if not all(_is_of(value, kind) for row in found for value, kind in zip(row, kinds, strict=True)):
        raise _damaged(path, Message("a row holds what does not belong there"))
    return found


def _is_of(value: object, kind: type | UnionType) -> bool:
    """The only numbers with a point are moments."""
    return isinstance(value, kind) and (not isinstance(value, float) or abs(value) < _LATEST)


def _opened(path: Path) -> sqlite3.Connection:
    make_private_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        make_private_file(path)  # what SQLite puts beside it is as private
    make_private(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
    return _checked(path, connection, _laid_out)


def _for_reading(path: Path) -> sqlite3.Connection:
    """Where nothing may be written, not even the files that SQLite has beside a database."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    return _checked(path, connection, _looked_at)


def _checked(
    path: Path, connection: sqlite3.Connection, check: Callable[[Path, sqlite3.Connection], object]
) -> sqlite3.Connection:
    try:
        check(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _laid_out(path: Path, connection: sqlite3.Connection) -> None:
    version = _version(path, connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {_KEPT_LOG_BYTES}")
    with transaction(connection):  # also to learn whether it can be written at all
        if version == 0 and not _version(path, connection):  # else another window was quicker
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
    _looked_at(path, connection)


def _looked_at(path: Path, connection: sqlite3.Connection) -> None:
    _version(path, connection)
    connection.execute("SELECT id, file, removed FROM picture LIMIT 1").fetchall()
    connection.execute("SELECT rowid FROM words LIMIT 1").fetchall()


def _version(path: Path, connection: sqlite3.Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise GalleryError(
            "The gallery in {folder} was made by a newer version of Shoreline.",
            "Open it with that one. It is left as it is, and pictures are not kept in it meanwhile.",
            folder=path.parent,
        )
    return version


def _name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", "") or "")


_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_STRANGE: Final = ("no such table", "no such column", "has no column named", "Could not decode to UTF-8")
"""What SQLite says where the file is a database, but not what we wrote: it has no names for these errors."""
_READ_ONLY: Final = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_BUSY: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_FULL: Final = Message("Free some disk space.")
_FORBIDDEN: Final = Message("Check that you may write there.")
_ELSE: Final = Message("Check the disk.")


def _error(path: Path, error: sqlite3.Error) -> GalleryError:
    name = _name(error)
    if "no such module" in str(error):
        return GalleryError(
            "The SQLite of this Python has no full-text search (FTS5), which the gallery needs.",
            "Use another build of Python. Pictures are drawn as ever, but not kept in the gallery.",
        )
    if name.startswith(_DAMAGED) or any(said in str(error) for said in _STRANGE):
        return _damaged(path, error)
    if name.startswith(_BUSY):
        return GalleryBusyError(
            "Another program holds the gallery in {folder}.",
            "Close it. Pictures that are drawn meanwhile come into the gallery later.",
            folder=path.parent,
        )
    return GalleryError(
        "The gallery in {folder} cannot be written or read ({reason}).",
        "{hint} Pictures are drawn as ever, but not kept in the gallery.",
        folder=path.parent,
        reason=error,
        hint=_FULL if name == "SQLITE_FULL" else _FORBIDDEN if name.startswith(_READ_ONLY) else _ELSE,
    )


def _damaged(path: Path, reason: object) -> GalleryDamagedError:
    return GalleryDamagedError(
        "The index of the gallery in {folder} is damaged ({reason}).",
        "Its pictures lie beside it.",
        folder=path.parent,
        reason=reason,
    )
