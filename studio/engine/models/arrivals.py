"""A file that was downloaded comes to where files of its kind are looked for."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.engine.models.companions import CARD
from studio.engine.models.identity.families import Kind
from studio.engine.models.identity.identify import identify
from studio.engine.models.judging import is_nameless
from studio.errors import ModelError, UnsafeModelError

WAITING: Final = ".downloads"
"""The folder in the models folder in which files arrive; it is not searched for models."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """A person's own folders, and the bundled configs by which files are told."""

    models: Path
    upscalers: Path
    configs: Path

    def of(self, kind: Kind) -> Path:
        """The folder for files of a kind."""
        return self.upscalers if kind == "upscaler" else self.models


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """Where something that was downloaded lies now, and why it cannot be used there, "" where it can."""

    place: Path
    problem: str = ""


def brought(file: Path, places: Places) -> Fetched:
    """Look what a file is, and bring it to its place. A pickle under another name is removed.

    Raises `UnsafeModelError`, or `ModelError` where another file of its name is there already.
    """
    kind, problem = _told(file, places)
    target = places.of(kind) / file.name
    _move(file, target)
    return Fetched(place=target, problem="" if kind == "upscaler" else problem)


def upscaler_brought(folder: Path, names: Sequence[str], places: Places, called: str) -> Path | None:
    """Bring a network that enlarges pictures, which is all that was downloaded into a folder, to the upscalers; where
    it lies now, ``None`` for anything else. A file without a name of its own gets ``called``.

    Raises `ModelError` where another file of its name is there already.
    """
    file = folder / names[0]
    if len(names) != 1 or _told(file, places)[0] != "upscaler":
        return None
    target = places.upscalers / (f"{called}{file.suffix}" if is_nameless(file.stem) else file.name)
    _move(file, target)
    (folder / CARD).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # there is more in it
        folder.rmdir()
    return target


def check_free(target: Path) -> None:
    """Raise `ModelError` where a file is in the way."""
    if target.exists():
        raise ModelError("{target} is there already.", "Delete it or give it another name first.", target=target)


def _move(file: Path, target: Path) -> None:
    check_free(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(file, target)


def _told(file: Path, places: Places) -> tuple[Kind, str]:
    try:
        found = identify(file, places.configs)
    except UnsafeModelError:
        file.unlink()
        raise
    except ModelError as error:
        return "other", error.whole
    return found.kind, found.problem or ""
