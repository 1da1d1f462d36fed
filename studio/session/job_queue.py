"""The queue of generation jobs. Each is asked for one open document, and its pictures go there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from studio.document import Document, Layer, LayerId, Raster
from studio.generation import (
    CancelToken,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    Progress,
    UpscaleTask,
)
from studio.generation.jobs import UpscaleTarget
from studio.generation.placement import place, placed_layers
from studio.history import StepKind
from studio.jobs.upscaling import as_picture, placed
from studio.session.job import Job, JobCallbacks, JobStatus, Worker
from studio.session.open_document import ANY_DOCUMENT, DocumentId, OpenDocument
from studio.system.signals import Signal

if TYPE_CHECKING:
    from studio.generation.grids import GridTask

KEPT_JOBS: Final = 64
"""Jobs that are over and still listed with their pictures; older ones are forgotten."""

GENERATE: Final = StepKind("generate", "Generate", "generate")
UPSCALE: Final[Mapping[UpscaleTarget, StepKind]] = MappingProxyType(
    {
        "picture": StepKind("upscale.picture", "Upscale picture", "upscale"),
        "layer": StepKind("upscale.layer", "Upscale layer", "upscale"),
        "mask": StepKind("upscale.mask", "Upscale masked part", "upscale"),
    }
)
"""The kind of step by what is enlarged."""


class JobQueue:
    """Jobs, one at a time, in the order in which they were asked for.

    What a job makes goes into the document that it was asked for, also while another one is shown; ``find`` gives that
    document, or ``None`` once it is closed: then the pictures wait here. The pictures of
    jobs that are asked for while ``places_results()`` is false wait here until they are placed or dropped. What is
    enlarged is placed all the same, and so is the one picture for a document with nothing in it yet. A grid becomes a
    document of its own by ``open_grid``, also one that was cancelled on the way.

    Signals: ``jobs_changed()`` when jobs come, go or change their state, also what is decided about their pictures;
    ``job_progressed(job)``; ``job_ended(job)``; ``grid_drawn(DrawnGrid)`` before its document is opened.
    """

    jobs_changed = Signal()
    job_progressed = Signal(Job)
    job_ended = Signal(Job)
    grid_drawn = Signal(object)

    def __init__(
        self,
        worker: Worker,
        find: Callable[[DocumentId], OpenDocument | None],
        open_grid: Callable[[Document], object],
    ) -> None:
        self._worker = worker
        self._find = find
        self.places_results: Callable[[], bool] = lambda: True
        self._open_grid = open_grid
        self._jobs: tuple[Job, ...] = ()
        self._tokens: dict[str, CancelToken] = {}

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs of this run of the program, oldest first."""
        return self._jobs

    @property
    def running_job(self) -> Job | None:
        return next((job for job in self._jobs if job.status is JobStatus.RUNNING), None)

    def is_awaited(self, document_id: DocumentId) -> bool:
        """Whether a job that was asked for this document is not over, or a picture of it not decided about."""
        own = (job for job in self._jobs if job.document_id == document_id)
        return any(not job.is_over or job.undecided for job in own)

    def start(
        self,
        target: OpenDocument,
        settings: GenerationSettings,
        *,
        upscale: UpscaleTask | None = None,
        grid: GridTask | None = None,
        document: Document | None = None,
    ) -> Job:
        """Queue one request on a snapshot of ``target``, or on the ``document`` that is given, and return its job; with
        ``upscale`` one that enlarges, with ``grid`` one of many cells.

        ``document`` is what to draw on where that is not how ``target`` is now, such as with another mask; without
        a generation mask, what is selected is it. A request that cannot run ends as a failed job that says why.
        """
        seen = (target.document if document is None else document).masked_by_selection()
        request = GenerationRequest(settings=settings, document=seen, upscale=upscale, grid=grid)
        makes_pictures = upscale is None and grid is None
        job = Job(request=request, document_id=target.id, waits=makes_pictures and not self.places_results())
        self._jobs = (*self._jobs, job)
        self._tokens[job.id] = CancelToken()
        self.jobs_changed.emit()
        self._start_next()
        return self._job(job.id)

    def restore(self, jobs: Iterable[Job]) -> None:
        """List jobs that are over since an earlier run of the program, before all others."""
        self._jobs = (*jobs, *self._jobs)
        self.jobs_changed.emit()

    def claim(self, target: OpenDocument) -> None:
        """A document was opened: jobs of an earlier run that were for it are again."""
        for job in self._jobs:
            if job.document_id == ANY_DOCUMENT and job.layers & _ids(target.document):
                self._update(job.id, document_id=target.id)

    def cancel(self, job_id: str) -> None:
        """Cancel a running job within one layer of its network, or end one at once that does not draw yet.

        A grid with cells gives them before it ends.
        """
        job = self._job(job_id)
        if job.is_over:
            return
        self._tokens[job_id].cancel()
        progress = job.progress
        has_cells = job.request.grid is not None and progress is not None and progress.step > 0
        if progress is None or (progress.stage == "loading" and not has_cells):  # to load a model can take minutes
            self._end(job_id, status=JobStatus.CANCELLED)
        else:
            self._update(job_id, is_cancelling=True)

    def cancel_running(self) -> None:
        """Cancel the job that runs; the next one starts after it."""
        running = self.running_job
        if running is not None:
            self.cancel(running.id)

    def cancel_all(self) -> None:
        for job in reversed(self._jobs):
            self.cancel(job.id)

    def forget_job(self, job_id: str) -> None:
        """Drop a job that is over, with its pictures, from the queue."""
        job = self._job(job_id)
        if job.is_over:
            self.drop(job_id, job.undecided)
            self._forget(job_id)

    def forget_ended(self) -> None:
        """Drop all jobs that are over, with their pictures; layers made from them stay, and pictures that wait for a
        decision."""
        for job in self._jobs:
            if not job.undecided:
                self.forget_job(job.id)

    # --- results ----------------------------------------------------------------------------------

    def undecided(self, document_id: DocumentId) -> tuple[tuple[str, int], ...]:
        """The pictures that were drawn for a document and neither placed nor dropped, oldest first: job id, index."""
        own = (job for job in self._jobs if job.is_for(document_id))
        return tuple((job.id, index) for job in own for index in job.undecided)

    def drop(self, job_id: str, indices: Iterable[int]) -> None:
        """Say that pictures of a job are not wanted. They stay with their job."""
        dropped = self._job(job_id).dropped | frozenset(indices)
        if dropped != self._job(job_id).dropped:
            self._update(job_id, dropped=dropped, kept=self._job(job_id).kept - dropped)

    def keep(self, job_id: str, index: int, *, is_kept: bool) -> None:
        """Say that a picture is wanted, though it is not to be placed yet, or take that back."""
        kept = self._job(job_id).kept
        self._update(job_id, kept=kept | {index} if is_kept else kept - {index})

    def spend_mask(self, job_id: str) -> None:
        """Have the generation mask that a job draws in taken away with the first picture that is placed."""
        self._update(job_id, spends_mask=True)

    def follow(self, target: OpenDocument, old: Document, new: Document) -> None:
        """``target`` has changed: a picture whose layer an undo took away is undecided again, until a redo."""
        if old.layers is new.layers or not any(job.placed for job in self._jobs):
            return
        gone, come = _ids(old) - _ids(new), _ids(new) - _ids(old)
        for job in self._jobs:
            lost = {index for index, made in job.placed.items() if made & gone and target.history.can_redo}
            back = {index for index, made in job.placed.items() if made & come}
            undone = (job.undone | lost) - back
            if undone != job.undone:
                self._update(job.id, undone=undone)

    def place_result(
        self, job_id: str, target: OpenDocument, indices: tuple[int, ...] | None = None, *, hidden: bool = False
    ) -> None:
        """Put pictures of a job that are done (all by default) into ``target`` as layers, in one step.

        Those that are layers of it already are not put there again.
        """
        job = self._job(job_id)
        result = job.result or _done_so_far(job)
        if result is None:
            return
        upscale = result.request.upscale
        if upscale is not None and result.upscaled is not None:
            target.apply(UPSCALE[upscale.target], placed(result.upscaled, target.document))
            self._update(job_id, result=replace(result, upscaled=None), announce=False)  # the history holds it now
        elif upscale is None or result.images:
            self._place(job_id, result, target, indices, hidden=hidden)

    def layer_of(self, job_id: str, index: int, document: Document) -> LayerId | None:
        """The layer of ``document`` that picture ``index`` of a job is, or ``None``."""
        made = self._job(job_id).placed.get(index, frozenset())
        return next((layer.id for layer in document.walk() if layer.id in made), None)

    def _place(
        self,
        job_id: str,
        result: GenerationResult,
        target: OpenDocument,
        indices: tuple[int, ...] | None,
        *,
        hidden: bool,
    ) -> None:
        before, upscale = target.document, result.request.upscale
        wanted = range(len(result.images)) if indices is None else indices
        new = tuple(index for index in wanted if self.layer_of(job_id, index, before) is None)
        if not new:
            return
        if upscale is None:
            document = self._without_spent_mask(job_id, before, place(before, result, indices=new, hidden=hidden))
            target.apply(GENERATE, document, settings=result.settings_of_step(new).json())
        else:
            document = place(before, result, indices=new, name=upscale.upscaler)
            target.apply(UPSCALE[upscale.target], document)
        known = self._job(job_id).placed
        layers = zip(new, placed_layers(before, document), strict=True)
        more = {index: known.get(index, frozenset()) | {layer_id} for index, layer_id in layers}
        undone = self._job(job_id).undone - set(new)
        self._update(job_id, placed={**known, **more}, undone=undone, announce=self._job(job_id).is_over)

    def _without_spent_mask(self, job_id: str, before: Document, document: Document) -> Document:
        job = self._job(job_id)
        is_spent = job.spends_mask and before.generation_mask is job.request.document.generation_mask
        return document.with_generation_mask(Raster(channels=1)) if is_spent else document

    # --- running ----------------------------------------------------------------------------------

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
        if self._is_over(job_id):
            return
        is_more = len(progress.images) > len(self._job(job_id).images)
        job = self._update(job_id, progress=progress, announce=is_more)
        self.job_progressed.emit(job)

    def _finished(self, job_id: str, result: GenerationResult) -> None:
        if self._is_over(job_id):
            return
        is_cancelled = self._tokens[job_id].is_cancelled
        if is_cancelled and result.grid is None:  # the cancel came while the result was on its way here
            self._end(job_id, status=JobStatus.CANCELLED)
            return
        ending = JobStatus.CANCELLED if is_cancelled else JobStatus.FINISHED
        job = self._update(job_id, status=ending, result=result, announce=False)
        target = self._find(job.document_id)
        try:
            if result.grid is not None:
                self.grid_drawn.emit(result.grid)
                self._open_grid(result.grid.document)
                self._update(job_id, result=replace(result, grid=None), announce=False)  # its document holds it now
            elif target is not None and (not job.waits or _is_first(job, target)):
                self.place_result(job_id, target)
        except Exception as error:  # noqa: BLE001 - a result that cannot be placed must not hold the queue up
            self._end(job_id, status=JobStatus.FAILED, error=error)
        else:
            self._end(job_id, status=ending)

    def _is_over(self, job_id: str) -> bool:
        """Whether a job has ended, maybe before its worker knew; such a one may be forgotten by now."""
        return all(job.is_over for job in self._jobs if job.id == job_id)

    def _ended(self, job_id: str, *, status: JobStatus, error: Exception | None = None) -> None:
        if not self._is_over(job_id):
            self._end(job_id, status=status, error=error)

    def _end(self, job_id: str, *, status: JobStatus, error: Exception | None = None) -> None:
        job = self._job(job_id)
        request = _without_snapshot(job.request)
        made = job.result or _done_so_far(job)
        result = None if made is None else as_picture(replace(made, request=_without_snapshot(made.request)))
        job = self._update(job_id, status=status, error=error, request=request, result=result)
        self._tokens.pop(job_id, None)
        self._forget_oldest_jobs()
        self.job_ended.emit(job)
        self._start_next()

    def _forget_oldest_jobs(self) -> None:
        ended = [job.id for job in self._jobs if job.is_over]
        for job_id in ended[:-KEPT_JOBS]:
            self._forget(job_id)

    def _forget(self, job_id: str) -> None:
        self._jobs = tuple(job for job in self._jobs if job.id != job_id)
        self.jobs_changed.emit()

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
    """The request of a job that is over: its document would keep every tile that was painted over since.

    Its mask is kept, so that the same can be drawn again, and its frames without what is in them, so that a picture
    still finds its own.
    """
    document = request.document
    own = None if document.timeline is None else document.timeline.group_id
    kept = Document(
        width=document.width,
        height=document.height,
        layers=tuple(_emptied(layer) for layer in document.layers if layer.id == own),
        active_id=document.active_id,
        generation_mask=document.generation_mask,
        origin=document.origin,
        timeline=document.timeline,
    )
    grid = None if request.grid is None else replace(request.grid, cells=())
    return replace(request, document=kept, grid=grid)


def _emptied(layer: Layer) -> Layer:
    return layer.map_rasters(lambda raster: Raster(channels=raster.channels))


def _is_first(job: Job, target: OpenDocument) -> bool:
    """Whether a picture has nothing to be compared with and nothing that it could cover."""
    return target.is_fresh and len(job.images) == 1


def _done_so_far(job: Job) -> GenerationResult | None:
    """The pictures of a job that ended too early, if there are any."""
    if not job.images:
        return None
    return GenerationResult(request=job.request, images=job.images, timings={})


def _ids(document: Document) -> set[LayerId]:
    return {layer.id for layer in document.walk()}
