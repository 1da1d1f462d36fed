"""Projects of a few frames and a runner with the stand-in engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.api.testing import FakeEngine
from studio.files.animation.project import ProjectFile, read_project
from studio.generation import CancelToken, Progress
from studio.jobs.animation import AnimationRunner, FinishedAnimation
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginFolder, PluginHost

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"


@pytest.fixture(scope="session")
def host() -> PluginHost:
    return PluginHost.load([PluginFolder(PLUGINS, "bundled")], entry_points=False)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., ProjectFile]:
    """Writes a project of 7 frames of 64x64 with these lines after it, and reads it."""

    def written(text: str = "", *, frames: int = 7, prompt: str = 'prompt = "a beach"') -> ProjectFile:
        path = tmp_path / "project.toml"
        head = f"frames = {frames}\nwidth = 64\nheight = 64\nsteps = 4\n{prompt}\n"
        path.write_text(head + text, "utf-8")
        return read_project(path)

    return written


@pytest.fixture
def animate(host: PluginHost, engine: FakeEngine, tmp_path: Path) -> Callable[..., FinishedAnimation]:
    """Makes the frames of a project in tmp_path/NAME and lets the folder go."""

    def run(
        file: ProjectFile,
        name: str = "work",
        *,
        cancel: CancelToken | None = None,
        report: Callable[[Progress], None] = lambda progress: None,
        restart: bool = False,
    ) -> FinishedAnimation:
        runner = AnimationRunner(host, JobRunner(host, lambda: engine))
        done = runner.run(file, tmp_path / name, cancel or CancelToken(), report, restart=restart)
        done.work.release()
        return done

    return run
