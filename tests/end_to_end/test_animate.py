"""``shoreline animate`` with the model that ships: drawn whole, killed, cancelled, and taken up again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.cli.main import run_command
from studio.document import Pixels
from studio.files.animation.read import open_frames
from studio.files.animation.work import WorkFolder

ROOT = Path(__file__).resolve().parents[2]
FRAMES = 4
PROJECT = f"""
mode = "feedback"
frames = {FRAMES}
fps = 8
width = 64
height = 64
model = "starter/few_steps"
scheduler = "ddim"
steps = 2
guidance_scale = 1.0
strength = 0.5
seed = 7
prompt = [{{ frame = 0, text = "a beach at noon" }}, {{ frame = 3, text = "日落的海滩" }}]
[keyframes]
zoom = 1.05
"""
KILLED = """
import sys
from studio.cli.main import run_command
from tests.end_to_end.test_animate import signalled_after_the_second_frame

signalled_after_the_second_frame(9)
run_command(sys.argv[1:])
"""


def signalled_after_the_second_frame(number: int) -> None:
    """Have this process sent a signal when it has written frame 1."""
    plain = WorkFolder.write

    def write(work: WorkFolder, index: int, pixels: Pixels) -> None:
        plain(work, index, pixels)
        if index == 1:
            os.kill(os.getpid(), number)

    WorkFolder.write = write  # type: ignore[method-assign]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.png"))}


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the project; nobody else's settings, and one measurement of the device for all runs."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "p.toml").write_text(PROJECT, "utf-8")
    return tmp_path


@pytest.mark.slow  # with a model that draws at once the quick tests do the same
@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that cannot be caught")
def test_a_run_with_the_starter_that_is_killed_or_cancelled_goes_on_to_the_same_bytes(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def command(name: str) -> list[str]:
        return ["animate", str(user / "p.toml"), "-o", str(user / f"{name}.gif"), "--keep-frames", "--device", "cpu"]

    def is_half_done(name: str) -> bool:
        return len(files_of(user / f"{name}.gif.frames")) == 2 and not (user / f"{name}.gif").exists()

    assert run_command(command("whole")) == 0
    whole = files_of(user / "whole.gif.frames")
    assert len(whole) == FRAMES

    killed = subprocess.run([sys.executable, "-c", KILLED, *command("killed")], check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert is_half_done("killed")
    with monkeypatch.context() as patch:
        patch.setattr(WorkFolder, "write", WorkFolder.write)
        signalled_after_the_second_frame(signal.SIGINT)
        assert run_command(command("cancelled")) == 130
    assert is_half_done("cancelled")
    for name in ("killed", "cancelled"):
        assert run_command(command(name)) == 0
        assert files_of(user / f"{name}.gif.frames") == whole
        assert (user / f"{name}.gif").read_bytes() == (user / "whole.gif").read_bytes()

    pictures = [np.asarray(Image.open(user / "whole.gif.frames" / name))[..., :3].astype(int) for name in whole]
    assert all(picture.std() > 5 for picture in pictures), "something is drawn"
    assert all(np.abs(one - two).mean() > 0.5 for one, two in pairwise(pictures)), "it moves"
    assert open_frames(user / "whole.gif").count == FRAMES
