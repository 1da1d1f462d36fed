"""What belongs to one person alone: folders with mode 0700 and files with 0600, also those that are there already.

Windows keeps a person's folders from others by itself; there nothing is done.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path
from typing import Final

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def make_private_folder(folder: Path) -> None:
    """Make ``folder`` and those above it that are missing, for its owner alone. Raises `OSError`."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    folder.mkdir(exist_ok=True)  # says what is wrong where something else is in the way
    make_private(folder)


def make_private_file(path: Path) -> None:
    """Make an empty file for its owner alone, where there must be none yet. Raises `OSError`."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, stat.S_IRUSR | stat.S_IWUSR))


def make_private(path: Path) -> None:
    """Take from others what they may do with a file or folder; what is not ours stays as it is."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & _OTHERS:
            path.chmod(mode & ~_OTHERS)


def keep_private(folder: Path) -> None:
    """The same for a folder and the files that lie in it, if it is there."""
    with contextlib.suppress(OSError):
        make_private(folder)
        for path in folder.iterdir():
            if path.is_file() and not path.is_symlink():
                make_private(path)
