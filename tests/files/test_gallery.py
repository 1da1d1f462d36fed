"""The gallery on the disk: pictures are kept, found by words of any script, rated, removed and dropped."""

from __future__ import annotations

import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.files import open_document
from studio.files.gallery.access import GalleryAccess, adopt, keep
from studio.files.gallery.gallery import Gallery
from studio.files.gallery.values import Drawn, Found, GalleryEntry, GalleryQuery
from studio.generation import GenerationSettings, LoraUse

PLENTY = 1 << 40


def drawn(prompt: str = "a red palm", created: float = 1000.0, **settings: object) -> Drawn:
    """A picture of its own colour."""
    made = GenerationSettings(prompt=prompt, **settings)  # type: ignore[arg-type]
    pixels = np.full((40, 60, 4), 255, np.uint8)
    pixels[..., :3] = (made.seed % 200, 90, 30)
    return Drawn(pixels=pixels, settings=made, created=created)


@pytest.fixture
def access(tmp_path: Path) -> Iterator[GalleryAccess]:
    made = GalleryAccess(tmp_path / "gallery")
    yield made
    made.close()


def prompts(access: GalleryAccess, text: str = "", **query: object) -> list[str]:
    """Of what is found, the newest first."""
    found = search(access, text, **query)
    return [entry.prompt for entry in entries(access, found)]


def search(access: GalleryAccess, text: str = "", **query: object) -> Found:
    return access.use(lambda gallery: gallery.search(GalleryQuery(text=text, **query)))  # type: ignore[arg-type]


def entries(access: GalleryAccess, found: Found) -> tuple[GalleryEntry, ...]:
    return access.use(lambda gallery: gallery.entries(found.ids))


def test_what_was_drawn_is_kept_with_all_that_is_known_of_it(access: GalleryAccess) -> None:
    one = drawn("a red palm", 5000.0, seed=7, negative_prompt="fog", loras=(LoraUse("ink", 0.5),))
    keep(access, [one], PLENTY)
    (entry,) = entries(access, search(access))
    assert (entry.prompt, entry.seed, entry.model, entry.rating) == ("a red palm", 7, "starter", 0)
    assert (entry.width, entry.height, entry.created) == (60, 40, 5000.0)
    assert entry.settings_read() == one.settings
    assert Image.open(__import__("io").BytesIO(entry.thumbnail)).size == (60, 40)
    opened = open_document(access.pictures / entry.file)
    assert opened.settings == one.settings, "the file alone tells them too"
    assert opened.document.layers[0].raster.read(opened.document.canvas).tobytes() == one.pixels.tobytes()


def test_it_is_the_owners_alone(access: GalleryAccess) -> None:
    keep(access, [drawn()], PLENTY)
    found = sorted(access.folder.rglob("*"))
    assert any(path.suffix == ".png" for path in found)
    assert any(path.name.endswith("-wal") for path in found)
    if sys.platform != "win32":
        assert [path for path in (access.folder, *found) if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("palm", ["a red palm on a beach"]),
        ("RED beach", ["a red palm on a beach"]),
        ("pal", ["a red palm on a beach"]),
        ("alm", []),
        ('"palm on"', ["a red palm on a beach"]),
        ('"on palm"', []),
        ("red -palm", ["a red cat"]),
        ("-palm -cat", ["美丽的海滩，有棕榈树", "кошка ☂ 🌊", "Ｃafé naïve"]),
        ("滩", ["美丽的海滩，有棕榈树"]),
        ("海滩", ["美丽的海滩，有棕榈树"]),
        ("滩海", []),
        ("海滩 树", ["美丽的海滩，有棕榈树"]),
        ("海滩有", ["美丽的海滩，有棕榈树"]),
        ("КОШ", ["кошка ☂ 🌊"]),
        ("🌊", ["кошка ☂ 🌊"]),
        ("☂", ["кошка ☂ 🌊"]),
        ("cafe", ["Ｃafé naïve"]),
        ("fog", []),
        ("negative:fog", ["a red cat"]),
        ("negative:雾", ["a red palm on a beach"]),
        ("4711", ["a red cat"]),
        ("47", []),
        ("watercolour", ["a red palm on a beach"]),
        ("60x40", ["a red palm on a beach", "a red cat", "美丽的海滩，有棕榈树", "кошка ☂ 🌊", "Ｃafé naïve"]),
        ("，", ["美丽的海滩，有棕榈树"]),
        ('"', ["a red palm on a beach", "a red cat", "美丽的海滩，有棕榈树", "кошка ☂ 🌊", "Ｃafé naïve"]),
        ("red) (cat*", ["a red cat"]),
        ("red OR cat", []),
        ("NEAR(red", []),
        ("%", []),
    ],
)
def test_words_of_every_script_are_found(sample: GalleryAccess, text: str, found: list[str]) -> None:
    assert prompts(sample, text) == found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GalleryAccess]:
    access = GalleryAccess(tmp_path_factory.mktemp("sample"))
    pictures = [
        drawn("Ｃafé naïve"),
        drawn("кошка ☂ 🌊"),
        drawn("美丽的海滩，有棕榈树", model="other"),
        drawn("a red cat", negative_prompt="fog", seed=4711),
        drawn("a red palm on a beach", negative_prompt="浓雾", loras=(LoraUse("watercolour wash", 1.0),)),
    ]
    keep(access, pictures, PLENTY)
    yield access
    access.close()


