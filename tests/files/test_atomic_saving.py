"""A save either succeeds or leaves the old file as it was, whatever happens in the middle."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys

import pytest

from studio.errors import FileError
from studio.files import save_document
from studio.files.disk.atomic import write_atomically
from studio.files.disk.parts import held_folder, part_beside, remove_left_parts

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions or limits")


def fails_midway(number: int):
    def write(stream) -> None:
        stream.write(b"half of the new")
        raise OSError(number, os.strerror(number))

    return write


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "beach.ora"
    path.write_bytes(b"the old picture")
    return path


def names(folder) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "permissions"),
        (errno.EROFS, "only be read"),
        (errno.EIO, "another"),
    ],
)
def test_a_failing_save_leaves_the_old_file_and_says_what_to_do(old, number, advice):
    with pytest.raises(FileError) as caught:
        write_atomically(old, fails_midway(number))
    assert "beach.ora" in caught.value.message
    assert advice in caught.value.advice
    assert old.read_bytes() == b"the old picture"
    assert names(old.parent) == ["beach.ora"]


def test_a_bug_in_the_writer_passes_through_and_leaves_the_old_file(old):
    def write(stream) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_atomically(old, write)
    assert old.read_bytes() == b"the old picture"
    assert names(old.parent) == ["beach.ora"]


def test_the_new_file_takes_the_place_of_the_old(old):
    write_atomically(old, lambda stream: stream.write(b"new") and None)
    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["beach.ora"]


@posix
def test_permissions_of_the_old_file_stay(old):
    old.chmod(0o640)
    write_atomically(old, lambda stream: None)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@posix
def test_a_new_file_gets_the_usual_permissions(tmp_path):
    usual, path = tmp_path / "usual", tmp_path / "new.png"
    usual.touch()
    write_atomically(path, lambda stream: None)
    assert path.stat().st_mode == usual.stat().st_mode


@posix
def test_a_link_stays_a_link(old, tmp_path):
    link = tmp_path / "link.ora"
    link.symlink_to(old)
    write_atomically(link, lambda stream: stream.write(b"new") and None)
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


@pytest.mark.parametrize("place", ["gone/beach.ora", "."])
def test_missing_folders_and_folders_in_the_way_are_named(tmp_path, place):
    with pytest.raises(FileError) as caught:
        write_atomically(tmp_path / place, lambda stream: None)
    assert "older" in caught.value.advice  # "folder"


def test_saving_a_document_on_a_full_disk_keeps_the_old_one(rich_document, tmp_path, monkeypatch):
    path = tmp_path / "beach.ora"
    save_document(rich_document, path)
    before = path.read_bytes()

    def no_space(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(FileError, match="disk is full"):
        save_document(rich_document, path)
    assert path.read_bytes() == before
    assert names(tmp_path) == ["beach.ora"]


_LIMITED = """
import resource, sys
from pathlib import Path
import numpy as np
from studio.document import Document, PaintLayer, Raster
from studio.errors import FileError
from studio.files import save_document

pixels = np.random.default_rng(0).integers(0, 256, (400, 400, 4), dtype=np.uint8)
pixels[..., 3] = 255
document = Document(width=400, height=400, layers=(PaintLayer(name="a", raster=Raster.from_array(pixels)),))
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    save_document(document, Path(sys.argv[1]))
except FileError as error:
    print(error)
else:
    sys.exit("it was saved")
"""


@posix
@pytest.mark.parametrize("suffix", ["ora", "png", "jpg", "webp"])
def test_a_real_limit_of_the_system_keeps_the_old_file(tmp_path, suffix):
    path = tmp_path / f"beach.{suffix}"
    path.write_bytes(b"old")
    command = [sys.executable, "-c", _LIMITED, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    assert f"beach.{suffix}" in result.stdout
    assert "larger than this disk" in result.stdout
    assert result.stderr == ""
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == [f"beach.{suffix}"]


_KILLED = """
import os, signal, sys
from pathlib import Path
from studio.files.disk.atomic import write_atomically
from studio.files.disk.parts import held_folder, part_beside, remove_left_parts
from studio.files.disk.parts import held_folder, part_beside

def write(stream):
    stream.write(b"half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)

target = Path(sys.argv[1])
if sys.argv[2] == "file":
    write_atomically(target, write)
with held_folder(part_beside(target)):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_kill_leaves_half_written_is_removed_by_the_next_save(old, kind):
    subprocess.run([sys.executable, "-c", _KILLED, str(old), kind], timeout=60, check=False)
    assert len(names(old.parent)) == 2
    assert old.read_bytes() == b"the old picture"
    write_atomically(old.with_name("other.png"), lambda stream: stream.write(b"x"))
    assert names(old.parent) == ["beach.ora", "other.png"]


def test_what_another_save_is_writing_is_left_alone(old):
    def write(stream) -> None:
        stream.write(b"new")
        write_atomically(old.with_name("other.png"), lambda inner: inner.write(b"x"))
        with held_folder(part_beside(old)):
            remove_left_parts(old.parent)
            assert len(names(old.parent)) == 4

    write_atomically(old, write)
    assert old.read_bytes() == b"new"


def test_files_that_only_look_alike_are_left_alone(old):
    (old.parent / ".shoreline-mine.part").touch()
    (old.parent / "download.part").touch()
    remove_left_parts(old.parent)
    assert len(names(old.parent)) == 3
