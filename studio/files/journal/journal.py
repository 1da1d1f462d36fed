"""The crash recovery journal: the line of history on disk, in SQLite, while a document is open.

Documents share unchanged tiles, so a journal writes only tiles that it has not seen: tiles, rasters and
steps are known by identity while they live. Steps that the history forgets leave the journal with the
tiles that only they had. `studio.files.journal.recovery` reads a journal whose process is dead.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Generic, TypeVar

from studio.document import Document, Pixels, Raster
from studio.errors import FileError
from studio.files.disk.file_lock import FileLock
from studio.files.disk.transaction import transaction
from studio.files.journal.rows import SCHEMA, VERSION, document_json, pack_tile_rows, text_cell
from studio.files.pictures.fast_png import encode_png
from studio.history import Step
from studio.system.private_files import make_private, make_private_file, make_private_folder
from studio.text.exceptions import reason_for
from studio.text.identifiers import new_identifier

SUFFIX: Final = ".journal"
LOG_ENDING: Final = "-wal"
KEPT_LOG_ENDING: Final = "-kept"
SIDE_ENDINGS: Final = ("-journal", LOG_ENDING, KEPT_LOG_ENDING, "-shm")
_MAX_LOG_BYTES: Final = 64 * 1024**2

_BATCH: Final = 64
"""Tiles that are encoded before it is asked whether that is still wanted."""
_FEW: Final = 8
"""So many tiles are not worth threads."""
_THREADS: Final = max(1, min(4, (os.cpu_count() or 1) - 1))
"""One processor stays for the window."""

T = TypeVar("T")
GivenUp = Callable[[], bool]
"""Says whether what is being written is not wanted any more."""


class RecordGivenUp(Exception):  # noqa: N818 - as with a cancel, nothing is wrong
    """What was being recorded is not wanted any more; nothing of it was kept."""


class Journal:
    """The journal of one open document. Made by `create`, ended by `close`.

    `record` is meant for a background thread; all methods may be called from any thread, one at a time
    goes. Nothing here needs Qt.
    """

    def __init__(self, path: Path, lock: FileLock, connection: sqlite3.Connection) -> None:
        self.path = path
        self._lock = lock
        self._rows = _Rows(connection)
        self._connection = connection
        self._mutex = threading.Lock()
        self._has_moved = False

    @classmethod
    def create(cls, folder: Path, original: Path | None = None, place: int = 0) -> Journal:
        """Start a journal in ``folder`` (made if missing) for a document opened from ``original``.

        ``place`` is the document's among those that are open, from 0 on.

        Raises `FileError` when the folder cannot be written.
        """
        path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{new_identifier()[:8]}{SUFFIX}"
        lock: FileLock | None = None
        try:
            make_private_folder(folder)
            lock = FileLock.acquire(lock_path(path))
            if lock is None:
                raise OSError("it is in use")
            make_private(lock_path(path))
            make_private_file(path)  # what SQLite puts beside it is as private
            connection = _new_database(path, original, place)
        except (OSError, sqlite3.Error) as error:
            # It is tried again with every step: what a full disk leaves of each try must not pile up.
            if lock is not None:
                lock.release()
                delete_files(path)
            raise FileError(
                "The recovery journal could not be made in {folder} ({reason}).",
                "Check that you may write there and that the disk is not full. Save your work often until then.",
                folder=folder,
                reason=reason_for(error),
            ) from error
        return cls(path, lock, connection)

    def prepare(self, document: Document, given_up: GivenUp) -> None:
        """Write the pixels of a document that nothing is recorded of yet, bit by bit: its first step then costs little.

        Ends early once ``given_up``, and silently where it fails; the next record says why.
        """
        tiles = [tile for raster in document.rasters() for tile in raster.tiles.values()]
        for start in range(0, len(tiles), _BATCH):
            if given_up():
                return
            with self._mutex:
                try:
                    with transaction(self._connection):
                        self._rows.write_tiles(tiles[start : start + _BATCH])
                except Exception:  # noqa: BLE001 - see above
                    self._rows.start_over()
                    return

    def record(self, steps: tuple[Step[Document], ...], index: int, given_up: GivenUp = lambda: False) -> None:
        """Make the journal hold exactly these steps (``history.steps``) with ``index`` as the current one.

        Costs the tiles, rasters and steps that it has not seen. All or nothing: after a kill at any moment
        the journal holds this line or the one before. Raises `FileError`, for instance when the disk is full;
        the next call then writes everything again. Raises `RecordGivenUp` soon after ``given_up`` says so.
        """
        with self._mutex:
            try:
                self._rows.given_up = given_up
                with transaction(self._connection):
                    self._rows.write_line(steps, index)
                self._connection.execute("PRAGMA incremental_vacuum").fetchall()
                self._move_first_line()
            except sqlite3.Error as error:
                self._rows.start_over()
                raise FileError(
                    "The recovery journal could not be written ({reason}).",
                    "Free some disk space, and save your work.",
                    reason=error,
                ) from error
            except BaseException:  # too little memory or no thread, say: what was written is rolled back
                self._rows.start_over()
                raise

    def _move_first_line(self) -> None:
        """Bring the first line from the log into the database: a damaged log can then cost only what came after it."""
        if not self._has_moved:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._has_moved = True

    def set_about(self, original: Path | None, place: int) -> None:
        """Note under which path the document is saved now, and its place among the open ones."""
        with self._mutex, contextlib.suppress(sqlite3.Error), transaction(self._connection):
            _set_document(self._connection, original, place)

    def close(self) -> None:
        """End the journal of a document that was closed in order, and delete it."""
        try:
            self.detach()
        finally:
            delete_files(self.path)

    def detach(self) -> None:
        """Let go of the files but leave them, as a crash would."""
        with self._mutex:
            try:
                self._connection.close()
            finally:
                self._lock.release(delete=False)


def lock_path(path: Path) -> Path:
    """The lock beside a journal."""
    return path.with_name(path.name + ".lock")


def delete_files(path: Path) -> None:
    """Remove a journal with all that lies beside it; what cannot be removed stays."""
    beside = (path.with_name(path.name + ending) for ending in SIDE_ENDINGS)
    for file in (path, *beside, lock_path(path)):
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def _new_database(path: Path, original: Path | None, place: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        _lay_out(connection)
        with transaction(connection):
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            for key, value in {"version": str(VERSION), "process": str(os.getpid())}.items():
                _set_about(connection, key, value)
            _set_document(connection, original, place)
        # Only now: a log beside a journal without tables is a damaged one, not one in the making.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA journal_size_limit = {_MAX_LOG_BYTES}")
    except BaseException:
        connection.close()
        raise
    return connection


def _lay_out(connection: sqlite3.Connection) -> None:
    # These two only take effect before the first table.
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA synchronous = FULL")


def _set_about(connection: sqlite3.Connection, key: str, value: str | bytes) -> None:
    connection.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))


def _set_document(connection: sqlite3.Connection, original: Path | None, place: int) -> None:
    _set_about(connection, "original", _path_cell(original))
    _set_about(connection, "place", str(place))


def _path_cell(path: Path | None) -> str | bytes:
    return "" if path is None else text_cell(str(path.resolve()))


class _Seen(Generic[T]):
    """Rows of living objects, by identity. A weak reference tells an object from a later one with its address."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[weakref.ref[T], int]] = {}
        self._items: dict[int, int] = {}

    def row(self, item: T) -> int | None:
        known = self._rows.get(id(item))
        return known[1] if known is not None and known[0]() is item else None

    def known_row(self, item: T) -> int:
        """The row of an object that has one; ``KeyError`` for another."""
        return self._rows[id(item)][1]

    def add(self, item: T, row: int) -> None:
        self._rows[id(item)] = (weakref.ref(item), row)
        self._items[row] = id(item)

    def forget(self, rows: set[int]) -> None:
        for row in rows:
            item = self._items.pop(row)
            if self._rows[item][1] == row:  # else a later object with its address has its place
                del self._rows[item]


