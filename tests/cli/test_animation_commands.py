"""Frames from the command line: convert and animate."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.api.testing import FakeEngine
from studio.cli import animations
from studio.composition import Services, build_services
from studio.files.animation.project import read_project
from studio.files.animation.read import open_frames
from studio.jobs.runner import JobRunner
from studio.paths import Paths

Run = Callable[..., tuple[int, str, str]]
RunJson = Callable[..., dict[str, Any]]
HELP = Path(__file__).resolve().parents[2] / "resources" / "help"

PROJECT = """
frames = 3
width = 128
height = 128
model = "starter/few_steps"
scheduler = "ddim"
steps = 1
guidance_scale = 1.0
seed = [{ frame = 0, seed = 1 }, { frame = 2, seed = 2 }]
prompt = [{ frame = 0, text = "a beach" }, { frame = 2, text = "森林" }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five frames of 40x30."""
    frames = tmp_path / "frames"
    frames.mkdir()
    for index in range(5):
        Image.new("RGB", (40, 30), (50 * index, 90, 120)).save(frames / f"{index}.png")
    return frames


def test_a_folder_becomes_a_film_and_a_film_a_gif(folder: Path, tmp_path: Path, run_json: RunJson) -> None:
    film = tmp_path / "film.mp4"
    assert run_json("convert", folder, "-o", film, "--fps", "10")["format"] == "mp4"
    assert (open_frames(film).rate, open_frames(film).size) == (10, (40, 30))
    run_json("convert", film, "-o", tmp_path / "a.gif", "--frames", "2-4", "--size", "20x16", "--ping-pong")
    frames = list(open_frames(tmp_path / "a.gif").frames())
    assert [(frame.pixels.shape, frame.duration) for frame in frames] == [((16, 20, 4), 100)] * 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "a.gif", "--fps", "0"), "fps cannot be 0"),
        (("-o", "a.tiff"), "writes no animations that end in .tiff"),
        (("-o", "a.gif", "--frames", "4-9"), "has 5 frames"),
        (("-o", "a.gif", "--frames", "x"), "'x' is not a range"),
        (("-o", "a.gif", "--background", "red"), "'red' is not a colour"),
        (("-o", "a.gif", "--dither", "fine"), "no dither 'fine'"),
        (("-o", "a.mp4", "--size", "31x31"), "H.264 needs even sides"),
    ],
)
def test_bad_options_are_refused_and_leave_nothing(
    folder: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = run("convert", folder, *arguments)
    assert status == 1
    assert message in err
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == []


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws patterns in place of a model."""

    def services(paths: Paths, **_wishes: str | None) -> Services:
        real = build_services(paths)
        return replace(real, runner=JobRunner(real.host, FakeEngine))

    monkeypatch.setattr(animations, "build_services", services)


@pytest.mark.usefixtures("stand_in")
def test_a_project_becomes_an_animation_and_the_work_folder_goes(tmp_path: Path, run_json: RunJson) -> None:
    (tmp_path / "p.toml").write_text(PROJECT, "utf-8")
    facts = run_json("animate", tmp_path / "p.toml", "-o", tmp_path / "a.apng", "--keep-frames", "--device", "cpu")
    assert (facts["frames"], facts["drawn"]) == (3, 3)
    again = run_json("animate", tmp_path / "p.toml", "-o", tmp_path / "a.apng", "--device", "cpu")
    assert again["drawn"] == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix) == ["a.apng", "p.toml"]
    first, second, third = (frame.pixels.astype(int) for frame in open_frames(tmp_path / "a.apng").frames())
    assert np.abs(first - second).mean() > 0
    assert np.abs(first - third).mean() > np.abs(first - second).mean() / 2


def test_what_cannot_be_written_is_said_before_anything_is_drawn(tmp_path: Path, run: Run) -> None:
    (tmp_path / "p.toml").write_text(PROJECT.replace("128", "129"), "utf-8")
    status, _, err = run("animate", tmp_path / "p.toml", "-o", tmp_path / "a.mp4")
    assert (status, "H.264 needs even sides" in err) == (1, True)
    status, _, err = run("animate", tmp_path / "p.toml", "-o", tmp_path / "none" / "a.gif")
    assert (status, "does not exist" in err) == (1, True)
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == ["p.toml"]


@pytest.mark.parametrize("page", ["animation.md", "zh_CN/animation.md"])
def test_the_project_on_the_help_page_is_sound(page: str, tmp_path: Path) -> None:
    text = (HELP / page).read_text("utf-8")
    block, regions, motion = re.findall(r"```toml\n(.*?)```", text, re.S)
    assert tomllib.loads(block)["mode"] == "feedback"
    (tmp_path / "p.toml").write_text(block, "utf-8")
    assert read_project(tmp_path / "p.toml").project.keyframes.keys() == {"zoom", "rotation"}
    (tmp_path / "regions.toml").write_text(regions, "utf-8")
    assert len(read_project(tmp_path / "regions.toml").project.regions) > 0
    (tmp_path / "motion.toml").write_text(motion, "utf-8")
    assert read_project(tmp_path / "motion.toml").project.mode == "animate_diff"
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", text):
        assert ((HELP / page).parent / picture).is_file()
