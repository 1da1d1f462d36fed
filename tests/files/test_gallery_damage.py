"""A gallery that is broken, locked, newer, read-only, or on a full disk: said in words, and no drawing is lost."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.errors import FileError, GalleryBusyError, GalleryError
from studio.files.gallery import database, picture_files
from studio.files.gallery.access import GalleryAccess, adopt, keep
from studio.files.gallery.database import NAME
from studio.files.gallery.gallery import Gallery
from tests.files.test_gallery import PLENTY, drawn, entries, prompts, search


@pytest.fixture
def access(tmp_path: Path) -> Iterator[GalleryAccess]:
    made = GalleryAccess(tmp_path / "gallery")
    yield made
    made.close()


def _overwrite(access: GalleryAccess) -> None:
    access.close()
    (access.folder / NAME).write_bytes(b"this is no database " * 100)


def _cut(access: GalleryAccess) -> None:
    """The schema stays readable, pages behind it do not."""
    access.close()
    path = access.folder / NAME
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))


def _strange(access: GalleryAccess) -> None:
    """A database of something else, with our number on it."""
    access.close()
    (access.folder / NAME).unlink()
    with contextlib.closing(sqlite3.connect(access.folder / NAME)) as connection:
        connection.execute("CREATE TABLE picture (id INTEGER PRIMARY KEY)")
        connection.execute("PRAGMA user_version = 1")


def _change(access: GalleryAccess, statement: str) -> None:
    access.close()
    with contextlib.closing(sqlite3.connect(access.folder / NAME)) as connection, connection:
        connection.execute(statement)


def _lacking_table(access: GalleryAccess) -> None:
    _change(access, "DROP TABLE content")


def _lacking_column(access: GalleryAccess) -> None:
    _change(access, "ALTER TABLE picture DROP COLUMN tool")


@pytest.mark.parametrize("damage", [_overwrite, _cut, _strange, _lacking_table, _lacking_column])
def test_a_damaged_index_is_made_anew_of_the_pictures(access: GalleryAccess, damage: object) -> None:
    keep(access, [drawn("before", 10.0, seed=3)], PLENTY)
    damage(access)  # type: ignore[operator]
    keep(access, [drawn("after", 20.0)], PLENTY)
    assert access.is_incomplete
    adopt(access, lambda: True)
    assert sorted(prompts(access)) == ["after", "before"]
    assert entries(access, search(access, "before"))[0].seed == 3
    assert (access.folder / "gallery.damaged-1.sqlite").exists()


def test_text_that_is_none_is_damage_too(access: GalleryAccess) -> None:
    keep(access, [drawn("before", 10.0)], PLENTY)
    _change(access, "UPDATE picture SET prompt = CAST(x'fffe' AS TEXT)")
    assert prompts(access) == []
    adopt(access, lambda: True)
    assert prompts(access) == ["before"]


@pytest.mark.parametrize(
    "change",
    [
        "picture SET file = x'00'",
        "picture SET seed = 'many'",
        "picture SET width = 1.5",
        "picture SET size = 'large'",
        "picture SET created = 'once'",
        "picture SET created = 1e300",
        "picture SET model = x'00'",
        "content SET settings = x'00'",
        "content SET thumbnail = 'small'",
    ],
)
def test_values_that_never_came_from_here_are_damage_too(access: GalleryAccess, change: str) -> None:
    keep(access, [drawn("before", 10.0, seed=3)], PLENTY)
    _change(access, f"UPDATE {change}")
    entries(access, search(access))
    adopt(access, lambda: True)
    (entry,) = entries(access, search(access))
    assert (entry.prompt, entry.seed) == ("before", 3)
    assert (access.folder / "gallery.damaged-1.sqlite").exists()


def test_more_stars_than_there_are_count_as_all(access: GalleryAccess) -> None:
    keep(access, [drawn("before")], PLENTY)
    _change(access, "UPDATE picture SET rating = 99")
    assert [entry.rating for entry in entries(access, search(access))] == [5]


def test_ratings_are_kept_as_far_as_a_damaged_index_tells_them(access: GalleryAccess) -> None:
    keep(access, [drawn("plain"), drawn("rated")], PLENTY)
    rated = search(access, "rated").ids
    access.use(lambda gallery: gallery.rate(rated, 4))
    access.use(lambda gallery: gallery._connection.execute("DROP TABLE words"))
    access.close()
    adopt(access, lambda: True)
    assert {entry.prompt: entry.rating for entry in entries(access, search(access))} == {"plain": 0, "rated": 4}


def test_a_newer_gallery_is_left_as_it_is(access: GalleryAccess) -> None:
    keep(access, [drawn("before")], PLENTY)
    access.use(lambda gallery: gallery._connection.execute("PRAGMA user_version = 99"))
    access.close()
    before = (access.folder / NAME).read_bytes()
    with pytest.raises(GalleryError, match="newer version"):
        keep(access, [drawn("after")], PLENTY)
    assert (access.folder / NAME).read_bytes() == before
    assert len(list(access.pictures.rglob("*.png"))) == 1, "nothing gathers that nobody would drop"


def test_a_gallery_that_another_program_holds_gets_its_pictures_later(
    access: GalleryAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    keep(access, [drawn("before")], PLENTY)
    adopt(access, lambda: True)
    access.close()
    with contextlib.closing(sqlite3.connect(access.folder / NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GalleryBusyError, match="Another program"):
            keep(access, [drawn("meanwhile 1"), drawn("meanwhile 2")], PLENTY)
    assert access.is_incomplete
    assert adopt(access, lambda: True) == 2
    assert sorted(prompts(access)) == ["before", "meanwhile 1", "meanwhile 2"]


def test_a_gallery_that_cannot_be_written_can_be_read(access: GalleryAccess, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk that is mounted for reading, also where tests may write everywhere."""
    keep(access, [drawn("before")], PLENTY)
    ids = search(access).ids
    access.close()

    def opened(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        with contextlib.closing(connection):
            connection.execute("CREATE TABLE mine (id)")
        return connection

    monkeypatch.setattr(database, "_opened", opened)
    assert prompts(access) == ["before"]
    with pytest.raises(GalleryError, match="cannot be written"):
        access.use(lambda gallery: gallery.rate(ids, 1))
    assert prompts(access) == ["before"]


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "gallery").write_bytes(b"")
    access = GalleryAccess(tmp_path / "gallery")
    with pytest.raises(GalleryError, match="gallery"):
        keep(access, [drawn()], PLENTY)


