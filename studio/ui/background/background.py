"""Work off the window's thread: one piece after the other, with progress, time left and cancel."""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from studio.errors import as_error
from studio.generation import CancelToken
from studio.system.time_left import seconds_left

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class RunProgress:
    """How far a run is: ``fraction`` 0..1, what it says it is doing, and the seconds left if they can be foretold."""

    fraction: float
    message: str = ""
    seconds_left: float | None = None


class Run:
    """One piece of work. The window may cancel it; the work heeds ``token``, and tells how far it is.

    `report` and `tell` may be called on any thread, as often as is convenient: what the window has not heard by the
    next telling is told no more.
    """

    def __init__(
        self,
        say: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
        *,
        token: CancelToken | None = None,
    ) -> None:
        self.token = token or CancelToken()
        self._say = say
        self._clock = clock
        self._started = 0.0
        self._lock = threading.Lock()
        self._told: deque[object] = deque(maxlen=1)

    @property
    def is_cancelled(self) -> bool:
        return self.token.is_cancelled

    def cancel(self) -> None:
        """Ask the work to end. It still is heard of: as failed with `Cancelled`, or done if it was too late."""
        self.token.cancel()

    def report(self, fraction: float, message: str = "") -> None:
        """Tell how far the work is, 0..1; the time left is worked out."""
        fraction = min(1.0, max(0.0, float(fraction)))
        self.tell(RunProgress(fraction=fraction, message=str(message), seconds_left=self.seconds_left(fraction)))

    def tell(self, value: object) -> None:
        """Tell anything else that has become known."""
        with self._lock:
            is_waiting = bool(self._told)
            self._told.append(value)
        if not is_waiting:
            self._say()

    def begin(self) -> None:
        """The work begins now."""
        self._started = self._clock()

    def take_told(self) -> object:
        """What was told last, once."""
        with self._lock:
            return self._told.popleft()

    def seconds_left(self, fraction: float) -> float | None:
        """How long the rest takes if it goes on as the ``fraction`` until now; ``None`` while that says nothing yet."""
        return seconds_left(self._clock() - self._started, fraction)


@dataclass(frozen=True)
class _Work(Generic[T]):
    """What the background thread is given. The receivers stay on the window's."""

    number: int
    run: Run
    function: Callable[[Run], T]


@dataclass(frozen=True)
class _Receivers:
    """Who hears of a run. They, and the work, are let go on the window's thread: what they belong to must end there."""

    run: Run
    work: Callable[[Run], object]
    done: Callable[[Any], object]
    failed: Callable[[Exception], object]
    progressed: Callable[[Any], object]


