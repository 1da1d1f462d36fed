"""The worker: one thread that owns the generation pipeline. Torch is imported there and nowhere else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, Signal

from studio.errors import Cancelled, as_error
from studio.generation import CancelToken, GenerationRequest, GenerationResult, Progress
from studio.session import JobCallbacks
from studio.text.identifiers import new_identifier
from studio.ui.background.background import Run

if TYPE_CHECKING:
    from studio.api import Engine
    from studio.document import Document
    from studio.generation.conditioning import RegionUse
    from studio.generation.prompting import Wildcards
    from studio.jobs.runner import BoundEngine

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Runner(Protocol):
    """What does the work, on the worker thread."""

    @property
    def wildcards(self) -> Wildcards:
        """What prompts draw lines from."""
        ...

    def run(
        self, request: GenerationRequest, cancel: CancelToken, report: Callable[[Progress], None]
    ) -> GenerationResult:
        """One job; raises `Cancelled` within a step of a cancel."""
        ...

    def preload(self, model: str, cancel: CancelToken, report: Callable[[Progress], None]) -> None:
        """Load a model ahead of the first job."""
        ...

    def engine(self, cancel: CancelToken, report: Callable[[Progress], None]) -> BoundEngine:
        """The engine for work that is no single job, such as the frames of an animation."""
        ...

    def engine_for(
        self,
        document: Document,
        regions: tuple[RegionUse, ...],
        cancel: CancelToken,
        report: Callable[[Progress], None],
        told: Callable[[str], object],
        *,
        held: str = "",
    ) -> Engine:
        """The engine for a document with its guides, in these regions of it, such as for live frames."""
        ...


Work = Callable[[Runner, Run], T]
"""Something for the worker thread: it tells its progress, and raises `Cancelled` when it is cancelled."""


@dataclass(frozen=True, kw_only=True)
class _Work:
    """Something that was asked for, and who hears of it: of its progress, then of exactly one ending."""

    run: Run
    progressed: Callable[[Any], object]
    finished: Callable[[Any], object]
    cancelled: Callable[[], object]
    failed: Callable[[Exception], object]


class GenerationWorker(QObject):
    """Implements `studio.session.Worker` on a thread of its own.

    ``make_runner`` is called once, on that thread, before the first job. Signals, on the thread of this object:
    ``busy_changed(bool)``; ``loading(Progress)``, ``loaded(str)`` and ``load_failed(str, Exception)`` about
    `preload`; ``stopped()`` when the thread has ended.
    """

    busy_changed = Signal(bool)
    loading = Signal(object)
    loaded = Signal(str)
    load_failed = Signal(str, object)
    stopped = Signal()
    _work_asked = Signal(str, object, object)
    _model_asked = Signal(str)

    def __init__(self, make_runner: Callable[[], Runner], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: dict[str, _Work] = {}
        self._loads = 0
        self._thread = QThread()
        self._thread.setObjectName("shoreline-worker")
        self._bench = _Bench(make_runner)
        self._bench.moveToThread(self._thread)
        self._connect()

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self._work_asked.connect(self._bench.run_work, queued)
        self._model_asked.connect(self._bench.load_model, queued)
        self._bench.progressed.connect(self._show_progress, queued)
        self._bench.ended.connect(self._end, queued)
        self._bench.loading.connect(self.loading, queued)
        self._bench.load_ended.connect(self._end_load, queued)
        self._thread.finished.connect(self.stopped, queued)

    def start(self) -> None:
        """Start the thread; jobs asked for before wait for it."""
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether a job or a model load is under way."""
        return bool(self._asked) or self._loads > 0

    @property
    def has_jobs(self) -> bool:
        """Whether a job is under way; a model load alone has nothing to lose."""
        return bool(self._asked)

    @property
    def is_running(self) -> bool:
        """Whether the thread is alive."""
        return self._thread.isRunning()

    def submit(self, request: GenerationRequest, cancel: CancelToken, callbacks: JobCallbacks) -> None:
        """Queue a job. Its callbacks come on this object's thread."""
        asked = _Work(
            run=self._run(request.id, cancel),
            progressed=callbacks.progressed,
            finished=callbacks.finished,
            cancelled=callbacks.cancelled,
            failed=callbacks.failed,
        )
        self._queue(request.id, lambda runner, run: runner.run(request, run.token, run.tell), asked)

    def start_work(
        self,
        work: Work[T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        progressed: Callable[[Any], object],
    ) -> Run:
        """As `Background.start`, for work that needs the runner; it waits for the jobs that were asked for before."""
        work_id = new_identifier()
        run = self._run(work_id, CancelToken())
        asked = _Work(
            run=run,
            progressed=lambda progress: None if run.is_cancelled else progressed(progress),
            finished=done,
            cancelled=lambda: failed(Cancelled()),
            failed=failed,
        )
        self._queue(work_id, work, asked)
        return run

    def _run(self, work_id: str, token: CancelToken) -> Run:
        return Run(lambda: self._bench.progressed.emit(work_id), token=token)

    def _queue(self, work_id: str, work: Work[Any], asked: _Work) -> None:
        self._asked[work_id] = asked
        self._announce()
        self._work_asked.emit(work_id, work, asked.run)

    def preload(self, model: str) -> None:
        """Load a model in the background, before it is needed."""
        self._loads += 1
        self._announce()
        self._model_asked.emit(model)

    def replace_runner(self, make_runner: Callable[[], Runner]) -> None:
        """Use another runner from the next job on (another device, other plugins)."""
        self._bench.replace_runner(make_runner)

    def stop(self) -> None:
        """Cancel what runs and let the thread end; ``stopped`` tells when. Returns at once."""
        for asked in self._asked.values():
            asked.run.cancel()
        self._bench.refuse_more()
        self._thread.quit()

    def join(self, seconds: float) -> bool:
        """Stop and wait at most so long. Returns whether the thread has ended."""
        self.stop()
        return self._thread.wait(QDeadlineTimer(int(seconds * 1000)))

    def _show_progress(self, job_id: str) -> None:
        asked = self._asked.get(job_id)
        if asked is not None:
            asked.progressed(asked.run.take_told())

    def _end(self, job_id: str, outcome: Any) -> None:
        asked = self._asked.pop(job_id)
        if isinstance(outcome, Cancelled):
            asked.cancelled()
        elif isinstance(outcome, Exception):
            asked.failed(outcome)
        else:
            asked.finished(outcome)
        self._announce()

    def _end_load(self, model: str, error: object) -> None:
        self._loads -= 1
        if error is None:
            self.loaded.emit(model)
        elif not isinstance(error, Cancelled):
            self.load_failed.emit(model, error)
        self._announce()

    def _announce(self) -> None:
        self.busy_changed.emit(self.is_busy)


class _Bench(QObject):
    """Lives on the worker thread and does one thing at a time there."""

    progressed = Signal(str)
    ended = Signal(str, object)
    loading = Signal(object)
    load_ended = Signal(str, object)

    def __init__(self, make_runner: Callable[[], Runner]) -> None:
        super().__init__()
        self._stopping = CancelToken()
        self._make_runner = make_runner
        self._runner: Runner | None = None
        self._lock = threading.Lock()

    def replace_runner(self, make_runner: Callable[[], Runner]) -> None:
        with self._lock:
            self._make_runner = make_runner
            self._runner = None

    def refuse_more(self) -> None:
        """Cancel a model load and whatever has not begun; called from any thread."""
        self._stopping.cancel()

    def run_work(self, work_id: str, work: Work[Any], run: Run) -> None:
        outcome: object
        try:
            self._stopping.raise_if_cancelled()
            run.token.raise_if_cancelled()
            run.begin()
            outcome = work(self._current(), run)
        except Cancelled as error:
            outcome = error
        except BaseException as error:  # noqa: BLE001 - the worker outlives whatever a job raises
            _log.exception("A generation job failed")
            outcome = as_error(error)
        self.ended.emit(work_id, _without_frames(outcome))

    def load_model(self, model: str) -> None:
        error: Exception | None = None
        try:
            self._stopping.raise_if_cancelled()
            self._current().preload(model, self._stopping, self.loading.emit)
        except Cancelled as stopped:
            error = stopped
        except BaseException as problem:  # noqa: BLE001 - as above
            _log.warning("Model %s could not be loaded ahead", model, exc_info=problem)
            error = as_error(problem)
        self.load_ended.emit(model, _without_frames(error))

    def _current(self) -> Runner:
        with self._lock:
            if self._runner is None:
                self._runner = self._make_runner()
            return self._runner


def _without_frames(outcome: object) -> object:
    """Drop the traceback of an error, whose frames would keep the tensors of a failed job alive."""
    if isinstance(outcome, BaseException):
        outcome.__traceback__ = None
        outcome.__context__ = None
    return outcome
