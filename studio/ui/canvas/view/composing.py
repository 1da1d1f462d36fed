"""Composing tiles beside the window, so that it can show the next frame meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from studio.document import Pixels, TileKey
from studio.ui.background.background import Background

if TYPE_CHECKING:
    from studio.raster.compositor import TileWork

_THREADS: Final = max(1, min(4, (os.cpu_count() or 1)))
_AHEAD: Final = 2
"""Pieces that a thread is given at a time: so many are composed in vain when others are wanted more."""


class Composing(QObject):
    """Composes on a few threads what is wanted, one after the other. ``done`` hears of each tile on the window's
    thread, with ``None`` for its pixels where that failed, and the seconds of processor time that it took."""

    def __init__(self, done: Callable[[TileWork, Pixels | None, float], object], parent: QObject) -> None:
        super().__init__(parent)
        self._done = done
        self._lines = [Background(f"composing-{number}", self) for number in range(_THREADS)]
        self._given = [0] * _THREADS
        self._wanted: dict[TileKey, TileWork] = {}

    def want(self, work: TileWork) -> None:
        """Compose a tile after those that are wanted already."""
        self._wanted[work.key] = work
        self._feed()

    def forget(self) -> None:
        """Nothing that is not begun is wanted any more."""
        self._wanted.clear()

    def _feed(self) -> None:
        for number, line in enumerate(self._lines):
            while self._wanted and self._given[number] < _AHEAD:
                self._give(number, line, self._wanted.pop(next(iter(self._wanted))))

    def _give(self, number: int, line: Background, work: TileWork) -> None:
        def end(made: tuple[Pixels | None, float]) -> None:
            self._given[number] -= 1
            self._done(work, *made)
            self._feed()

        self._given[number] += 1
        line.run(lambda: _timed(work), end, lambda _error: end((None, 0.0)))


def _timed(work: TileWork) -> tuple[Pixels, float]:
    begun = time.thread_time()
    pixels = work.run()
    return pixels, time.thread_time() - begun