class Background(QObject):
    """Runs functions one after the other on a thread that is there only while there is work.

    Results, errors and progress come back as calls on the thread this object lives on, as long as it lives. Nothing
    waits for the work but `close`; with this object gone, what runs is cancelled and its thread ends by itself.
    ``busy_changed(bool)`` says when there is something to wait for. The process ends after what runs has ended, unless
    that is ``expendable``: work that may hang and leaves nothing half done.
    """

    busy_changed = Signal(bool)

    def __init__(self, name: str, parent: QObject | None = None, *, expendable: bool = False) -> None:
        super().__init__(parent)
        self._line = _Line(f"shoreline-{name}", expendable)
        self._line.busy_changed.connect(self.busy_changed)
        self.destroyed.connect(self._line.stop)

    @property
    def is_busy(self) -> bool:
        return self._line.is_busy

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Run:
        """Call ``work`` in the background, then ``done`` with what it returned or ``failed`` with what it raised.

        Without ``failed`` an error is only logged.
        """
        return self.start(lambda _run: work(), done, failed)

    def start(
        self,
        work: Callable[[Run], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        progressed: Callable[[Any], object] | None = None,
    ) -> Run:
        """As `run`, for work that can be cancelled; ``progressed`` hears what it tells, until it is cancelled."""
        return self._line.add(work, done, failed or _unheard, progressed or _unheard)

    def close(self) -> None:
        """Wait for all that was asked for, such as a save that must not be cut off; nothing is heard of it any more."""
        self._line.close()

    def stop(self) -> None:
        """Cancel what runs and drop what waits; nothing is heard of it any more, and nobody waits for it."""
        self._line.stop()

    def join(self, seconds: float) -> bool:
        """Wait at most so long until nothing runs. Returns whether that is so."""
        return self._line.join(seconds)


class _Line(QObject):
    """The other side of a `Background`: it outlives it until the work that runs has ended."""

    busy_changed = Signal(bool)
    _said = Signal(object)

    def __init__(self, name: str, expendable: bool) -> None:
        super().__init__(QCoreApplication.instance())
        self._name = name
        self._expendable = expendable
        self._numbers = itertools.count()
        self._receivers: dict[int, _Receivers] = {}
        self._waiting: deque[_Work[Any]] = deque()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._is_over = False
        self._said.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return bool(self._receivers)

    def add(
        self,
        work: Callable[[Run], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        progressed: Callable[[Any], object],
    ) -> Run:
        number = next(self._numbers)
        run = Run(lambda: self._say(number, None))
        if self._is_closed:
            run.cancel()
            return run
        self._receivers[number] = _Receivers(run, work, done, failed, progressed)
        if len(self._receivers) == 1:
            self.busy_changed.emit(True)
        with self._lock:
            self._waiting.append(_Work(number, run, work))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=self._expendable)
                self._thread.start()
        return run

    def close(self) -> None:
        self._is_closed = True
        self.join(None)
        self._end_if_idle()

    def stop(self) -> None:
        self._is_closed = True
        with self._lock:
            dropped = [work.number for work in self._waiting]
            self._waiting.clear()
        for number in dropped:
            self._receivers.pop(number).run.cancel()
        for receivers in self._receivers.values():
            receivers.run.cancel()
        self._end_if_idle()

    def join(self, seconds: float | None) -> bool:
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    # --- on any thread ----------------------------------------------------------------------------

    def _say(self, number: int, outcome: Callable[[_Receivers], object] | None) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone, or work that has ended goes on telling
            self._said.emit((number, outcome))

    # --- on the background thread -----------------------------------------------------------------

    def _work(self) -> None:
        while (work := self._next()) is not None:
            number, outcome = work.number, _outcome(work)
            del work
            self._say(number, outcome)
            del outcome

    def _next(self) -> _Work[Any] | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._thread = None
            return None

    # --- on the window's thread -------------------------------------------------------------------

    def _hear(self, said: tuple[int, Callable[[_Receivers], object] | None]) -> None:
        number, outcome = said
        receivers = self._receivers.get(number)
        if receivers is None:
            return
        if outcome is None:
            self._progress(receivers)
            return
        del self._receivers[number]
        if not self._receivers:
            self.busy_changed.emit(False)
        if self._is_closed:
            self._end_if_idle()
        else:
            outcome(receivers)

    def _progress(self, receivers: _Receivers) -> None:
        value = receivers.run.take_told()
        if not self._is_closed and not receivers.run.is_cancelled:
            receivers.progressed(value)

    def _end_if_idle(self) -> None:
        if not self._receivers and not self._is_over:
            self._is_over = True
            self.deleteLater()


def _outcome(work: _Work[T]) -> Callable[[_Receivers], object]:
    """Carry the work out; returns who is to be told what."""
    try:
        work.run.token.raise_if_cancelled()
        work.run.begin()
        value = work.function(work.run)
    except BaseException as caught:  # noqa: BLE001 - whatever it is, the window must hear of it
        _log.info("Work in the background failed", exc_info=caught)
        error = as_error(caught)
        return lambda receivers: receivers.failed(error)
    return lambda receivers: receivers.done(value)


def _unheard(_value: object) -> None:
    """For what nobody waits for."""