class _Rows:
    """What a journal's tables hold, and how often each raster and tile is used."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._must_clear = False
        self.given_up: GivenUp = lambda: False
        self._reset()

    def start_over(self) -> None:
        """Trust nothing: the next line is written whole."""
        self._reset()
        self._must_clear = True

    def write_line(self, steps: tuple[Step[Document], ...], index: int) -> None:
        if self._must_clear:
            for table in ("tile", "raster", "step", "line"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
        rows = [self._step_row(step) for step in steps]
        self._drop_steps(self._rasters_of_step.keys() - set(rows))
        self._connection.execute("INSERT OR REPLACE INTO line VALUES (1, ?, ?)", (index, json.dumps(rows)))
        self._must_clear = False

    def _reset(self) -> None:
        self._steps: _Seen[Step[Document]] = _Seen()
        self._rasters: _Seen[Raster] = _Seen()
        self._tiles: _Seen[Pixels] = _Seen()
        self._rasters_of_step: dict[int, frozenset[int]] = {}
        self._tiles_of_raster: dict[int, frozenset[int]] = {}
        self._raster_uses: Counter[int] = Counter()
        self._tile_uses: Counter[int] = Counter()

    def write_tiles(self, tiles: Iterable[Pixels]) -> None:
        """Write those that are not there yet."""
        fresh = list({id(tile): tile for tile in tiles if self._tiles.row(tile) is None}.values())
        for start in range(0, len(fresh), _BATCH):
            if self.given_up():
                raise RecordGivenUp
            batch = fresh[start : start + _BATCH]
            for tile, data in zip(batch, _encoded(batch), strict=True):
                self._tiles.add(tile, self._insert("tile (data)", (data,)))

    def _step_row(self, step: Step[Document]) -> int:
        known = self._steps.row(step)
        if known is not None:
            return known
        used: set[int] = set()

        def row_of(raster: Raster) -> int:
            row = self._raster_row(raster)
            used.add(row)
            return row

        structure = document_json(step.state, row_of)
        kind = step.kind
        texts = (kind.label, kind.id, kind.icon, kind.name, step.settings, step.merge_key)
        values = (*(None if text is None else text_cell(text) for text in texts), step.created, structure)
        row = self._insert("step (label, kind, icon, name, settings, merge_key, created, document)", values)
        self._steps.add(step, row)
        self._rasters_of_step[row] = frozenset(used)
        self._raster_uses.update(used)
        return row

    def _raster_row(self, raster: Raster) -> int:
        known = self._rasters.row(raster)
        if known is not None:
            return known
        self.write_tiles(raster.tiles.values())
        rows = {key: self._tiles.known_row(tile) for key, tile in raster.tiles.items()}
        row = self._insert("raster (channels, base, tiles)", (raster.channels, raster.default, pack_tile_rows(rows)))
        self._rasters.add(raster, row)
        self._tiles_of_raster[row] = frozenset(rows.values())
        self._tile_uses.update(self._tiles_of_raster[row])
        return row

    def _insert(self, target: str, values: tuple[object, ...]) -> int:
        marks = ", ".join("?" * len(values))
        cursor = self._connection.execute(f"INSERT INTO {target} VALUES ({marks})", values)  # noqa: S608 - fixed names
        return int(cursor.lastrowid or 0)

    def _drop_steps(self, steps: set[int]) -> None:
        if not steps:
            return
        rasters = _released(self._raster_uses, (self._rasters_of_step.pop(step) for step in steps))
        tiles = _released(self._tile_uses, (self._tiles_of_raster.pop(raster) for raster in rasters))
        for table, rows in (("step", steps), ("raster", rasters), ("tile", tiles)):
            statement = f"DELETE FROM {table} WHERE id = ?"  # noqa: S608 - names from the line above
            self._connection.executemany(statement, ((row,) for row in rows))
        self._steps.forget(steps)
        self._rasters.forget(rasters)
        self._tiles.forget(tiles)


def _encoded(tiles: list[Pixels]) -> list[bytes]:
    if len(tiles) <= _FEW or _THREADS == 1:
        return [encode_png(tile) for tile in tiles]
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="shoreline-journal") as threads:
        return list(threads.map(encode_png, tiles))


def _released(uses: Counter[int], groups: Iterable[frozenset[int]]) -> set[int]:
    """Take one use of every member of each group away; the members that nothing uses any more."""
    gone: set[int] = set()
    for group in groups:
        for row in group:
            uses[row] -= 1
            if uses[row] == 0:
                del uses[row]
                gone.add(row)
    return gone