def test_a_full_disk_leaves_no_half_picture(access: GalleryAccess, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(access, [drawn("before")], PLENTY)

    def full(path: Path, _write: object) -> None:
        raise FileError("{file} could not be saved: {reason}.", file=path.name, reason="No space left on device")

    monkeypatch.setattr(picture_files, "write_atomically", full)
    with pytest.raises(GalleryError, match="could not be kept in the gallery") as caught:
        keep(access, [drawn("after")], PLENTY)
    assert "No space left" in caught.value.message
    assert "in its document" in caught.value.advice
    monkeypatch.undo()
    assert prompts(access) == ["before"]
    keep(access, [drawn("later")], PLENTY)
    assert prompts(access) == ["later", "before"]


def test_an_index_that_cannot_grow_keeps_its_state(access: GalleryAccess) -> None:
    keep(access, [drawn("before")], PLENTY)

    def fill(gallery: Gallery) -> None:
        pages = gallery._connection.execute("PRAGMA page_count").fetchone()[0]
        gallery._connection.execute(f"PRAGMA max_page_count = {pages}")

    access.use(fill)
    with pytest.raises(GalleryError, match="full"):
        keep(access, [drawn("x" * 20000)], PLENTY)
    assert prompts(access) == ["before"], "the connection is a new one"
    assert adopt(access, lambda: True) == 1
