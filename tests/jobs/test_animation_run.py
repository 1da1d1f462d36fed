"""Running projects: resuming after a kill, progress, cancel, and files that are wrong."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.api.testing import FakeEngine
from studio.errors import Cancelled, CorruptFileError, FileError, SettingError
from studio.files.animation.project import ProjectFile, read_project
from studio.generation import CancelToken, Progress
from studio.jobs.animation import FinishedAnimation

Animate = Callable[..., FinishedAnimation]
Project = Callable[..., ProjectFile]
ROOT = Path(__file__).resolve().parents[2]

MODES = {
    "latent_walk": 'seed = [{ frame = 0, seed = 1 }, { frame = 6, seed = 2 }]\nmode = "latent_walk"\n',
    "feedback": 'mode = "feedback"\n[parameters]\ncadence = 2\n[keyframes]\nzoom = 1.05\n',
    "in_between": 'mode = "in_between"\n[parameters]\nspacing = 3\n',
    "animate_diff": 'mode = "animate_diff"\n[parameters]\nwindow = 3\noverlap = 1\n',
}
KILLED = """
import os, signal, sys
from pathlib import Path
from studio.jobs.animation import AnimationRunner
from studio.api.testing import FakeEngine
from studio.files.animation.project import read_project
from studio.generation import CancelToken
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginFolder, PluginHost

class Mortal(FakeEngine):
    def bound(self, report, cancel, held=""):
        return self
    def denoise(self, job):
        if len(self.jobs) == int(sys.argv[4]):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().denoise(job)

host = PluginHost.load([PluginFolder(Path(sys.argv[1]), "bundled")], entry_points=False)
runner = AnimationRunner(host, JobRunner(host, Mortal))
runner.run(read_project(Path(sys.argv[2])), Path(sys.argv[3]), CancelToken(), lambda progress: None)
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".png", ".json")}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("mode", MODES)
def test_a_run_that_is_killed_resumes_to_the_identical_result(
    project: Project, animate: Animate, tmp_path: Path, mode: str
) -> None:
    file = project(MODES[mode])
    whole = contents(animate(file, "whole").work.folder)
    for calls in (0, 1, 2):
        folder = tmp_path / f"killed{calls}"
        command = [sys.executable, "-c", KILLED, str(ROOT / "plugins"), str(file.path), str(folder), str(calls)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == -signal.SIGKILL, done.stderr
        resumed = animate(file, folder.name)
        assert contents(folder) == whole
        assert resumed.drawn <= 7


def test_a_cancel_keeps_what_is_finished(
    project: Project, animate: Animate, engine: FakeEngine, tmp_path: Path
) -> None:
    cancel = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.stage == "animating" and progress.step == 3:
            cancel.cancel()

    with pytest.raises(Cancelled):
        animate(project(), cancel=cancel, report=stop)
    assert len(list((tmp_path / "work").glob("frame_*.png"))) == 3
    before = len(engine.jobs)
    assert animate(project()).drawn == 4
    assert len(engine.jobs) == before + 4
    assert animate(project()).drawn == 0


def test_progress_counts_frames_with_the_time_left(project: Project, animate: Animate) -> None:
    seen: list[Progress] = []
    animate(project(), report=seen.append)
    counted = [progress for progress in seen if progress.stage == "animating"]
    assert [progress.step for progress in counted] == [1, 2, 3, 4, 5, 6, 7]
    assert counted[-1].total_steps == 7
    assert counted[-1].seconds_left == 0
    assert all(progress.seconds_left is not None for progress in counted[1:])


def test_the_time_left_counts_what_several_frames_took_together(
    project: Project, animate: Animate, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()
    monkeypatch.setattr("studio.jobs.animation.time.monotonic", lambda: float(next(ticks)))
    seen: list[Progress] = []
    animate(project('mode = "animate_diff"\n[parameters]\nwindow = 3\noverlap = 0\n'), report=seen.append)
    # One look at the clock when the engine begins, then one for every frame: after n frames n seconds have passed.
    assert [progress.seconds_left for progress in seen if progress.stage == "animating"] == [6, 5, 4, 3, 2, 1, 0]


def test_frames_of_other_settings_are_not_mixed_in(project: Project, animate: Animate, tmp_path: Path) -> None:
    animate(project())
    with pytest.raises(SettingError, match="drawn with other settings"):
        animate(project("seed = 5\n"))
    assert animate(project("seed = 5\n"), restart=True).drawn == 7
    assert animate(project("seed = 5\n[export]\nquality = 5\n")).drawn == 0, "how it is written changes no frame"


def test_a_folder_with_something_else_is_left_alone(project: Project, animate: Animate, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "mine.txt").write_text("keep")
    with pytest.raises(FileError, match="holds something else"):
        animate(project())
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["mine.txt"]


def test_frames_that_were_numbered_from_0_are_not_taken_for_their_neighbours(
    project: Project, animate: Animate
) -> None:
    done = animate(project())
    path = done.work.folder / "animation.json"
    manifest = json.loads(path.read_text())
    del manifest["first_number"]
    path.write_text(json.dumps(manifest))
    with pytest.raises(SettingError, match="drawn with other settings"):
        animate(project())
    assert animate(project(), restart=True).drawn == 7
    assert sorted(path.name for path in done.work.folder.glob("*.png"))[0] == "frame_000001.png"


def test_a_folder_in_use_or_damaged_is_refused(project: Project, animate: Animate, tmp_path: Path) -> None:
    done = animate(project())
    (done.work.folder / "frame_000007.png").write_bytes(b"half")
    with pytest.raises(CorruptFileError, match="frame_000007"):
        done.work.read(6)
    (done.work.folder / "animation.json").write_text("{")
    with pytest.raises(CorruptFileError, match=r"animation\.json"):
        animate(project())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("frames = 3", "not valid TOML"),
        ("colour = 1", "there is no key colour"),
        ("seed = -1", r"seed\[0\]\.seed cannot be -1"),
        ("fps = 0", "fps cannot be 0"),
        ("strength = true", r"strength\[0\]\.value cannot be True"),
        ('strength = "0.5 + open(1)"', "column 7: there is no function 'open'"),
        ("guidance_scale = [{ frame = 1, value = 2, speed = 3 }]", r"no key guidance_scale\[0\]\.speed"),
        ("guidance_scale = [{ frame = 9, value = 2 }]", "guidance_scale has a keyframe with frame = 9, past the end"),
        (
            "[keyframes]\nzoom = [{ frame = 7, value = 1 }]",
            r"keyframes\.zoom has a keyframe with frame = 7, past the end",
        ),
        ('[keyframes]\nzoom = [{ frame = 7, value = 1, interpolation = "bounce" }]', r"zoom\[0\]\.interpolation"),
        ("[export]\nquality = 101", r"export\.quality cannot be 101"),
        ('[export]\nbackground = "reddish"', "'reddish' is not a colour"),
    ],
)
def test_errors_name_the_file_and_the_key(project: Project, text: str, message: str) -> None:
    with pytest.raises((SettingError, FileError), match=message) as caught:
        project(text)
    assert "project.toml" in caught.value.message
    assert "Value error" not in caught.value.message
    assert not caught.value.message.endswith("..")
    assert caught.value.advice


