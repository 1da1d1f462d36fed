"""Work off the window's thread: reading and writing files, the journal, downloads."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from studio.errors import as_error

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Outcome:
    """How the work of one number ended; ``error`` is ``None`` if it returned ``value``."""

    number: int
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True)
class _Receivers:
    """Who hears how it ended. They stay on the window's thread: what they belong to must not end on another."""

    done: Callable[[Any], object]
    failed: Callable[[Exception], object]


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
        self._numbers = itertools.count()
        self._receivers: dict[int, _Receivers] = {}
        self._closed = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return bool(self._receivers)

    def run(self, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[Exception], object]) -> None:
        """Call ``work`` in the background, then ``done`` with what it returned or ``failed`` with what it raised."""
        if self._closed:
            return
        number = next(self._numbers)
        self._receivers[number] = _Receivers(done, failed)
        if len(self._receivers) == 1:
            self.busy_changed.emit(True)
        self._executor.submit(self._work, number, work)

    def close(self, *, wait: bool = True) -> None:
        """Let running work end (a save must not be cut off), and drop the thread; ``wait`` until it has ended."""
        self._closed = True
        self._executor.shutdown(wait=wait)

    def abandon(self) -> None:
        """Close at once, without waiting for work that was told to stop; deletes itself when that has ended."""
        self.close(wait=False)
        self.setParent(QCoreApplication.instance())
        self.busy_changed.connect(self._end)
        if not self._receivers:
            self._end()

    def _end(self) -> None:
        self._executor.shutdown(wait=True)  # all work has ended; its thread may still be on its way out of here
        self.deleteLater()

    def _work(self, number: int, work: Callable[[], Any]) -> None:
        try:
            outcome = _Outcome(number, value=work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, the window must hear of it
            _log.info("A task failed", exc_info=error)
            outcome = _Outcome(number, error=as_error(error))
        self._ended.emit(outcome)

    def _deliver(self, outcome: _Outcome) -> None:
        receivers = self._receivers.pop(outcome.number)
        if not self._receivers:
            self.busy_changed.emit(False)
        if self._closed:
            return
        if outcome.error is None:
            receivers.done(outcome.value)
        else:
            receivers.failed(outcome.error)