def test_what_is_typed_is_never_read_as_sql_or_as_a_query_of_fts(sample: GalleryAccess) -> None:
    for text in (
        "'",
        '""',
        "*",
        "a AND",
        "{prompt} : x",
        "^red",
        "a:b",
        "negative:",
        "-",
        "\0",
        "x" * 5000,
        "red " * 500,
    ):
        search(sample, text)
    assert len(search(sample).ids) == 5


def test_filters_by_model_rating_and_date(access: GalleryAccess) -> None:
    keep(access, [drawn("old", 100.0), drawn("new", 200.0, model="other"), drawn("newest", 300.0)], PLENTY)
    ids = search(access).ids
    access.use(lambda gallery: gallery.rate(ids[:1], 4))
    assert prompts(access, model="other") == ["new"]
    assert prompts(access, least_rating=4) == ["newest"]
    assert prompts(access, least_rating=5) == []
    assert prompts(access, is_unrated=True) == ["new", "old"]
    assert prompts(access, since=150.0) == ["newest", "new"]
    assert prompts(access, since=150.0, until=300.0) == ["new"]
    assert search(access).facts.models == ("other", "starter")


def test_the_newest_comes_first_also_where_the_clock_was_set_back(access: GalleryAccess) -> None:
    keep(access, [drawn("first", 9000.0)], PLENTY)
    keep(access, [drawn("second", 50.0), drawn("third", 49.0)], PLENTY)
    assert prompts(access) == ["third", "second", "first"]


def test_what_was_removed_can_be_had_back_until_it_is_erased(access: GalleryAccess) -> None:
    keep(access, [drawn("stays"), drawn("goes")], PLENTY)
    chosen = search(access, "goes").ids
    access.use(lambda gallery: gallery.remove(chosen))
    assert prompts(access) == ["stays"]
    access.use(lambda gallery: gallery.restore(chosen))
    assert prompts(access) == ["goes", "stays"]
    access.use(lambda gallery: gallery.erase(chosen))
    assert prompts(access) == ["goes", "stays"], "only what was removed is erased"
    access.use(lambda gallery: gallery.remove(chosen))
    access.use(lambda gallery: gallery.erase(chosen))
    access.use(lambda gallery: gallery.restore(chosen))
    assert prompts(access) == ["stays"]
    assert len(list(access.pictures.rglob("*.png"))) == 1


@pytest.mark.parametrize("later", [4000.0, -4000.0])
def test_what_a_killed_window_had_removed_goes_an_hour_later_whatever_the_clock_does(
    access: GalleryAccess, later: float
) -> None:
    keep(access, [drawn("goes"), drawn("just now")], PLENTY)
    goes, recent = search(access, "goes").ids, search(access, "just").ids
    access.use(lambda gallery: gallery.remove(goes))
    at = time.time() + later
    access.use(lambda gallery: setattr(gallery, "_clock", lambda: at))
    access.use(lambda gallery: gallery.remove(recent))
    access.use(lambda gallery: gallery.erase_removed())
    access.use(lambda gallery: gallery.restore((*goes, *recent)))
    assert prompts(access) == ["just now"]


