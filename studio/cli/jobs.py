"""Runs one request through a session, at once, on the calling thread."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from studio.cli.output import ProgressLine
from studio.composition import Services
from studio.document import Document
from studio.errors import Cancelled, as_error
from studio.generation import CancelToken, GenerationRequest, GenerationResult, GenerationSettings, UpscaleTask
from studio.jobs.runner import JobRunner
from studio.session import JobCallbacks, JobStatus, Session

_ENDING: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""What asks a command to end; one that is ignored, as under nohup, stays so."""


class InlineWorker:
    """A session's worker that runs each job to its end inside ``submit``. Ctrl+C cancels within one step."""

    def __init__(self, runner: JobRunner, progress: ProgressLine) -> None:
        self._runner = runner
        self._progress = progress

    def submit(self, request: GenerationRequest, cancel: CancelToken, callbacks: JobCallbacks) -> None:
        with interrupt_cancels(cancel):
            try:
                result = self._runner.run(request, cancel, self._progress)
            except Cancelled:
                callbacks.cancelled()
            except BaseException as error:  # noqa: BLE001 - handed to the session, which reports it
                callbacks.failed(as_error(error))
            else:
                callbacks.finished(result)
            finally:
                self._progress.done()


def run_request(
    document: Document, settings: GenerationSettings, *, services: Services, quiet: bool
) -> GenerationResult:
    """Run ``settings`` on ``document``. Returns its result.

    Raises what the job raised; `Cancelled` after Ctrl+C.
    """
    session = Session(document, InlineWorker(services.runner, ProgressLine(quiet=quiet)))
    job = session.start(settings)
    if job.error is not None:
        raise job.error
    if job.status is JobStatus.CANCELLED or job.result is None:
        raise Cancelled
    return job.result


def run_upscale(
    document: Document, settings: GenerationSettings, task: UpscaleTask, *, services: Services, quiet: bool
) -> tuple[Document, dict[str, float], tuple[str, ...]]:
    """Enlarge ``document``. Returns the enlarged one, seconds by stage, and notes.

    Raises what the job raised; `Cancelled` after Ctrl+C.
    """
    session = Session(document, InlineWorker(services.runner, ProgressLine(quiet=quiet)))
    job = session.start(settings, upscale=task)
    if job.error is not None:
        raise job.error
    if job.status is JobStatus.CANCELLED or job.result is None:
        raise Cancelled
    return session.document, job.result.timings, job.result.notes


@contextmanager
def interrupt_cancels(cancel: CancelToken) -> Iterator[None]:
    """Ctrl+C, and a wish of the system or the terminal to end, set the token and nothing else; a second one ends it."""
    handlers = {number: signal.getsignal(number) for number in _ENDING}
    before = {number: handler for number, handler in handlers.items() if handler not in (None, signal.SIG_IGN)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def on_signal(_number: int, _frame: Any) -> None:
        cancel.cancel()
        restore()

    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        restore()
