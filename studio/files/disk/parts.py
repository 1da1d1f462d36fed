"""Files in the making: hidden beside their target until they are whole, and removed when their process is gone.

A part is locked while it is in the making, so that no other process takes it for a leftover. Windows keeps open files
from being removed by itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from studio.files.disk.file_lock import try_lock

_PATTERN: Final = ".shoreline-" + "[0-9a-f]" * 16 + ".part"
_OLD_SECONDS: Final = 24 * 3600.0
"""A folder of this age is no longer in the making, where folders cannot be locked."""


def part_beside(target: Path) -> Path:
    """A name that nothing has yet, for what is to become ``target``."""
    return target.with_name(f".shoreline-{os.urandom(8).hex()}.part")


def hold_part(descriptor: int) -> None:
    """Mark an open part as in the making, until it is closed."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # no locks there: then it is never thought to be left over either
            try_lock(descriptor)


@contextlib.contextmanager
def held_folder(part: Path) -> Iterator[None]:
    """Make a part that is a folder, and mark it as in the making. Raises `OSError`."""
    part.mkdir()
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(part, os.O_RDONLY)
    try:
        hold_part(descriptor)
        yield
    finally:
        os.close(descriptor)


def remove_left_parts(folder: Path) -> None:
    """Remove what killed processes have left in a folder; what cannot be removed stays."""
    with contextlib.suppress(OSError):
        for part in folder.glob(_PATTERN):
            with contextlib.suppress(OSError):
                _remove_if_left(part)


def _remove_if_left(part: Path) -> None:
    if sys.platform == "win32":
        if not part.is_dir():
            part.unlink()
        elif time.time() - part.stat().st_mtime > _OLD_SECONDS:
            shutil.rmtree(part, ignore_errors=True)
        return
    descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if not try_lock(descriptor):
            return
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink()
    finally:
        os.close(descriptor)
