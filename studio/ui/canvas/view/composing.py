"""Composing tiles beside the window, so that it can show the next frame meanwhile."""

from __future__ import annotations

import os
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
    """Composes on a few threads what is wanted, the latest wish first. ``done`` hears of each tile on the window's
    thread, with ``None`` for its pixels where that failed."""

    def __init__(self, done: Callable[[TileWork, Pixels | None], object], parent: QObject) -> None:
        super().__init__(parent)
        self._done = done
        self._lines = [Background(f"composing-{number}", self) for number in range(_THREADS)]
        self._given = [0] * _THREADS
        self._wanted: dict[TileKey, TileWork] = {}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is wanted that is not begun yet."""
        return not self._wanted

    def want(self, work: TileWork) -> None:
        """Compose a tile before all that was wanted until now."""
        self._wanted.pop(work.key, None)
        self._wanted[work.key] = work
        self._feed()

    def forget(self) -> None:
        """Nothing that is not begun is wanted any more."""
        self._wanted.clear()

    def _feed(self) -> None:
        for number, line in enumerate(self._lines):
            while self._wanted and self._given[number] < _AHEAD:
                _key, work = self._wanted.popitem()
                self._give(number, line, work)

    def _give(self, number: int, line: Background, work: TileWork) -> None:
        def end(pixels: Pixels | None) -> None:
            self._given[number] -= 1
            self._done(work, pixels)
            self._feed()

        self._given[number] += 1
        line.run(work.run, end, lambda _error: end(None))
