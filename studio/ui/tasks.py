"""Work off the window's thread: reading and writing files, the journal, downloads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from studio.errors import as_error

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Outcome(Generic[T]):
    deliver: Callable[[T], object]
    value: T


class Tasks(QObject):
    """Runs functions one after the other on one background thread.

    ``busy_changed(bool)`` says when there is something to wait for. Results and errors come back as calls on
    the thread this object lives on. After `close` nothing is delivered any more.
    """

    busy_changed = Signal(bool)
    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"shoreline-{name}")
        self._open = 0
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return self._open > 0

    def run(self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object]) -> None:
        """Call ``work`` in the background, then ``done`` with what it returned or ``failed`` with what it raised."""
        if self._closed:
            return
        self._open += 1
        if self._open == 1:
            self.busy_changed.emit(True)
        self._executor.submit(self._work, work, done, failed)

    def close(self, *, wait: bool = True) -> None:
        """Let running work end (a save must not be cut off), and drop the thread; ``wait`` until it has ended."""
        self._closed = True
        self._executor.shutdown(wait=wait)

    def abandon(self) -> None:
        """Close at once, without waiting for work that was told to stop; deletes itself when that has ended."""
        self.close(wait=False)
        if self._open == 0:
            self.deleteLater()
            return
        self.setParent(QCoreApplication.instance())
        self.busy_changed.connect(self.deleteLater)

    def _work(self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object]) -> None:
        try:
            outcome: _Outcome[Any] = _Outcome(done, work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, the window must hear of it
            _log.info("A task failed", exc_info=error)
            outcome = _Outcome(failed, as_error(error))
        self._ended.emit(outcome)

    def _deliver(self, outcome: _Outcome[Any]) -> None:
        self._open -= 1
        if self._open == 0:
            self.busy_changed.emit(False)
        if not self._closed:
            outcome.deliver(outcome.value)
