"""Garbage is collected on the thread of the window alone.

Python collects on whichever thread happens to ask for memory. A ring of objects may hold a widget or a timer, and Qt
does not survive that these end on another thread than theirs.
"""

from __future__ import annotations

import gc
import threading
from typing import Final

THRESHOLDS: Final = (4_000, 250, 100)
"""A full collection stops every thread, with torch loaded for a quarter second: let it be rare. One of the youngest
takes one to three milliseconds for each thousand of them: let each be short."""
PATIENCE_SECONDS: Final = 2.0
"""How long another thread waits for the window's to collect for it."""


class GarbageCollection:
    """Collects in place of Python, when `look` is called on the thread that called `begin`.

    Other threads ask it with `collect_all`, which the window's thread carries out when it looks next.
    """

    def __init__(self) -> None:
        self._owner: threading.Thread | None = None
        self._is_wanted = threading.Event()
        self._is_done = threading.Event()

    def begin(self) -> None:
        """From now on only this thread collects."""
        self._owner = threading.current_thread()
        gc.disable()

    def end(self) -> None:
        """Python collects again, wherever it likes."""
        self._owner = None
        self._is_done.set()
        gc.enable()

    def look(self) -> None:
        """Collect what Python would have collected by now, or everything if a thread asks for it."""
        if self._is_wanted.is_set():
            self._is_wanted.clear()
            gc.collect()
            self._is_done.set()
            return
        counts = gc.get_count()
        for generation in reversed(range(len(THRESHOLDS))):
            if counts[generation] > THRESHOLDS[generation]:
                gc.collect(generation)
                return

    def collect_all(self) -> bool:
        """Collect everything, here or on the window's thread. Returns whether that was done in time."""
        owner = self._owner
        if owner is None or owner is threading.current_thread():
            gc.collect()
            return True
        self._is_done.clear()
        self._is_wanted.set()
        return self._is_done.wait(PATIENCE_SECONDS)


GARBAGE: Final = GarbageCollection()
"""Of the process, as Python's own collector is."""
