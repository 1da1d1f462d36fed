"""Waiting for a plugin's function without being at its mercy.

A Python thread cannot be killed. So a plugin's function runs on a thread of its own, and the thread that wants its
result waits, serves it, and goes on without it when it does not come back. The abandoned thread lives until the
function returns or the program ends; what it then returns is thrown away.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar

from studio.api import DenoiseJob, Engine, ModelLimits, MotionJob, Pixels
from studio.errors import Cancelled
from studio.generation import CancelToken
from studio.plugin_host.failures import Raised, passed_on
from studio.text.exceptions import describe

R = TypeVar("R")

_GLANCE: Final = 0.1
"""Seconds between two looks at the clock while a function runs."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds that the host waits for a plugin.

    ``after_cancel`` for a function that can be cancelled, counted from the cancel, without the time that the
    engine takes; ``without_cancel`` for one that cannot, such as an event; ``factory`` for making a scheduler,
    which may import diffusers from a cold disk; ``loading`` for importing a plugin and asking what it adds.
    All are long enough for a busy machine: a plugin that is merely slow must not be taken for one that hangs.
    """

    after_cancel: float = 30.0
    without_cancel: float = 120.0
    factory: float = 600.0
    loading: float = 30.0


class Hung(Exception):  # noqa: N818 - a state of the plugin; the host makes it an error
    """A function did not come back in time; its thread goes on. The text says since when."""


class Watch:
    """One call of a plugin's function. Make one, call `run` once; `Hung` is raised after ``seconds``.

    They count from the start, or with a token from its cancel, and anew after each errand. While the function
    runs, it may send errands by `on_waiting_thread`.
    """

    def __init__(self, name: str, seconds: float, cancel: CancelToken | None = None) -> None:
        self._name = name
        self._cancel = cancel
        self._seconds = seconds
        self._inbox: SimpleQueue[_Errand | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._is_over = False
        self._since: float | None = None

    def run(self, function: Callable[[], R]) -> R:
        """What ``function`` returns.

        Raises `Cancelled` and `ShorelineError` that it raises, `Raised` for anything else that it raises, an
        interrupt of its own included, and `Hung` when it does not come back in time. Any other exception, such as a
        person's `KeyboardInterrupt`, is that of the thread that waits.
        """
        outcome: Future[R] = Future()

        def work() -> None:
            try:
                outcome.set_result(function())
            except BaseException as error:  # noqa: BLE001 - a plugin may raise anything
                outcome.set_exception(passed_on(error))
            self._inbox.put(None)

        try:
            _start(work, f"plugin-{self._name}")
            self._serve()
        finally:
            self._refuse_errands()
        return outcome.result()

    def on_waiting_thread(self, function: Callable[[], R]) -> R:
        """Have a function run by the thread that waits in `run`; `Cancelled` when nobody waits any more."""
        errand = _Errand(function)
        with self._lock:
            if self._is_over:
                raise Cancelled
            self._inbox.put(errand)
        result: R = errand.outcome.result()
        return result

    def _serve(self) -> None:
        while True:
            try:
                errand = self._inbox.get(timeout=_GLANCE)
            except Empty:
                self._look_at_clock()
                continue
            if errand is None:
                return
            errand.run()
            self._since = None

    def _look_at_clock(self) -> None:
        if self._cancel is not None and not self._cancel.is_cancelled:
            return
        now = time.monotonic()
        if self._since is None:
            self._since = now
        elif now - self._since > self._seconds:
            asked = " after it was asked to stop" if self._cancel is not None else ""
            raise Hung(f"it did not come back within {self._seconds:g} s{asked}")

    def _refuse_errands(self) -> None:
        with self._lock:
            self._is_over = True
        with suppress(Empty):
            while True:
                errand = self._inbox.get_nowait()
                if errand is not None:
                    errand.outcome.set_exception(Cancelled())


class RelayedEngine:
    """The engine for a function under watch: its calls run on the thread that waits, which owns the pipeline."""

    def __init__(self, engine: Engine, watch: Watch) -> None:
        self._engine = engine
        self._watch = watch

    def limits(self, model: str) -> ModelLimits:
        return self._watch.on_waiting_thread(lambda: self._engine.limits(model))

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        return self._watch.on_waiting_thread(lambda: self._engine.denoise(job))

    def denoise_together(self, job: MotionJob) -> tuple[Pixels, ...]:
        return self._watch.on_waiting_thread(lambda: self._engine.denoise_together(job))


class _Errand:
    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function
        self.outcome: Future[Any] = Future()

    def run(self) -> None:
        """Whatever it raises goes to the one who sent it; an interrupt is the person's, and goes on from here too."""
        try:
            self.outcome.set_result(self.function())
        except BaseException as error:
            self.outcome.set_exception(error)
            if not isinstance(error, Exception):
                raise


def _start(work: Callable[[], None], name: str) -> None:
    try:
        threading.Thread(target=work, name=name, daemon=True).start()
    except RuntimeError as error:  # there are too many threads
        raise Raised(describe(error), "", original=error, is_memory=True) from error
