"""A thread for small work of one part of the window, which ends with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Background(QObject):
    """Runs one function after the other off the window's thread; unlike `Tasks` it needs no closing.

    What a function returns comes back as a call on the thread this object lives on. Once the object is gone, nothing
    is delivered and its thread ends.
    """

    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"shoreline-{name}")
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(_closer(self._thread))

    def run(self, work: Callable[[], T], done: Callable[[T | None], object]) -> None:
        """Call ``work`` in the background, then ``done`` with what it returned, or ``None`` if it raised."""
        self._thread.submit(self._work, work, done)

    def _work(self, work: Callable[[], T], done: Callable[[T | None], object]) -> None:
        value: T | None = None
        try:
            value = work()
        except BaseException:  # noqa: BLE001 - whatever it is, the one who asked must hear that it ended
            _log.exception("Work for the window failed")
        finally:
            self._ended.emit(lambda: done(value))

    def _deliver(self, call: Callable[[], object]) -> None:
        call()


def _closer(thread: ThreadPoolExecutor) -> Callable[[], None]:
    return lambda: thread.shutdown(wait=True, cancel_futures=True)
