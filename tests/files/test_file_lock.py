"""A lock is held by one, and by nobody after a failure."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.errors import FileError
from studio.files.animation.work import Manifest, WorkFolder
from studio.files.disk.file_lock import FileLock
from studio.files.disk.parts import part_beside
from studio.files.journal.journal import Journal

MANIFEST = Manifest(fingerprint="f", version="1", frames=2, width=4, height=4)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a limit that POSIX systems have")


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """Files can be made, but nothing can be written to them."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_one_holder_at_a_time(tmp_path):
    path = tmp_path / ".lock"
    lock = FileLock.acquire(path)
    assert lock is not None
    assert path.read_text() == str(os.getpid())
    assert FileLock.acquire(path) is None
    lock.release()
    assert not path.exists()


@posix
def test_a_full_disk_is_no_reason_not_to_lock(tmp_path):
    with full_disk():
        lock = FileLock.acquire(tmp_path / ".lock")
    assert lock is not None
    lock.release()


@posix
def test_a_work_folder_is_free_again_after_a_full_disk(tmp_path):
    """The error is still held here, as the window holds those of its jobs."""
    with full_disk(), pytest.raises(FileError, match="could not be saved") as kept:
        WorkFolder.open(tmp_path / "work", MANIFEST)
    WorkFolder.open(tmp_path / "work", MANIFEST).release()
    assert kept.value


@posix
def test_a_work_folder_is_free_again_after_a_frame_that_found_no_room(tmp_path):
    work = WorkFolder.open(tmp_path / "work", MANIFEST)
    with full_disk(), pytest.raises(FileError, match="could not be saved"):
        work.write(0, np.zeros((4, 4, 4), np.uint8))
    work.release()
    again = WorkFolder.open(tmp_path / "work", MANIFEST)
    assert again.done() == 0
    again.release()


def test_a_kill_while_a_work_folder_is_made_does_not_make_it_something_else(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / ".lock").touch()
    part_beside(folder / "animation.json").touch()
    WorkFolder.open(folder, MANIFEST).release()
    assert [path.name for path in folder.iterdir()] == ["animation.json"]


@posix
def test_a_journal_that_cannot_be_closed_is_free_all_the_same(tmp_path):
    journal = Journal.create(tmp_path)

    class Stuck:
        def close(self) -> None:
            raise OSError("the disk is full")

    journal._connection.close()
    journal._connection = Stuck()  # type: ignore[assignment]
    with pytest.raises(OSError, match="full"):
        journal.close()
    assert list(tmp_path.iterdir()) == []


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@posix
def test_journals_belong_to_the_person(tmp_path):
    folder = tmp_path / "data" / "recovery"
    folder.mkdir(parents=True, mode=0o755)
    before = os.umask(0)
    try:
        journal = Journal.create(folder)
        assert mode(folder) == 0o700
        assert {mode(path) for path in folder.iterdir()} == {0o600}
        journal.close()
    finally:
        os.umask(before)