def test_no_frames_and_no_prompt(project: Project) -> None:
    with pytest.raises(SettingError, match=r"project\.toml: frames cannot be 0"):
        project(frames=0)
    with pytest.raises(SettingError, match=r"project\.toml: prompt is missing"):
        project(prompt="")
    with pytest.raises(FileError, match=r"none\.toml could not be read"):
        read_project(Path("none.toml"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('mode = "morph"', "There is no mode 'morph'"),
        ("[parameters]\nspacing = 1", "no parameter 'spacing'"),
        ("[keyframes]\nzoom = 2", "has no keyframes 'zoom'"),
        ('mode = "video_to_video"', "needs a source"),
        ('mask = "mask.png"', "a mask needs a source"),
        ('source = "none.mp4"', "does not exist"),
        ('mode = "feedback"\n[keyframes]\nzoom = "3*f"', "Frame 1: Zoom"),
        ('strength = "f - 1"', "Frame 1: strength cannot be -1"),
        ('strength = "f / 5"', "Frame 7: strength cannot be 1.2"),
        ('guidance_scale = "1/f"', "gives no number at frame 1, where f is 0"),
    ],
)
def test_what_does_not_fit_is_said_before_anything_is_drawn(
    project: Project, animate: Animate, engine: FakeEngine, text: str, message: str
) -> None:
    with pytest.raises((SettingError, FileError), match=message):
        animate(project(text))
    assert engine.jobs == []


def test_the_example_is_sound() -> None:
    example = read_project(ROOT / "resources" / "examples" / "animation.toml").project
    assert example.frames == 24
    texts = "".join(key.text for key in example.prompt)
    assert any("一" <= letter <= "鿿" for letter in texts)
    assert any(letter.isascii() and letter.isalpha() for letter in texts)
    assert example.model == "starter/few_steps"


def test_frames_are_exact_in_the_folder(project: Project, animate: Animate) -> None:
    done = animate(project())
    read = list(done.work.frames(fps=Fraction(5), opaque=True).frames())
    assert all(np.array_equal(frame.pixels, done.work.read(index)) for index, frame in enumerate(read))
