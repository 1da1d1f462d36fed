"""The gallery of a folder: pictures go in, are found, rated and removed."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import UnionType
from typing import Any, Final

from studio.errors import GalleryError
from studio.files.disk.transaction import transaction
from studio.files.gallery.database import NAME, connect, of_kinds, told
from studio.files.gallery.places import path_of
from studio.files.gallery.searching import condition
from studio.files.gallery.values import (
    MOST_STARS,
    PICTURES,
    Dropped,
    Found,
    GalleryEntry,
    GalleryFacts,
    GalleryQuery,
    PictureFile,
)
from studio.files.gallery.words import indexed
from studio.generation import GenerationSettings

REMOVED_SECONDS: Final = 3600.0
"""How long a picture that was removed can be had back, where its window ended in between."""
_COLUMNS: Final = "id, file, created, prompt, model, tool, seed, width, height, rating"
_KINDS: Final = (int, str, float, str, str, str, int, int, int, int, str | None, bytes)
"""Of the columns, the settings and the thumbnail of an entry."""
_MANY: Final = 500
"""SQLite takes so many values at once at least."""


class Gallery:
    """An open index and the folder of pictures beside it. Used on one thread at a time; several processes may have one.

    Methods raise `GalleryError`, and `GalleryDamagedError` where the index cannot be read any more. Pictures are named
    by their ids, which stay theirs.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, clock: Callable[[], float] = time.time) -> None:
        self._index = folder / NAME
        self._connection = connection
        self._clock = clock
        self.pictures = folder / PICTURES

    @classmethod
    def open(cls, folder: Path) -> Gallery:
        """The gallery in ``folder``, made if there is none. Raises `GalleryError`."""
        return cls(folder, connect(folder / NAME))

    def close(self) -> None:
        """Let go of the files."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    # --- filling ----------------------------------------------------------------------------------

    def enter(self, picture: PictureFile, *, rating: int = 0, is_newest: bool = False) -> int:
        """Put a picture that lies in the folder into the index; the id of one that is there already.

        One that ``is_newest`` was drawn just now, whatever the clock says.
        """
        with self._writing():
            known = self._connection.execute("SELECT id FROM picture WHERE file = ?", (picture.file,)).fetchone()
            return self._insert(picture, rating, is_newest) if known is None else int(known[0])

    def missing_in_index(self, files: Iterable[str]) -> tuple[str, ...]:
        """Those of some files that the index does not know, by name."""
        with told(self._index):
            known = {row[0] for row in self._rows("SELECT file FROM picture", (), str)}
        return tuple(sorted(set(files) - known))

    def keep_within(self, most: int, spared: Iterable[int] = ()) -> Dropped:
        """Drop the oldest pictures without stars, but none of ``spared``, until files take at most ``most`` bytes."""
        with told(self._index):
            ((size,),) = self._rows("SELECT coalesce(sum(size), 0) FROM picture", (), int)
        gone = self._erase(self._oldest(size - most, set(spared))) if size > most else {}
        freed = sum(gone.values())
        return Dropped(pictures=len(gone), size=freed, is_over=size - freed > most)

    # --- finding ----------------------------------------------------------------------------------

    def search(self, query: GalleryQuery) -> Found:
        """What a query finds, what was drawn last first."""
        where, values = condition(query)
        statement = f"SELECT id, file FROM picture WHERE {where} ORDER BY place DESC, id DESC"  # noqa: S608 - no values
        with told(self._index):
            rows = self._rows(statement, values, int, str)
        ids, files = tuple(row[0] for row in rows), tuple(row[1] for row in rows)
        return Found(ids=ids, files=files, facts=self.facts())

    def facts(self) -> GalleryFacts:
        """How much there is in all."""
        with told(self._index):
            ((count, size),) = self._rows(
                "SELECT count(*), coalesce(sum(size), 0) FROM picture WHERE removed IS NULL", (), int, int
            )
            rows = self._rows("SELECT DISTINCT model FROM picture WHERE removed IS NULL ORDER BY model", (), str)
            return GalleryFacts(pictures=count, size=size, models=tuple(row[0] for row in rows if row[0]))

    def entries(self, ids: Sequence[int]) -> tuple[GalleryEntry, ...]:
        """Pictures with all that is known of them, in the order asked for; those that are gone are left out."""
        found: dict[int, GalleryEntry] = {}
        with told(self._index):
            for some in _in_parts(ids):
                marks = ", ".join("?" * len(some))
                rows = self._rows(
                    f"SELECT {_COLUMNS}, settings, thumbnail FROM picture JOIN content USING (id) "  # noqa: S608 - marks only
                    f"WHERE removed IS NULL AND id IN ({marks})",
                    some,
                    *_KINDS,
                )
                found.update((row[0], self._entry(row)) for row in rows)
        return tuple(found[each] for each in ids if each in found)

    def path(self, entry: GalleryEntry) -> Path:
        """Where a picture lies, or lay. Raises `GalleryError` for one that is said to lie elsewhere."""
        return path_of(self.pictures, entry.file)

    # --- changing ---------------------------------------------------------------------------------

    def rate(self, ids: Sequence[int], rating: int) -> None:
        """Give pictures so many stars, 0 for none."""
        stars = min(MOST_STARS, max(0, rating))
        self._change("UPDATE picture SET rating = ? WHERE id = ?", ((stars, each) for each in ids))

    def remove(self, ids: Sequence[int]) -> None:
        """Take pictures out; `restore` brings them back until they are erased, an hour later or by `erase`."""
        now = self._clock()
        self._change("UPDATE picture SET removed = ? WHERE id = ?", ((now, each) for each in ids))

    def restore(self, ids: Sequence[int]) -> None:
        """Bring back what was removed."""
        self._change("UPDATE picture SET removed = NULL WHERE id = ?", ((each,) for each in ids))

    def erase(self, ids: Sequence[int]) -> None:
        """Delete pictures that were removed for good, with their files."""
        self._erase(self._removed(ids))

    def erase_removed(self) -> None:
        """Delete for good what was removed an hour ago; a clock that was set back keeps nothing for longer."""
        now = self._clock()
        with told(self._index):
            rows = self._connection.execute(
                "SELECT id FROM picture WHERE removed IS NOT NULL AND abs(removed - ?) > ?", (now, REMOVED_SECONDS)
            )
            ids = [row[0] for row in rows]
        self._erase(ids)

    # --- rows -------------------------------------------------------------------------------------

    def _insert(self, picture: PictureFile, rating: int, is_newest: bool) -> int:
        newest = self._connection.execute("SELECT max(place) FROM picture").fetchone()[0] if is_newest else None
        place = picture.created if newest is None else max(picture.created, newest)
        settings = picture.settings or GenerationSettings(model="", tool="", scheduler="")
        cursor = self._connection.execute(
            "INSERT INTO picture (file, created, model, tool, seed, width, height, rating, size, place, prompt) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(picture.file, picture.created, _plain(settings.model), _plain(settings.tool), settings.seed),
                *(picture.width, picture.height, rating, picture.size, place, settings.prompt),
            ),
        )
        picture_id = int(cursor.lastrowid or 0)
        text = None if picture.settings is None else picture.settings.json()
        self._connection.execute("INSERT INTO content VALUES (?, ?, ?)", (picture_id, text, picture.thumbnail))
        self._connection.execute(
            "INSERT INTO words (rowid, prompt, negative, names) VALUES (?, ?, ?, ?)",
            (picture_id, *_words_of(picture, settings)),
        )
        return picture_id

    def _oldest(self, least: int, spared: set[int]) -> list[int]:
        """The oldest pictures without a rating that take ``least`` bytes together, or all that there are."""
        with told(self._index):
            rows = self._rows("SELECT id, size FROM picture WHERE rating = 0 ORDER BY place, id", (), int, int)
        chosen: list[int] = []
        for picture_id, size in rows:
            if least <= 0:
                break
            if picture_id not in spared:
                chosen.append(picture_id)
                least -= size
        return chosen

    def _erase(self, ids: Sequence[int]) -> dict[int, int]:
        """Delete pictures and their files; what has a file that cannot be deleted stays. The bytes of what is gone."""
        gone: dict[int, int] = {}
        for some in _in_parts(ids):
            gone |= {each: size for each, file, size in self._rows_of(some) if self._unlink(file)}
        if gone:
            with self._writing():
                for table, key in (("picture", "id"), ("content", "id"), ("words", "rowid")):
                    statement = f"DELETE FROM {table} WHERE {key} = ?"  # noqa: S608 - names from the line above
                    self._connection.executemany(statement, ((each,) for each in gone))
        return gone

    def _rows(self, statement: str, values: Sequence[object], *kinds: type | UnionType) -> list[tuple[Any, ...]]:
        return of_kinds(self._index, self._connection.execute(statement, values), *kinds)

    def _rows_of(self, ids: Sequence[int]) -> list[tuple[int, str, int]]:
        marks = ", ".join("?" * len(ids))
        with told(self._index):
            statement = f"SELECT id, file, size FROM picture WHERE id IN ({marks})"  # noqa: S608 - marks only
            return self._rows(statement, ids, int, str, int)

    def _removed(self, ids: Sequence[int]) -> list[int]:
        with told(self._index):
            rows = self._connection.execute("SELECT id FROM picture WHERE removed IS NOT NULL")
            return sorted({row[0] for row in rows} & set(ids))

    def _unlink(self, file: str) -> bool:
        try:
            path_of(self.pictures, file).unlink(missing_ok=True)
        except OSError:
            return False
        except GalleryError:  # what an index of somebody else names is not ours to delete
            return True
        return True

    def _entry(self, row: tuple[Any, ...]) -> GalleryEntry:
        *plain, settings, thumbnail = row
        names = _COLUMNS.split(", ")
        known = dict(zip(names, plain, strict=True))
        known["rating"] = min(MOST_STARS, max(0, known["rating"]))
        is_there = (self.pictures / str(known["file"])).is_file()
        return GalleryEntry(**known, settings=settings, thumbnail=thumbnail or b"", is_there=is_there)

    def _change(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._writing():
            self._connection.executemany(statement, rows)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with told(self._index), transaction(self._connection):
            yield


def _words_of(picture: PictureFile, settings: GenerationSettings) -> tuple[str, ...]:
    """What is found in the prompt, in the negative prompt, and among names."""
    prompts = (settings.prompt, *(region.prompt for region in settings.regions))
    negatives = (settings.negative_prompt, *(region.negative_prompt for region in settings.regions))
    facts = (settings.model, str(settings.seed), f"{picture.width}x{picture.height}")
    names = (*facts, *(lora.name for lora in settings.loras))
    texts = (indexed(_plain("\n".join(each))) for each in (prompts, negatives, names))
    return tuple(texts)


def _plain(text: str) -> str:
    """A name as the index holds it: those of files need not be Unicode."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _MANY] for start in range(0, len(ids), _MANY))
