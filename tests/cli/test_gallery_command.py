"""`shoreline gallery`: what was drawn in the window, found from a terminal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from studio.files.gallery.access import GalleryAccess, keep
from studio.paths import default_paths
from tests.cli.conftest import Run, RunJson
from tests.files.test_gallery import PLENTY, drawn, search

NOON = 1_764_417_600.0
DAY = 86400.0


@pytest.fixture
def filled(home: Path) -> None:
    with closing(GalleryAccess(default_paths().gallery)) as access:
        keep(access, [drawn("a red palm", NOON - 3 * DAY, seed=7), drawn("美丽的海滩", NOON)], PLENTY)
        newest = search(access).ids[:1]
        access.use(lambda gallery: gallery.rate(newest, 3))


@pytest.mark.usefixtures("filled")
def test_pictures_are_listed_the_newest_first_and_found_by_words(run_json: RunJson, run: Run) -> None:
    facts = run_json("gallery")
    assert [picture["prompt"] for picture in facts["pictures"]] == ["美丽的海滩", "a red palm"]
    (found,) = run_json("gallery", "海滩")["pictures"]
    assert (found["rating"], found["size"], found["settings"]["prompt"]) == (3, [60, 40], "美丽的海滩")
    assert Path(found["path"]).is_file()
    assert run("gallery", "--", "-palm")[1].endswith("\n1 picture\n")
    assert run_json("gallery", "red", "palm", "--model", "starter")["found"] == 1
    assert run_json("gallery", "--rating", 3)["found"] == 1
    assert run_json("gallery", "--limit", 1)["found"] == 2
    status, out, _ = run("gallery", "--limit", 1)
    assert status == 0
    assert "***  美丽的海滩" in out
    assert "1 of 2 pictures" in out


@pytest.mark.usefixtures("filled")
def test_pictures_are_found_by_day(run_json: RunJson, run: Run) -> None:
    day = run_json("gallery")["pictures"][0]["created"][:10]
    assert [each["prompt"] for each in run_json("gallery", "--since", day)["pictures"]] == ["美丽的海滩"]
    assert run_json("gallery", "--until", day)["found"] == 2
    status, _, err = run("gallery", "--since", "yesterday")
    assert status == 1
    assert "is not a day" in err


def test_looking_for_pictures_makes_no_gallery(run_json: RunJson) -> None:
    assert run_json("gallery", "beach")["found"] == 0
    assert not default_paths().gallery.exists()