def test_the_oldest_without_stars_go_where_there_is_no_room(access: GalleryAccess) -> None:
    keep(access, [drawn(f"number {index}") for index in range(4)], PLENTY)
    size = search(access).facts.size // 4
    oldest = search(access).ids[-1:]
    access.use(lambda gallery: gallery.rate(oldest, 1))
    dropped = keep(access, [drawn("number 4")], 3 * size + size // 2)
    assert (dropped.pictures, dropped.is_over) == (2, False)
    assert prompts(access) == ["number 4", "number 3", "number 0"]
    assert dropped.size > 0
    assert len(list(access.pictures.rglob("*.png"))) == 3


def test_what_has_stars_and_what_was_drawn_just_now_stay_however_small_the_room_is(access: GalleryAccess) -> None:
    keep(access, [drawn("rated")], PLENTY)
    rated = search(access).ids
    access.use(lambda gallery: gallery.rate(rated, 5))
    dropped = keep(access, [drawn("new")], 1)
    assert (dropped.pictures, dropped.is_over) == (0, True)
    assert prompts(access) == ["new", "rated"]


def test_a_picture_deleted_by_hand_is_still_found_and_said_to_be_gone(access: GalleryAccess) -> None:
    keep(access, [drawn("here"), drawn("gone")], PLENTY)
    found = search(access)
    (access.pictures / found.files[0]).unlink()
    assert [entry.is_there for entry in entries(access, found)] == [False, True]
    access.use(lambda gallery: gallery.remove(found.ids))
    access.use(lambda gallery: gallery.erase(found.ids))
    assert prompts(access) == []


def test_a_moved_gallery_is_found_where_it_is(access: GalleryAccess, tmp_path: Path) -> None:
    keep(access, [drawn("moved")], PLENTY)
    access.close()
    access.folder.rename(tmp_path / "elsewhere")
    moved = GalleryAccess(tmp_path / "elsewhere")
    assert [entry.is_there for entry in entries(moved, search(moved))] == [True]
    moved.close()


def test_pictures_that_the_index_does_not_know_are_taken_in(access: GalleryAccess) -> None:
    keep(access, [drawn("known", 10.0)], PLENTY)
    other = GalleryAccess(access.folder.with_name("other"))
    keep(other, [drawn("a stray 海滩", 20.0, seed=9)], PLENTY)
    (stray,) = other.pictures.rglob("*.png")
    stray.rename(access.pictures / "stray.png")
    other.close()
    (access.pictures / "broken.png").write_bytes(b"no picture")
    assert adopt(access, lambda: True) == 1
    assert adopt(access, lambda: True) == 0
    assert prompts(access, "海滩") == ["a stray 海滩"]
    assert entries(access, search(access, "stray"))[0].seed == 9
    assert (access.pictures / "broken.png").exists()
    assert not access.is_incomplete


def test_two_windows_have_one_gallery(access: GalleryAccess) -> None:
    other = GalleryAccess(access.folder)
    keep(access, [drawn("mine")], PLENTY)
    keep(other, [drawn("theirs")], PLENTY)
    assert prompts(access) == prompts(other) == ["theirs", "mine"]
    found = search(other).ids
    other.use(lambda gallery: gallery.rate(found, 2))
    assert [entry.rating for entry in entries(access, search(access))] == [2, 2]
    keep(other, [drawn("last")], 1)
    assert prompts(access) == ["last", "theirs", "mine"]
    other.close()


def test_an_index_that_names_files_elsewhere_harms_none(access: GalleryAccess, tmp_path: Path) -> None:
    victim = tmp_path / "victim.png"
    victim.write_bytes(b"mine")
    keep(access, [drawn()], PLENTY)
    found = search(access)
    access.use(lambda gallery: gallery._connection.execute("UPDATE picture SET file = '../../victim.png'"))
    access.use(lambda gallery: gallery.remove(found.ids))
    access.use(lambda gallery: gallery.erase(found.ids))
    assert victim.read_bytes() == b"mine"


def test_thousands_are_changed_at_once(access: GalleryAccess) -> None:
    keep(access, [drawn("one")], PLENTY)
    (known,) = access.use(lambda gallery: gallery.search(GalleryQuery())).ids
    access.use(lambda gallery: _multiply(gallery, known, 3000))
    ids = search(access).ids
    assert len(ids) == 3001
    access.use(lambda gallery: gallery.rate(ids, 3))
    assert len(search(access, least_rating=3).ids) == 3001
    assert len(entries(access, search(access))) == 3001


def _multiply(gallery: Gallery, picture_id: int, count: int) -> None:
    from studio.files.gallery.picture_files import read_drawn

    (entry,) = gallery.entries([picture_id])
    picture = read_drawn(gallery.pictures, entry.file)
    with gallery._writing():
        for number in range(count):
            gallery._insert(replace(picture, file=f"{number}.png"), 0, False)
