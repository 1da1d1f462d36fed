"""Where the window keeps rendered frames: one folder for each state of a project, and no more than a few."""

from __future__ import annotations

import os
from pathlib import Path

from studio.files.animation.project import AnimationProject, ProjectFile
from studio.files.animation.renders import KEPT_RENDERS, make_room, render_folder
from studio.files.disk.file_lock import FileLock


def file(folder: Path, **values: object) -> ProjectFile:
    return ProjectFile(
        AnimationProject.model_validate({"frames": 4, "prompt": "a beach", **values}), folder / "day.toml"
    )


def test_a_folder_for_what_the_frames_depend_on(tmp_path: Path) -> None:
    usual = render_folder(tmp_path, file(tmp_path))
    assert usual == render_folder(tmp_path, file(tmp_path / "elsewhere"))
    assert usual == render_folder(tmp_path, file(tmp_path, export={"quality": 3})), "how it is exported does not matter"
    assert usual != render_folder(tmp_path, file(tmp_path, steps=3))
    (tmp_path / "film.png").write_bytes(b"one")
    one = render_folder(tmp_path, file(tmp_path, source="film.png"))
    (tmp_path / "film.png").write_bytes(b"two")
    assert one != render_folder(tmp_path, file(tmp_path, source="film.png"))


def test_the_oldest_renders_make_room_but_not_one_in_use(tmp_path: Path) -> None:
    root = tmp_path / "renders"
    folders = [root / f"{age:02d}" for age in range(KEPT_RENDERS + 4)]
    for age, folder in enumerate(folders):
        folder.mkdir(parents=True)
        (folder / "frame_000001.png").write_bytes(b"")
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    lock = FileLock.acquire(folders[-1] / ".lock")
    assert lock is not None
    os.utime(folders[-1], (1, 1))
    make_room(root, folders[-2])
    lock.release()
    left = set(root.iterdir())
    assert left == {*folders[: KEPT_RENDERS - 1], folders[-2], folders[-1]}
