"""What was found out about a model, remembered until one of its files changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

V = TypeVar("V")
Stamp = tuple[tuple[str, int, int, int], ...]
"""Of every file its path, size in bytes, and when it and its rights were changed, in nanoseconds."""


class Verdicts(Generic[V]):
    """Verdicts on files and folders by path. May be asked from any thread; a folder may then be judged twice."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp, V]] = {}

    def of(self, path: Path, judge: Callable[[Path], V], is_lasting: Callable[[V], bool]) -> V:
        """The verdict of ``judge`` on a path, from before where no file changed since. One that is not lasting, such
        as that of a file that could not be read just now, is not remembered."""
        stamp = stamp_of(path)
        known = self._known.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        verdict = judge(path)
        if is_lasting(verdict):
            self._known[path] = (stamp, verdict)
        return verdict


def stamp_of(path: Path) -> Stamp:
    """How a file, or all files below a folder, stand now; links are followed, once each."""
    return tuple(sorted(_stamps(path, set())))


def _stamps(path: Path, seen: set[str]) -> Iterator[tuple[str, int, int, int]]:
    try:
        status = path.stat()
        if not path.is_dir():
            yield (str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            return
        real = os.path.realpath(path)
        inside = [] if real in seen else list(path.iterdir())
    except OSError:
        yield (str(path), -1, 0, 0)
        return
    seen.add(real)
    yield (str(path), 0, 0, 0)
    for each in inside:
        yield from _stamps(each, seen)
