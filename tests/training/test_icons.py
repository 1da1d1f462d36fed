"""The drawings of things, their paint, and making their file anew."""

from __future__ import annotations

import colorsys
import io
import json
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.errors import FileError
from studio.paths import default_paths
from studio.training.scenes.icons import ICONS_FILE, Icons, fetch_icons, icon_svg
from studio.training.scenes.rasterise import rasterise
from studio.training.scenes.vocabulary import COLOURS, THING_NAMES

SHIPPED = default_paths().resources / ICONS_FILE
HUES = {"red": 0.99, "orange": 0.08, "yellow": 0.14, "green": 0.36, "blue": 0.6, "purple": 0.75, "pink": 0.92}


def mean_colour(svg: str) -> tuple[float, float, float]:
    """Mean of the visible pixels, each channel 0..1."""
    picture = np.asarray(Image.open(io.BytesIO(rasterise(svg, 48))).convert("RGBA")).astype(float) / 255
    return tuple(picture[picture[..., 3] > 0.5][:, :3].mean(axis=0))  # type: ignore[return-value]


def test_the_file_that_ships_has_every_thing_and_says_where_it_is_from() -> None:
    record = json.loads(SHIPPED.read_text("utf-8"))
    assert set(record["icons"]) == set(THING_NAMES)
    assert record["license"] == "MIT"
    assert "fluent-emoji-flat" in record["source"]


@pytest.mark.parametrize("colour", sorted(HUES))
def test_paint_gives_a_thing_the_hue_that_it_is_called_by(colour: str) -> None:
    icons = Icons.load(SHIPPED)
    near = 0
    for thing in THING_NAMES:
        hue, _, _ = colorsys.rgb_to_hsv(*mean_colour(icon_svg(icons.painted(thing, colour))))
        apart = abs(hue - HUES[colour])
        near += min(apart, 1 - apart) < 0.09
    assert near >= 0.85 * len(THING_NAMES)  # a few keep a part in another colour, such as a leaf


def test_black_is_dark_and_white_is_light() -> None:
    icons = Icons.load(SHIPPED)
    for thing in THING_NAMES:
        black, white = (np.mean(mean_colour(icon_svg(icons.painted(thing, colour)))) for colour in ("black", "white"))
        assert black < 0.45 < white


def test_no_colour_leaves_a_drawing_as_it_is() -> None:
    icons = Icons.load(SHIPPED)
    assert icons.painted("cat", "") == icons.bodies["cat"]
    assert len({icons.painted("cat", colour.name) for colour in COLOURS}) == len(COLOURS)


def test_a_missing_or_damaged_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="train icons"):
        Icons.load(tmp_path / "none.json")
    (tmp_path / "icons.json").write_text("{", "utf-8")
    with pytest.raises(FileError, match=r"icons\.json.*train icons"):
        Icons.load(tmp_path / "icons.json")
    with pytest.raises(FileError, match="no drawing of 'sphinx'"):
        Icons.load(SHIPPED).painted("sphinx", "red")


def test_without_npm_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileError, match="npm is not installed"):
        fetch_icons(THING_NAMES, tmp_path / "icons.json")
    assert not (tmp_path / "icons.json").exists()


def npm_that_packs(folder: Path, monkeypatch: pytest.MonkeyPatch, icons: object) -> None:
    """Put an ``npm`` on the path whose ``pack`` copies an archive with these icons."""
    payload = json.dumps(icons).encode()
    with tarfile.open(folder / "package.tar", "w") as tar:
        member = tarfile.TarInfo("package/icons.json")
        member.size = len(payload)
        tar.addfile(member, io.BytesIO(payload))
    npm = folder / "npm"
    npm.write_text(f"#!/bin/sh\n/bin/cp {folder}/package.tar ./package.tgz\n", "utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for npm is a shell script")
def test_the_file_is_made_from_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = '<g fill="none"><path fill="#ff0000" d="M0 0h32v32H0z"/></g>'
    npm_that_packs(tmp_path, monkeypatch, {"icons": {"cat": {"body": body}, "red-apple": {"body": body}}})
    fetch_icons(("cat", "apple"), tmp_path / "out" / "icons.json")
    assert Icons.load(tmp_path / "out" / "icons.json").bodies == {"cat": body, "apple": body}
    with pytest.raises(FileError, match="no drawing of robot"):
        fetch_icons(("cat", "robot"), tmp_path / "out" / "icons.json")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for npm is a shell script")
def test_a_package_of_another_shape_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm_that_packs(tmp_path, monkeypatch, [1, 2])
    with pytest.raises(FileError, match="cannot be read"):
        fetch_icons(("cat",), tmp_path / "icons.json")
