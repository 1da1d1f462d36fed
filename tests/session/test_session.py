"""A session's day: paint, undo, queue jobs, get results, save, open something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.document import Document, PaintLayer, Raster, Rect, add_layer, filled_mask, new_document
from studio.errors import EngineError, SettingError
from studio.generation import (
    GeneratedImage,
    GenerationResult,
    GenerationSettings,
    UpscaledDocument,
    UpscaleTask,
)
from studio.history import StepKind
from studio.session import KEPT_JOBS, Job, JobStatus, Session
from tests.fake_worker import FakeWorker, pictures


def small(**settings: object) -> GenerationSettings:
    """A request for a picture that the canvas has room for."""
    return GenerationSettings(width=64, height=64, **settings)


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def session(worker: FakeWorker) -> Session:
    return Session(new_document(128, 128), worker)


def painted(document: Document) -> Document:
    return add_layer(document, PaintLayer(name="Dab", raster=Raster.from_array(np.full((8, 8, 4), 90, np.uint8))))


def test_an_edit_is_undone_and_redone(session: Session) -> None:
    before = session.document
    session.apply(StepKind("test", "Brush stroke"), painted(before))
    after = session.document
    session.undo()
    assert session.document is before
    session.redo()
    assert session.document is after


def test_views_are_told_of_old_and_new(session: Session) -> None:
    seen: list[tuple[Document, Document]] = []
    session.document_changed.connect(lambda old, new: seen.append((old, new)))
    before = session.document
    session.apply(StepKind("test", "Brush stroke"), painted(before))
    assert seen == [(before, session.document)]


def test_the_same_document_makes_no_step(session: Session) -> None:
    session.apply(StepKind("test", "Nothing"), session.document)
    assert len(session.history.steps) == 1


def test_choosing_a_layer_is_no_step_and_no_change_of_the_picture(session: Session) -> None:
    session.select_layer(session.document.layers[0].id)
    assert len(session.history.steps) == 1
    assert session.document.active_id == session.document.layers[0].id
    assert not session.is_modified


def test_modified_follows_saving_and_undo(session: Session, tmp_path: Path) -> None:
    session.apply(StepKind("test", "Brush stroke"), painted(session.document))
    assert session.is_modified
    session.current.mark_saved(tmp_path / "a.ora", session.document)
    assert not session.is_modified
    session.undo()
    assert session.is_modified
    session.redo()
    assert not session.is_modified


def test_a_save_of_an_older_state_leaves_the_picture_modified(session: Session, tmp_path: Path) -> None:
    snapshot = session.document
    session.apply(StepKind("test", "Brush stroke"), painted(session.document))
    session.current.mark_saved(tmp_path / "a.ora", snapshot)
    assert session.is_modified


def test_a_result_becomes_one_step_that_carries_its_settings(session: Session, worker: FakeWorker) -> None:
    session.start(small(prompt="a beach", seed=7))
    worker.finish()
    step = session.history.steps[-1]
    assert step.settings is not None
    assert GenerationSettings.read_json(step.settings).prompt == "a beach"
    assert len(session.history.steps) == 2


def test_where_pictures_drew_different_prompts_the_step_keeps_that_of_the_one_that_is_shown(
    session: Session, worker: FakeWorker
) -> None:
    job = session.start(small(prompt="{red|blue} boat", seed=7, count=2))
    request, _, callbacks = worker.submitted[-1]
    own = [small(prompt="red boat", seed=7), small(prompt="blue boat", seed=8)]
    images = tuple(replace(image, settings=each) for image, each in zip(pictures(request), own, strict=True))
    callbacks.finished(GenerationResult(request=request, images=images, timings={}))
    assert GenerationSettings.read_json(session.history.steps[-1].settings) == own[0]
    session.undo()
    session.place_result(job.id, (1,))
    assert GenerationSettings.read_json(session.history.steps[-1].settings) == own[1]


def test_jobs_run_one_after_the_other_in_order(session: Session, worker: FakeWorker) -> None:
    for seed in range(3):
        session.start(small(seed=seed))
    assert len(worker.submitted) == 1
    worker.finish()
    worker.finish()
    worker.finish()
    assert [request.settings.seed for request, _, _ in worker.submitted] == [0, 1, 2]
    assert {job.status for job in session.queue.jobs} == {JobStatus.FINISHED}


def test_cancelling_a_running_job_sets_its_token_and_makes_no_step(session: Session, worker: FakeWorker) -> None:
    job = session.start(small())
    session.queue.cancel(job.id)
    assert worker.cancel.is_cancelled
    worker.end_cancelled()
    assert session.queue.jobs[0].status is JobStatus.CANCELLED
    assert len(session.history.steps) == 1


def test_a_waiting_job_is_cancelled_without_running(session: Session, worker: FakeWorker) -> None:
    session.start(small())
    waiting = session.start(small(seed=2))
    session.queue.cancel(waiting.id)
    worker.finish()
    assert len(worker.submitted) == 1
    assert session.queue.jobs[1].status is JobStatus.CANCELLED


def test_a_failed_job_keeps_its_error_and_the_queue_goes_on(session: Session, worker: FakeWorker) -> None:
    session.start(small())
    session.start(small(seed=1))
    ended: list[Job] = []
    session.queue.job_ended.connect(ended.append)
    worker.fail(EngineError("The device went away."))
    assert ended[0].status is JobStatus.FAILED
    assert str(ended[0].error) == "The device went away."
    assert len(worker.submitted) == 2


def test_a_result_for_another_picture_waits_in_the_queue(session: Session, worker: FakeWorker) -> None:
    session.start(small())
    session.open_document(new_document(256, 256), StepKind("test", "Open"))
    worker.finish()
    assert len(session.history.steps) == 1
    assert session.queue.jobs[0].result is not None
    session.place_result(session.queue.jobs[0].id)
    assert len(session.history.steps) == 2


def test_a_cancel_that_crosses_the_result_still_makes_no_step(session: Session, worker: FakeWorker) -> None:
    job = session.start(small())
    session.queue.cancel(job.id)
    worker.finish()
    assert session.queue.jobs[0].status is JobStatus.CANCELLED
    assert len(session.history.steps) == 1


def test_a_result_off_the_canvas_says_so_and_waits_in_the_queue(session: Session, worker: FakeWorker) -> None:
    session.start(small(seed=1))
    session.start(small(seed=2))
    cropped = session.document
    request, _, callbacks = worker.submitted[0]
    beyond = GeneratedImage(pixels=np.full((64, 64, 4), 255, np.uint8), seed=1, x=200, y=0)
    callbacks.finished(GenerationResult(request=request, images=(beyond,), timings={}))
    assert session.document is cropped
    assert session.queue.jobs[0].status is JobStatus.FAILED
    assert "canvas" in str(session.queue.jobs[0].error)
    assert session.queue.jobs[0].result is not None
    assert session.queue.jobs[1].status is JobStatus.RUNNING


def test_a_view_that_fails_does_not_hold_the_queue_up(session: Session, worker: FakeWorker) -> None:
    def fail(*_documents: Document) -> None:
        raise RuntimeError("a view broke")

    session.document_changed.connect(fail)
    session.start(small(seed=1))
    session.start(small(seed=2))
    worker.finish()
    assert len(session.history.steps) == 2
    assert session.queue.jobs[0].is_over
    assert session.queue.jobs[1].status is JobStatus.RUNNING


def test_progress_reaches_listeners(session: Session, worker: FakeWorker) -> None:
    seen: list[Job] = []
    session.queue.job_progressed.connect(seen.append)
    session.start(small())
    worker.progress(3, 20)
    assert seen[0].progress is not None
    assert seen[0].progress.fraction == pytest.approx(0.15)


def test_the_request_holds_the_document_as_it_was(session: Session, worker: FakeWorker) -> None:
    with_mask = session.document.with_generation_mask(filled_mask(Rect(0, 0, 20, 20)))
    session.apply(StepKind("test", "Paint mask"), with_mask)
    session.start(small(tool="inpaint"))
    session.apply(StepKind("test", "Clear mask"), session.document.with_generation_mask(Raster(channels=1)))
    assert worker.request.document is with_mask


def test_jobs_that_are_over_hold_no_snapshot_and_are_bounded(session: Session, worker: FakeWorker) -> None:
    for seed in range(KEPT_JOBS + 3):
        session.start(small(seed=seed))
        worker.finish()
    assert len(session.queue.jobs) == KEPT_JOBS
    assert session.queue.jobs[0].request.settings.seed == 3
    newest = session.queue.jobs[-1]
    assert newest.result is not None
    assert list(newest.request.document.walk()) == []
    assert list(newest.result.request.document.walk()) == []
    steps = len(session.history.steps)
    session.place_result(newest.id)
    assert len(session.history.steps) == steps, "it is a layer already"
    session.select_layer(None)
    session.apply(StepKind("test", "Clear"), Document(width=128, height=128))
    assert session.layer_of(newest.id, 0) is None
    session.place_result(newest.id)
    assert len(session.history.steps) == steps + 2
    assert session.layer_of(newest.id, 0) == session.document.layers[0].id


def enlarged(document: Document) -> UpscaledDocument:
    return UpscaledDocument(before=document, after=replace(document, width=256, height=256))


def finish_upscale(worker: FakeWorker, upscaled: UpscaledDocument) -> None:
    request, _, callbacks = worker.submitted[-1]
    callbacks.finished(GenerationResult(request=request, images=(), timings={"total": 0.1}, upscaled=upscaled))


def test_an_enlarged_document_is_one_step_and_the_queue_does_not_hold_it(session: Session, worker: FakeWorker) -> None:
    before = session.document
    job = session.start(small(tool="inpaint"), upscale=UpscaleTask(upscaler="lanczos"))
    finish_upscale(worker, enlarged(before))
    assert session.document.width == 256
    assert session.history.steps[-1].kind.label == "Upscale picture"
    assert session.queue.jobs[-1].result is not None
    assert (session.queue.jobs[-1].result.upscaled, session.queue.jobs[-1].result.images) == (None, ())
    assert session.queue.jobs[-1].id == job.id
    session.undo()
    assert session.document is before


def test_an_enlarged_document_that_is_open_no_more_waits_as_a_picture(session: Session, worker: FakeWorker) -> None:
    before = session.document
    job = session.start(small(), upscale=UpscaleTask(upscaler="lanczos"))
    session.close(session.current, new_document(64, 64))
    finish_upscale(worker, enlarged(before))
    assert session.document.width == 64
    assert session.queue.jobs[-1].status is JobStatus.FINISHED
    session.place_result(job.id)
    assert session.document.layers[-1].name == "lanczos"
    assert session.document.width == 64


def test_a_canvas_that_was_changed_meanwhile_leaves_the_enlarged_picture_in_the_queue(
    session: Session, worker: FakeWorker
) -> None:
    before = session.document
    session.start(small(), upscale=UpscaleTask(upscaler="lanczos"))
    session.apply(StepKind("test", "Crop"), replace(before, width=100))
    finish_upscale(worker, enlarged(before))
    assert session.document.width == 100
    assert session.queue.jobs[-1].status is JobStatus.FAILED
    assert isinstance(session.queue.jobs[-1].error, SettingError)
    assert session.queue.jobs[-1].result is not None
    assert session.queue.jobs[-1].result.images[0].pixels.shape == (256, 256, 4)
