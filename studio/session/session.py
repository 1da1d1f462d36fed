"""The use cases: one open document with its history, and the queue of generation jobs.

The session is plain Python and lives on one thread (the window's, or the command line's). It knows
nothing of Qt; whoever shows it listens to its signals. Jobs run on a `Worker`, which must call back
on the session's thread.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from psygnal import Signal

from studio.document import (
    Document,
    GroupLayer,
    Layer,
    LayerId,
    current_frame,
    go_to_frame,
    with_frame_of_active,
    with_sound_timeline,
)
from studio.errors import SettingError
from studio.generation import (
    MAX_SEED,
    CancelToken,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    Progress,
    UpscaleTask,
)
from studio.generation.jobs import UpscaleTarget
from studio.generation.placement import place, placed_layers
from studio.history import DEFAULT_BUDGET, History, StepKind
from studio.jobs.upscaling import as_picture, placed

KEPT_JOBS: Final = 64
"""Jobs that are over and still listed with their pictures; older ones are forgotten."""


NEW_PICTURE: Final = StepKind("picture.new", "New picture", "new")
GENERATE: Final = StepKind("generate", "Generate", "generate")
UPSCALE: Final[Mapping[UpscaleTarget, StepKind]] = MappingProxyType(
    {
        "picture": StepKind("upscale.picture", "Upscale picture", "upscale"),
        "layer": StepKind("upscale.layer", "Upscale layer", "upscale"),
        "mask": StepKind("upscale.mask", "Upscale masked part", "upscale"),
    }
)
"""The kind of step by what is enlarged."""


class JobStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, eq=False)
class Job:
    """One generation job as the queue shows it.

    ``document_key`` tells which open document it was asked for, ``placed`` as which layer each picture was put there
    last. A job that ``is_cancelling`` still runs, until it has noticed.
    """

    request: GenerationRequest
    document_key: int
    status: JobStatus = JobStatus.QUEUED
    progress: Progress | None = None
    result: GenerationResult | None = None
    error: Exception | None = None
    placed: Mapping[int, LayerId] = field(default_factory=dict)
    is_cancelling: bool = False

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def is_over(self) -> bool:
        return self.status not in (JobStatus.QUEUED, JobStatus.RUNNING)


@dataclass(frozen=True, kw_only=True)
class JobCallbacks:
    """What a worker calls, on the session's thread: any number of progress calls, then exactly one ending."""

    progressed: Callable[[Progress], None]
    finished: Callable[[GenerationResult], None]
    cancelled: Callable[[], None]
    failed: Callable[[Exception], None]


class Worker(Protocol):
    """Runs one job at a time away from the session's thread (or at once, for the command line)."""

    def submit(self, request: GenerationRequest, cancel: CancelToken, callbacks: JobCallbacks) -> None: ...


