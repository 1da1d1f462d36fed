"""Wildcard files: a folder of texts, a line an option, that prompts name as ``__folder/name__``."""

from __future__ import annotations

import os
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

from studio.generation.prompting import without_comments

SUFFIX: Final = ".txt"

_MOST_BYTES: Final = 8 * 1024**2
"""So much of a file is read."""
_MOST_FILES: Final = 20_000


class WildcardFolder:
    """The wildcards below a folder, read anew each time; ``folder`` is asked each time too. No call raises.

    Names are paths without ending, with "/" between folders; capitals do not count. A ``*`` in a name stands for any
    letters: all that fit are taken together.
    """

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder

    def __call__(self, name: str) -> tuple[str, ...] | None:
        """The options of a wildcard, without blank lines and comments; ``None`` if it cannot be read."""
        wanted = name.casefold()
        if not _is_inside(wanted):
            return None
        exact = _lines(self._folder() / f"{name}{SUFFIX}") if "*" not in name else None
        if exact is not None:
            return exact
        fitting = (file for found, file in self._files() if fnmatchcase(found.casefold(), _literal(wanted)))
        read = [lines for file in fitting if (lines := _lines(file)) is not None]
        return tuple(line for lines in read for line in lines) if read else None

    def names(self) -> tuple[str, ...]:
        """Every wildcard, in the order of the alphabet."""
        return tuple(name for name, _ in self._files())

    def _files(self) -> list[tuple[str, Path]]:
        folder, found = self._folder(), list[tuple[str, Path]]()
        for where, folders, files in os.walk(folder):
            folders[:] = [each for each in folders if not each.startswith(".")]
            paths = (Path(where) / file for file in files if file.casefold().endswith(SUFFIX))
            found += [(path.relative_to(folder).as_posix()[: -len(SUFFIX)], path) for path in paths]
            if len(found) > _MOST_FILES:
                break
        return sorted(found, key=lambda named: named[0].casefold())


def _lines(file: Path) -> tuple[str, ...] | None:
    try:
        with file.open("rb") as stream:
            text = _decoded(stream.read(_MOST_BYTES))
    except (OSError, ValueError):
        return None
    lines = (line.strip() for line in without_comments(text).splitlines())
    return tuple(line for line in lines if line)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _literal(pattern: str) -> str:
    """A pattern in which only ``*`` means something."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


def _decoded(data: bytes) -> str:
    """UTF-8, with or without a mark; else what Chinese Windows writes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
