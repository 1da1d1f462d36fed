"""Runs one request through a session, at once, on the calling thread."""

from __future__ import annotations

from contextlib import AbstractContextManager

from studio.cli.output import ProgressLine
from studio.composition import Services
from studio.document import Document
from studio.errors import Cancelled, as_error
from studio.generation import CancelToken, GenerationRequest, GenerationResult, GenerationSettings, UpscaleTask
from studio.jobs.runner import JobRunner
from studio.session import JobCallbacks, JobStatus, Session
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


def interrupt_cancels(cancel: CancelToken) -> AbstractContextManager[None]:
    """Ctrl+C, and a wish of the system or the terminal to end, set the token and nothing else; a second one ends it."""
    return told_to_end(cancel.cancel)