class Session:
    """One document, its history, and the jobs asked for.

    Signals: ``document_changed(old, new)`` after every change of the current document (also undo, redo and
    opening); ``history_changed()`` when steps or the position change; ``file_changed()`` when path or
    "modified" change; ``jobs_changed()`` when the queue changes; ``job_progressed(job)``; ``job_ended(job)``.
    """

    document_changed = Signal(Document, Document)
    history_changed = Signal()
    file_changed = Signal()
    jobs_changed = Signal()
    job_progressed = Signal(Job)
    job_ended = Signal(Job)

    def __init__(self, document: Document, worker: Worker, *, history_budget: int = DEFAULT_BUDGET) -> None:
        self._worker = worker
        self._history_budget = history_budget
        self._history = History(document, NEW_PICTURE, budget=history_budget)
        self._saved: Document | None = document
        self._path: Path | None = None
        self._document_key = 0
        self._jobs: tuple[Job, ...] = ()
        self._tokens: dict[str, CancelToken] = {}

    # --- the document -----------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        return self._history.current

    @property
    def history(self) -> History:
        return self._history

    @property
    def path(self) -> Path | None:
        return self._path

    @property
    def document_key(self) -> int:
        """A number that changes whenever another document is opened."""
        return self._document_key

    @property
    def is_modified(self) -> bool:
        """Whether the picture differs from what was last saved (which layer or frame is active does not count)."""
        return self._saved is None or not same_picture(self._saved, self.document)

    def open_document(
        self, document: Document, kind: StepKind, *, path: Path | None = None, modified: bool = False
    ) -> None:
        """Show another document with a fresh history. Running jobs go on; their results wait in the queue."""
        self._adopt(History(document, kind, budget=self._history_budget), path, modified=modified)

    def restore_history(self, history: History, *, path: Path | None = None) -> None:
        """Take over a recovered line of history; it counts as not saved."""
        self._adopt(history, path, modified=True)

    def mark_saved(self, path: Path, document: Document) -> None:
        """Note that ``document`` (maybe no longer the current one) now stands in ``path``."""
        self._path = path
        self._saved = document
        self.file_changed.emit()

    def apply(
        self, kind: StepKind, document: Document, *, settings: str | None = None, merge_key: str | None = None
    ) -> None:
        """Make ``document`` the current one as a step.

        The same object makes no step, and neither does one in which only another frame is shown.
        """
        old = self.document
        document = with_sound_timeline(document, old)
        if document is old:
            return
        if document.timeline is not None and same_picture(old, document):
            self._show_instead(document)
            return
        self._history.apply(kind, document, settings=settings, merge_key=merge_key)
        self._announce(old)

    def select_layer(self, layer_id: LayerId | None) -> None:
        """Make a layer active, and show the frame that it lies in. This is not a step of history."""
        if self.document.active_id != layer_id:
            self._show_instead(with_frame_of_active(self.document.with_active(layer_id)))

    def show_frame(self, index: int) -> None:
        """Show a frame of the timeline and make its layer active. This is not a step of history.

        ``IndexError`` if there is no such frame.
        """
        if index != current_frame(self.document):
            self._show_instead(go_to_frame(self.document, index))

    def _show_instead(self, document: Document) -> None:
        """Change what is active without a step."""
        old = self.document
        self._history.replace_current(document)
        self.document_changed.emit(old, document)

    def undo(self) -> None:
        self._move(self._history.undo)

    def redo(self) -> None:
        self._move(self._history.redo)

    def go_to(self, index: int) -> None:
        """Show any step of the history; ``IndexError`` if there is no such step."""
        self._move(lambda: self._history.go_to(index))

    def _move(self, step: Callable[[], Document]) -> None:
        old = self.document
        if step() is not old:
            self._announce(old)

    def _announce(self, old: Document) -> None:
        self.document_changed.emit(old, self.document)
        self.history_changed.emit()
        self.file_changed.emit()

    def _adopt(self, history: History, path: Path | None, *, modified: bool) -> None:
        old = self.document
        self._history = history
        self._document_key += 1
        self._path = path
        self._saved = None if modified else history.current
        self._announce(old)

    @property
    def history_budget(self) -> int:
        """Bytes that the history of a document may hold."""
        return self._history_budget

    def set_history_budget(self, budget: int) -> None:
        """Give the history of this and of later documents another number of bytes."""
        self._history_budget = budget
        self._history.set_budget(budget)
        self.history_changed.emit()

    # --- the queue --------------------------------------------------------------------------------

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs of this run of the program, oldest first."""
        return self._jobs

    @property
    def running_job(self) -> Job | None:
        return next((job for job in self._jobs if job.status is JobStatus.RUNNING), None)

    def start(self, settings: GenerationSettings, *, upscale: UpscaleTask | None = None) -> Job:
        """Queue one request on a snapshot of the document and return its job; with ``upscale`` one that enlarges.

        Raises `SettingError` when inpainting is asked for and no mask is painted.
        """
        if upscale is None and settings.tool == "inpaint" and not self.document.selection.tiles:
            raise SettingError("There is no mask to inpaint in.", "Paint one with the mask brush first.")
        request = GenerationRequest(settings=settings, document=self.document, upscale=upscale)
        job = Job(request=request, document_key=self._document_key)
        self._jobs = (*self._jobs, job)
        self._tokens[job.id] = CancelToken()
        self.jobs_changed.emit()
        self._start_next()
        return self._job(job.id)

    def cancel(self, job_id: str) -> None:
        """Cancel a running job within one layer of its network, or end one at once that does not draw yet."""
        job = self._job(job_id)
        if job.is_over:
            return
        self._tokens[job_id].cancel()
        if job.progress is None or job.progress.stage == "loading":  # to load a model can take minutes
            self._end(job_id, status=JobStatus.CANCELLED)
        else:
            self._update(job_id, is_cancelling=True)

    def cancel_all(self) -> None:
        for job in reversed(self._jobs):
            self.cancel(job.id)

    def forget_job(self, job_id: str) -> None:
        """Drop a job that is over, with its pictures, from the queue."""
        if self._job(job_id).is_over:
            self._jobs = tuple(job for job in self._jobs if job.id != job_id)
            self.jobs_changed.emit()

    def place_result(self, job_id: str, indices: tuple[int, ...] | None = None) -> None:
        """Put pictures of a finished job (all by default) into the current document as layers, in one step.

        Those that are layers of it already are not put there again.
        """
        result = self._job(job_id).result
        if result is None:
            return
        upscale = result.request.upscale
        if upscale is None:
            self._place(job_id, result, indices)
        elif result.upscaled is not None:
            self.apply(UPSCALE[upscale.target], placed(result.upscaled, self.document))
            self._update(job_id, result=replace(result, upscaled=None), announce=False)  # the history holds it now
        elif result.images:
            self._place(job_id, result, indices)

    def _place(self, job_id: str, result: GenerationResult, indices: tuple[int, ...] | None) -> None:
        wanted = range(len(result.images)) if indices is None else indices
        new = tuple(index for index in wanted if self.layer_of(job_id, index) is None)
        if not new:
            return
        upscale, before = result.request.upscale, self.document
        if upscale is None:
            document = place(before, result, indices=new)
            self.apply(GENERATE, document, settings=result.request.settings.model_dump_json())
        else:
            document = place(before, result, indices=new, name=upscale.upscaler)
            self.apply(UPSCALE[upscale.target], document)
        layers = dict(zip(new, placed_layers(before, document), strict=True))
        self._update(job_id, placed={**self._job(job_id).placed, **layers}, announce=False)

    def layer_of(self, job_id: str, index: int) -> LayerId | None:
        """The layer of the current document that picture ``index`` of a job is, or ``None``."""
        layer_id = self._job(job_id).placed.get(index)
        return layer_id if any(layer.id == layer_id for layer in self.document.walk()) else None

    def _start_next(self) -> None:
        if self.running_job is not None:
            return
        waiting = next((job for job in self._jobs if job.status is JobStatus.QUEUED), None)
        if waiting is None:
            return
        self._update(waiting.id, status=JobStatus.RUNNING)
        job_id = waiting.id
        callbacks = JobCallbacks(
            progressed=lambda progress: self._progressed(job_id, progress),
            finished=lambda result: self._finished(job_id, result),
            cancelled=lambda: self._ended(job_id, status=JobStatus.CANCELLED),
            failed=lambda error: self._ended(job_id, status=JobStatus.FAILED, error=error),
        )
        self._worker.submit(waiting.request, self._tokens[job_id], callbacks)

    def _progressed(self, job_id: str, progress: Progress) -> None:
        if not self._is_over(job_id):
            self.job_progressed.emit(self._update(job_id, progress=progress, announce=False))

    def _finished(self, job_id: str, result: GenerationResult) -> None:
        if self._is_over(job_id):
            return
        if self._tokens[job_id].is_cancelled:  # the cancel came while the result was on its way here
            self._end(job_id, status=JobStatus.CANCELLED)
            return
        job = self._update(job_id, status=JobStatus.FINISHED, result=result, announce=False)
        try:
            if job.document_key == self._document_key:
                self.place_result(job_id)
        except Exception as error:  # noqa: BLE001 - a result that cannot be placed must not hold the queue up
            self._end(job_id, status=JobStatus.FAILED, error=error)
        else:
            self._end(job_id, status=JobStatus.FINISHED)

    def _is_over(self, job_id: str) -> bool:
        """Whether a job has ended, maybe before its worker knew; such a one may be forgotten by now."""
        return all(job.is_over for job in self._jobs if job.id == job_id)

    def _ended(self, job_id: str, *, status: JobStatus, error: Exception | None = None) -> None:
        if not self._is_over(job_id):
            self._end(job_id, status=status, error=error)

    def _end(self, job_id: str, *, status: JobStatus, error: Exception | None = None) -> None:
        job = self._job(job_id)
        request = _without_snapshot(job.request)
        result = None if job.result is None else as_picture(replace(job.result, request=request))
        job = self._update(job_id, status=status, error=error, request=request, result=result)
        self._tokens.pop(job_id, None)
        self._forget_oldest_jobs()
        self.job_ended.emit(job)
        self._start_next()

    def _forget_oldest_jobs(self) -> None:
        ended = [job.id for job in self._jobs if job.is_over]
        for job_id in ended[:-KEPT_JOBS]:
            self.forget_job(job_id)

    def _job(self, job_id: str) -> Job:
        for job in self._jobs:
            if job.id == job_id:
                return job
        raise KeyError(job_id)

    def _update(self, job_id: str, *, announce: bool = True, **changes: object) -> Job:
        changed = replace(self._job(job_id), **changes)  # type: ignore[arg-type]
        self._jobs = tuple(changed if job.id == job_id else job for job in self._jobs)
        if announce:
            self.jobs_changed.emit()
        return changed


def _without_snapshot(request: GenerationRequest) -> GenerationRequest:
    """The request of a job that is over: its document would keep every tile that was painted over since."""
    document = request.document
    return replace(request, document=Document(width=document.width, height=document.height))


def random_seed() -> int:
    """A seed for "a new one each time"."""
    return random.randint(0, MAX_SEED)


def same_picture(one: Document, other: Document) -> bool:
    """Whether two documents hold the same layers, mask and canvas, by identity.

    Which layer is active does not count, nor which frame of a timeline is shown.
    """
    if one is other:
        return True
    if _without(one.__dict__, "active_id", "layers") != _without(other.__dict__, "active_id", "layers"):
        return False
    frames_id = None if one.timeline is None else one.timeline.group_id
    return _same_layers(one.layers, other.layers, frames_id, are_frames=False)


def _same_layers(
    some: tuple[Layer, ...], others: tuple[Layer, ...], frames_id: LayerId | None, *, are_frames: bool
) -> bool:
    if some is others or frames_id is None:
        return some == others
    if len(some) != len(others):
        return False
    return all(_same_layer(*pair, frames_id, is_frame=are_frames) for pair in zip(some, others, strict=True))


def _same_layer(one: Layer, other: Layer, frames_id: LayerId, *, is_frame: bool) -> bool:
    if one is other:
        return True
    ignored = ("children", "visible") if is_frame else ("children",)
    if _without(one.__dict__, *ignored) != _without(other.__dict__, *ignored):
        return False
    if isinstance(one, GroupLayer) and isinstance(other, GroupLayer):
        return _same_layers(one.children, other.children, frames_id, are_frames=one.id == frames_id)
    return type(one) is type(other)


def _without(values: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in names}
