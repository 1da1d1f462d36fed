"""Runs one request through a session, at once, on the calling thread."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

from studio.cli.output import ProgressLine
from studio.composition import Services
from studio.document import Document
from studio.errors import Cancelled, as_error
from studio.generation import CancelToken, GenerationRequest, GenerationResult, GenerationSettings, UpscaleTask
from studio.generation.grids import GridTask
from studio.jobs.runner import JobRunner
from studio.session import Job, JobCallbacks, JobStatus, Session
from studio.system.ending import told_to_end


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
    session = _session(document, services, quiet=quiet)
    return _result(session.start(settings))


def run_upscale(
    document: Document, settings: GenerationSettings, task: UpscaleTask, *, services: Services, quiet: bool
) -> tuple[Document, dict[str, float], tuple[str, ...]]:
    """Enlarge ``document``. Returns the enlarged one, seconds by stage, and notes.

    Raises what the job raised; `Cancelled` after Ctrl+C.
    """
    session = _session(document, services, quiet=quiet)
    result = _result(session.start(settings, upscale=task))
    return session.document, result.timings, result.notes


@dataclass(frozen=True, kw_only=True, eq=False)
class EndedGrid:
    """The document of a grid with so many pictures ``drawn``; if it ``is_cancelled`` some may be missing."""

    document: Document
    drawn: int
    notes: tuple[str, ...]
    is_cancelled: bool


def run_grid(document: Document, task: GridTask, *, services: Services, quiet: bool) -> EndedGrid:
    """Draw a grid from ``document``; after Ctrl+C with the pictures until then.

    Raises what the job raised; `Cancelled` after Ctrl+C before there was a picture.
    """
    session = _session(document, services, quiet=quiet)
    job = session.queue.start(session.current, task.plan.settings, grid=task)
    if job.error is not None:
        raise job.error
    if job.result is None:
        raise Cancelled
    return EndedGrid(
        document=session.document,
        drawn=sum(layer.settings is not None for layer in session.document.walk()),
        notes=job.result.notes,
        is_cancelled=job.status is JobStatus.CANCELLED,
    )


def _session(document: Document, services: Services, *, quiet: bool) -> Session:
    return Session(document, InlineWorker(services.runner, ProgressLine(quiet=quiet)))


def _result(job: Job) -> GenerationResult:
    if job.error is not None:
        raise job.error
    if job.status is JobStatus.CANCELLED or job.result is None:
        raise Cancelled
    return job.result


def interrupt_cancels(cancel: CancelToken) -> AbstractContextManager[None]:
    """Ctrl+C, and a wish of the system or the terminal to end, set the token and nothing else; a second one ends it."""
    return told_to_end(cancel.cancel)
