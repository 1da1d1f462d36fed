"""The bundled modes with the stand-in engine."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from studio.api.testing import FakeEngine
from studio.document import Pixels
from studio.errors import SettingError
from studio.files.animation.export import export_frames
from studio.files.animation.frames import MemoryFrames
from studio.files.animation.project import ProjectFile
from studio.generation.motion import Camera, between, flow_between, moved, warped, warped_difference
from studio.jobs.animation import FinishedAnimation

Animate = Callable[..., FinishedAnimation]
Project = Callable[..., ProjectFile]

WALK = """prompt = [{ frame = 0, text = "a beach" }, { frame = 6, text = "海滩" }]
seed = [{ frame = 0, seed = 1 }, { frame = 6, seed = 2 }]"""


def frames_of(done: FinishedAnimation) -> list[Pixels]:
    return [done.work.read(index) for index in range(done.work.manifest.frames)]


def scene(shift: float = 0.0, side: int = 64) -> Pixels:
    """Blobs that optical flow can hold on to, moved to the right."""
    noise = np.random.default_rng(5).integers(0, 256, (side, side, 3)).astype(np.uint8)
    smooth = cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 4), None, 0, 255, cv2.NORM_MINMAX)
    return np.asarray(moved(smooth, np.array([[1.0, 0, shift], [0, 1, 0], [0, 0, 1]])), np.uint8)


def film(folder: Path, count: int = 7) -> list[Pixels]:
    folder.mkdir()
    pictures = [scene(2.0 * index) for index in range(count)]
    for index, picture in enumerate(pictures):
        Image.fromarray(picture).save(folder / f"{index}.png")
    return pictures


def test_a_walk_begins_and_ends_at_its_prompts_and_goes_in_small_steps(
    project: Project, animate: Animate, engine: FakeEngine
) -> None:
    frames = frames_of(animate(project(prompt=WALK)))
    assert [job.prompt_blend.amount for job in engine.jobs if job.prompt_blend] == pytest.approx(
        [0, 1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 0]
    )
    assert engine.jobs[0].prompt == "a beach"
    assert engine.jobs[-1].prompt == "海滩"
    assert engine.jobs[-1].seed == 2
    steps = [np.abs(one.astype(int) - two).mean() for one, two in pairwise(frames)]
    assert max(steps) < np.abs(frames[0].astype(int) - frames[-1]).mean() / 2


def test_feedback_draws_over_the_moved_frame(project: Project, animate: Animate, engine: FakeEngine) -> None:
    done = animate(project('mode = "feedback"\nstrength = 0.25\n[keyframes]\nzoom = 1.1\n'))
    assert engine.jobs[0].image is None
    assert all(job.image is not None and job.strength == 0.25 for job in engine.jobs[1:])
    assert len({job.seed for job in engine.jobs}) == 7, "new noise for every frame"
    first = frames_of(done)[0][..., :3]
    given = engine.jobs[1].image
    assert given is not None
    expected = moved(first, Camera(zoom=1.1).matrix(64, 64))
    assert np.abs(cv2.resize(given, (64, 64), interpolation=cv2.INTER_AREA).astype(int) - expected).mean() < 3


def test_cadence_draws_every_third_frame_only(project: Project, animate: Animate, engine: FakeEngine) -> None:
    text = 'mode = "feedback"\nstrength = 0.25\n[parameters]\ncadence = 3\n[keyframes]\nrotation = "2*f"\n'
    frames = frames_of(animate(project(text)))
    assert len(engine.jobs) == 3
    assert all(not np.array_equal(one, two) for one, two in pairwise(frames))


def test_a_strength_of_zero_only_moves(project: Project, animate: Animate, engine: FakeEngine) -> None:
    animate(
        project('mode = "feedback"\nstrength = 0.0\n[keyframes]\npan_x = 0.1\n[parameters]\nmatch_colours = false\n')
    )
    assert len(engine.jobs) == 1


def test_in_between_draws_the_key_frames_only(project: Project, animate: Animate, engine: FakeEngine) -> None:
    animate(project('mode = "in_between"\n[parameters]\nspacing = 4\n', prompt=WALK))
    assert [job.seed_blend.amount for job in engine.jobs if job.seed_blend] == pytest.approx([0, 4 / 6, 0])
    assert len(engine.jobs) == 3


def test_in_between_slows_a_source_down(project: Project, animate: Animate, engine: FakeEngine, tmp_path: Path) -> None:
    pictures = film(tmp_path / "film", 3)
    frames = frames_of(animate(project('mode = "in_between"\nsource = "film"\n[parameters]\nspacing = 3\n')))
    assert engine.jobs == []
    assert all(np.array_equal(frames[3 * index][..., :3], pictures[index]) for index in range(3))


def test_video_to_video_draws_over_every_frame_and_carries_the_last_along(
    project: Project, animate: Animate, engine: FakeEngine, tmp_path: Path
) -> None:
    film(tmp_path / "film")
    animate(project('mode = "video_to_video"\nsource = "film"\nstrength = 0.5\n'))
    assert len(engine.jobs) == 7
    assert all(job.image is not None and job.strength == 0.5 for job in engine.jobs)


def test_animate_diff_draws_in_windows_that_go_on_from_the_last_frames(
    project: Project, animate: Animate, engine: FakeEngine
) -> None:
    text = 'mode = "animate_diff"\n[parameters]\nwindow = 4\noverlap = 2\nadapter = "mine"\n'
    frames = frames_of(animate(project(text, prompt=WALK)))
    seeds = [[frame.seed for frame in job.frames] for job in engine.motion_jobs]
    assert seeds == [[1, 2, 3, 4], [3, 4, 5, 6], [4, 5, 6, 2 + 6]], "each frame its noise; the last window is whole"
    assert [len(job.held) for job in engine.motion_jobs] == [0, 2, 3]
    assert {job.adapter for job in engine.motion_jobs} == {"mine"}
    first, second, _ = engine.motion_jobs
    amounts = [frame.prompt_blend.amount for frame in first.frames if frame.prompt_blend]
    assert amounts == pytest.approx([0, 1 / 6, 2 / 6, 3 / 6])
    assert np.array_equal(cv2.resize(second.held[1], (64, 64), interpolation=cv2.INTER_AREA), frames[3][..., :3])


def test_animate_diff_draws_over_a_source(
    project: Project, animate: Animate, engine: FakeEngine, tmp_path: Path
) -> None:
    film(tmp_path / "film")
    animate(project('mode = "animate_diff"\nsource = "film"\nstrength = 0.5\n'))
    (job,) = engine.motion_jobs
    assert len(job.frames) == 7, "a short animation is one window"
    assert all(frame.image is not None and frame.strength == 0.5 for frame in job.frames)


def test_an_overlap_as_long_as_the_window_is_refused(project: Project, animate: Animate, engine: FakeEngine) -> None:
    with pytest.raises(SettingError, match="overlap must be smaller"):
        animate(project('mode = "animate_diff"\n[parameters]\nwindow = 4\noverlap = 4\n'))
    assert engine.motion_jobs == []


@pytest.mark.parametrize("mode", ["latent_walk", "feedback", "in_between", "video_to_video", "animate_diff"])
def test_outside_the_mask_every_pixel_of_the_source_stays(
    project: Project, animate: Animate, tmp_path: Path, mode: str
) -> None:
    pictures = film(tmp_path / "film")
    mask = np.zeros((64, 64), np.uint8)
    mask[20:40, 20:40] = 255
    mask[18:20, 20:40] = 100
    Image.fromarray(mask).save(tmp_path / "mask.png")
    frames = frames_of(animate(project(f'mode = "{mode}"\nsource = "film"\nmask = "mask.png"\n')))
    for index, frame in enumerate(frames):
        assert np.array_equal(frame[mask == 0][:, :3], pictures[index][mask == 0])
        assert frame[..., 3].min() == 255
    assert not np.array_equal(frames[3][mask == 255][:, :3], pictures[3][mask == 255])


def test_a_mask_follows_the_movement(project: Project, animate: Animate, tmp_path: Path) -> None:
    pictures = film(tmp_path / "film")
    mask = np.zeros((64, 64), np.uint8)
    mask[20:40, 16:32] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    text = 'mode = "video_to_video"\nsource = "film"\nmask = "mask.png"\n[parameters]\nmask_follows = true\n'
    frames = frames_of(animate(project(text)))
    changed = (frames[6][..., :3] != pictures[6]).any(axis=2)
    middle = np.argwhere(changed).mean(axis=0)
    assert middle[1] == pytest.approx(23.5 + 12, abs=3), "12 pixels to the right, as the film"
    assert middle[0] == pytest.approx(29.5, abs=3)


def test_a_film_may_be_the_source(project: Project, animate: Animate, tmp_path: Path) -> None:
    noise = [np.dstack((scene(index), np.full((64, 64), 255, np.uint8))) for index in range(7)]
    export_frames(MemoryFrames(noise, rate=Fraction(10)), tmp_path / "film.mp4")
    frames = frames_of(animate(project('mode = "video_to_video"\nsource = "film.mp4"\nstrength = 0.0\n')))
    assert np.abs(frames[0][..., :3].astype(int) - noise[0][..., :3]).mean() < 8


def test_a_film_that_is_too_short_says_so(project: Project, animate: Animate, tmp_path: Path) -> None:
    film(tmp_path / "film", 3)
    with pytest.raises(SettingError, match="film has 3 frames; frame 4 was asked for"):
        animate(project('mode = "video_to_video"\nsource = "film"\n'))


def test_a_camera_that_goes_there_and_back_is_where_it_was() -> None:
    matrix = Camera(zoom=1.2, pan_x=0.1, rotation=10, tilt_x=5, tilt_y=-3).matrix(64, 48)
    assert matrix @ np.linalg.inv(matrix) == pytest.approx(np.eye(3), abs=1e-9)
    assert Camera().matrix(64, 48) == pytest.approx(np.eye(3))
    image = scene()
    assert np.array_equal(moved(image, Camera().matrix(64, 64)), image)
    assert np.abs(moved(image, Camera(rotation=90).matrix(64, 64)).astype(int) - np.rot90(image, -1)).max() <= 2


def test_perspective_makes_the_far_side_smaller() -> None:
    corners = np.array([[0, 0, 1], [0, 47, 1], [63, 0, 1], [63, 47, 1]], float).T
    carried = Camera(tilt_x=20).matrix(64, 48) @ corners
    y = carried[1] / carried[2]
    assert y[3] - y[2] < y[1] - y[0]


def test_flow_finds_the_movement_and_the_middle() -> None:
    first, second = scene(0), scene(6)
    inner = (slice(8, -8), slice(12, -8))
    assert np.median(flow_between(first, second)[inner][..., 0]) == pytest.approx(-6, abs=0.5)
    assert np.abs(warped(first, flow_between(first, second))[inner].astype(int) - second[inner]).mean() < 3
    halfway = np.abs(between(first, second, 0.5)[inner].astype(int) - scene(3)[inner]).mean()
    crossfade = np.abs(((first.astype(int) + second) // 2)[inner] - scene(3)[inner]).mean()
    assert halfway < crossfade / 2
    assert warped_difference(first, second) < np.abs(first.astype(int) - second).mean() / 2
