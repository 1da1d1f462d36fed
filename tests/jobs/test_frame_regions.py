"""Frames of animations that are drawn in regions, and regions that move over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.api.testing import FakeEngine
from studio.document import PaintLayer, Raster, Rect, new_document
from studio.errors import FileError, SettingError
from studio.files import save_document
from studio.files.animation.project import ProjectFile
from studio.jobs.animation import FinishedAnimation
from studio.jobs.frame_regions import Placement, placed

Animate = Callable[..., FinishedAnimation]
Project = Callable[..., ProjectFile]
CANVAS = Rect(0, 0, 64, 64)

CAT = """
[[regions]]
part = "scene.ora#Cat"
prompt = "a {red|blue} cat"
x = [{ frame = 0, value = 0 }, { frame = 2, value = 0.5 }]
"""


def block(name: str, left: int, top: int, width: int, height: int) -> PaintLayer:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[top : top + height, left : left + width] = 255
    return PaintLayer(name=name, raster=Raster.from_array(pixels), visible=False)


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    file = tmp_path / "scene.ora"
    save_document(replace(new_document(64, 64), layers=(block("Cat", 0, 16, 16, 32),)), file)
    return file


def drawn_in(job: Any) -> dict[str, np.ndarray]:
    """The masks of a job's parts by their prompts."""
    assert job.conditioning is not None
    return {part.prompt: part.mask for part in job.conditioning.regions}


def test_a_region_moves_over_the_frames(project: Project, animate: Animate, engine: FakeEngine, scene: Path) -> None:
    assert scene.exists()
    done = animate(project(CAT, frames=3))
    cats = [mask for job in engine.jobs for prompt, mask in drawn_in(job).items() if prompt.endswith("cat")]
    assert len({prompt for job in engine.jobs for prompt in drawn_in(job)} - {""}) == 1, "the same lot in all frames"
    columns = [np.flatnonzero((mask > 0.5).any(axis=0)) for mask in cats]
    shares = [
        (found[0] / mask.shape[1], (found[-1] + 1) / mask.shape[1]) for found, mask in zip(columns, cats, strict=True)
    ]
    assert shares == [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75)]
    assert done.notes == ()


def test_every_mode_draws_in_regions_or_says_that_it_does_not(
    project: Project, animate: Animate, engine: FakeEngine, scene: Path
) -> None:
    assert scene.exists()
    for number, mode in enumerate(("feedback", "in_between")):
        animate(project(f'mode = "{mode}"\n' + CAT, frames=3), str(number))
        assert all(drawn_in(job) for job in engine.jobs)
        engine.jobs.clear()
    together = 'mode = "animate_diff"\n' + CAT + "[parameters]\nwindow = 3\noverlap = 1\n"
    assert "The regions were left out" in " ".join(animate(project(together, frames=3), "together").notes)


def test_a_region_turns_and_grows_about_its_middle() -> None:
    bar = block("Bar", 24, 8, 16, 48)
    turned = placed(bar, CANVAS, Placement(rotation=90.0)).raster.bounds()
    grown = placed(bar, CANVAS, Placement(scale=0.5)).raster.read(CANVAS)[..., 3] > 127
    shown = placed(bar, CANVAS, Placement(rotation=90.0)).raster.read(CANVAS)[..., 3] > 127
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    assert (rows[0], rows[-1], columns[0], columns[-1]) == (24, 39, 8, 55), turned
    rows, columns = np.flatnonzero(grown.any(axis=1)), np.flatnonzero(grown.any(axis=0))
    assert (len(rows), len(columns)) == (24, 8)
    assert placed(bar, CANVAS, Placement()) is bar
    assert not placed(bar, CANVAS, Placement(x=2.0)).raster.tiles


def test_a_region_that_leaves_the_frame_is_said_to_be_left_out(project: Project, animate: Animate, scene: Path) -> None:
    assert scene.exists()
    done = animate(project(CAT.replace("0.5", "2"), frames=3))
    assert any("The region Cat was left out" in note for note in done.notes)


@pytest.mark.parametrize(
    ("text", "problem", "error"),
    [
        ('[[regions]]\npart = "scene.ora#Dog"', "has no layer 'Dog'", SettingError),
        ('[[regions]]\npart = "gone.png"', r"gone\.png", FileError),
        ('[[regions]]\npart = "scene.ora#Cat"\nscale = "f"', r"Frame 1: regions\[0\]\.scale cannot be 0", SettingError),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_drawn(
    project: Project, animate: Animate, engine: FakeEngine, scene: Path, text: str, problem: str, error: Any
) -> None:
    assert scene.exists()
    with pytest.raises(error, match=problem):
        animate(project(text))
    assert engine.jobs == []


def test_keyframes_of_regions_end_with_the_frames_and_keys_have_names(project: Project) -> None:
    with pytest.raises(SettingError, match=r"regions\[0\]\.x"):
        project(CAT, frames=2)
    with pytest.raises(SettingError, match=r"no key regions\[0\]\.z"):
        project('[[regions]]\npart = "a.png"\nz = 1\n')
    with pytest.raises(SettingError, match=r"name a picture, or a document and its layer"):
        project('[[regions]]\npart = "#Cat"\n')


def test_frames_are_drawn_anew_when_the_picture_of_a_region_changed(project: Project, tmp_path: Path) -> None:
    before = project().fingerprint()
    for shade in (0, 255):
        Image.fromarray(np.full((8, 8), shade, np.uint8)).save(tmp_path / "part.png")
        now = project('[[regions]]\npart = "part.png"\n').fingerprint()
        assert now != before
        before = now
