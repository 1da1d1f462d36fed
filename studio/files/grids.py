"""What was asked of a grid, kept beside its cells while it is drawn, so that one that was killed can go on."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from studio.document import Document, new_document
from studio.errors import ShorelineError
from studio.files.animation.work import frames_there
from studio.files.disk.atomic import write_atomically
from studio.files.disk.file_lock import FileLock
from studio.files.documents import open_document
from studio.files.openraster.write import write_openraster
from studio.generation.grids import GridPlan

_PLAN: Final = "grid.json"
_DOCUMENT: Final = "grid.ora"
_LOCK: Final = ".lock"


@dataclass(frozen=True, kw_only=True)
class LeftGrid:
    """A grid that was being drawn when the program ended: so many of its pictures are ``drawn``."""

    folder: Path
    plan: GridPlan
    drawn: int


def keep_request(folder: Path, plan: GridPlan, document: Document | None) -> None:
    """Keep a plan, and the document that its cells are drawn from, if they are. Raises `FileError`."""

    def write(stream: BinaryIO) -> None:
        stream.write(plan.json().encode("utf-8"))

    if document is not None:
        write_atomically(folder / _DOCUMENT, partial(write_openraster, document, settings=None))
    write_atomically(folder / _PLAN, write)


def drop_request(folder: Path) -> None:
    """The run has come to its end: nothing is offered of it any more."""
    with contextlib.suppress(OSError):
        (folder / _PLAN).unlink(missing_ok=True)
        (folder / _DOCUMENT).unlink(missing_ok=True)


def left_grids(root: Path) -> tuple[LeftGrid, ...]:
    """Those below ``root`` that nobody draws any more, the newest first; what cannot be read is left out."""
    plans = sorted(root.glob(f"*/{_PLAN}"), key=_written_at, reverse=True)
    found = (_left_grid(path) for path in plans)
    return tuple(grid for grid in found if grid is not None)


def read_document(left: LeftGrid) -> Document:
    """The document that its cells are drawn from. Raises `FileError`."""
    path = left.folder / _DOCUMENT
    if path.is_file():
        return open_document(path).document
    settings = left.plan.settings
    return new_document(settings.width, settings.height, background=None)


def _left_grid(path: Path) -> LeftGrid | None:
    try:
        lock = FileLock.acquire(path.parent / _LOCK)
        if lock is None:
            return None
        lock.release()
        plan = GridPlan.read_json(path.read_bytes())
        plan.check()
    except (OSError, ValueError, ShorelineError):
        return None
    return LeftGrid(folder=path.parent, plan=plan, drawn=frames_there(path.parent))


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # discarded by another window
        return 0.0
