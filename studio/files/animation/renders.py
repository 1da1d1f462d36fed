"""Where the window keeps the frames of animations: one work folder for each state of a project that was rendered.

The folder's name depends on everything that the frames depend on, so that a run goes on where it was, and going back to
earlier settings finds their frames.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from pathlib import Path
from typing import Final

from studio import __version__
from studio.errors import FileError
from studio.files.animation.project import ProjectFile
from studio.files.disk.atomic import saving_error
from studio.files.disk.file_lock import FileLock
from studio.system.private_files import make_private_folder

KEPT_RENDERS: Final = 8
_LOCK_NAME: Final = ".lock"
_NAME_LENGTH: Final = 32


def render_folder(root: Path, file: ProjectFile) -> Path:
    """The work folder for a project, there or not. Raises `FileError` for a source that cannot be read."""
    key = f"{__version__} from 1 {file.fingerprint()}".encode()
    return root / hashlib.sha256(key).hexdigest()[:_NAME_LENGTH]


def make_room(root: Path, wanted: Path) -> None:
    """Make ``root``, and forget the oldest renders beyond `KEPT_RENDERS`; never ``wanted`` or one in use.

    Raises `FileError` where the folder cannot be made.
    """
    try:
        make_private_folder(root)
        others = [path for path in root.iterdir() if path.is_dir() and path != wanted]
        others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError as error:
        raise saving_error(root, error) from error
    for folder in others[KEPT_RENDERS - 1 :]:
        _forget(folder)


def _forget(folder: Path) -> None:
    with contextlib.suppress(OSError, FileError):
        lock = FileLock.acquire(folder / _LOCK_NAME)
        if lock is not None:
            lock.release()
            shutil.rmtree(folder, ignore_errors=True)
