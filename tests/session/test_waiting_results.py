"""Results that wait: decided one by one, given back by an undo, and never thrown away by the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from studio.document import (
    GroupLayer,
    PaintLayer,
    Rect,
    add_layer,
    filled_mask,
    frame_holding,
    go_to_frame,
    make_timeline,
    new_document,
    remove_layer,
)
from studio.errors import EngineError
from studio.generation import GenerationResult, GenerationSettings, Progress, settings_of
from studio.history import StepKind
from studio.raster.reframing import reframed
from studio.raster.transform import crop, flip, resize_image
from studio.session import ANY_DOCUMENT, JobStatus, Session
from tests.fake_worker import FakeWorker, pictures

SETTINGS = GenerationSettings(width=64, height=64, seed=7, count=3)


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def session(worker: FakeWorker) -> Session:
    session = Session(new_document(128, 128), worker)
    session.queue.places_results = lambda: False
    return session


def report(worker: FakeWorker, done: int) -> None:
    """The job tells that so many of its pictures are done."""
    request, _, callbacks = worker.submitted[-1]
    images = tuple(replace(image, settings=settings_of(request.settings, image)) for image in pictures(request))
    callbacks.progressed(Progress(stage="denoising", step=1, total_steps=3, images=images[:done]))


def waiting(session: Session) -> list[int]:
    return [index for _, index in session.queue.undecided(session.current.id)]


def test_nothing_enters_the_layers_until_it_is_applied(session: Session, worker: FakeWorker) -> None:
    before = session.document
    job = session.start(SETTINGS)
    worker.finish()
    assert session.document is before
    assert waiting(session) == [0, 1, 2]
    session.place_result(job.id, (1,))
    assert len(session.document.layers) == len(before.layers) + 1
    assert waiting(session) == [0, 2]


def test_the_one_picture_for_an_empty_document_is_placed_at_once(session: Session, worker: FakeWorker) -> None:
    session.start(SETTINGS.with_changes(count=1))
    worker.finish()
    assert waiting(session) == []
    assert session.document.active_layer.settings is not None
    session.start(SETTINGS.with_changes(count=1))
    worker.finish()
    assert waiting(session) == [0], "the next one could cover something"
    session.undo()
    assert waiting(session) == [0, 0]


def test_pictures_wait_as_soon_as_each_is_done(session: Session, worker: FakeWorker) -> None:
    heard: list[int] = []
    session.queue.jobs_changed.connect(lambda: heard.append(len(waiting(session))))
    job = session.start(SETTINGS)
    report(worker, 1)
    assert waiting(session) == [0]
    report(worker, 1)
    report(worker, 2)
    assert heard[-2:] == [1, 2], "only what is new is told of"
    session.place_result(job.id, (0,))
    assert GenerationSettings.read_json(session.document.active_layer.settings) == SETTINGS.with_changes(count=1)
    worker.finish()
    assert waiting(session) == [1, 2]


@pytest.mark.parametrize("end", ["cancel", "fail"])
def test_what_was_done_before_a_bad_end_is_kept(session: Session, worker: FakeWorker, end: str) -> None:
    job = session.start(SETTINGS)
    report(worker, 2)
    if end == "cancel":
        session.queue.cancel(job.id)
        worker.end_cancelled()
    else:
        worker.fail(EngineError("The device went away.", "Try again."))
    assert session.queue.jobs[0].status in (JobStatus.CANCELLED, JobStatus.FAILED)
    assert waiting(session) == [0, 1]
    session.place_result(job.id, (1,))
    assert GenerationSettings.read_json(session.document.active_layer.settings).seed == 8


def test_an_undo_gives_a_result_back_and_a_redo_takes_it(session: Session, worker: FakeWorker) -> None:
    job = session.start(SETTINGS)
    worker.finish()
    session.place_result(job.id, (0,))
    session.undo()
    assert waiting(session) == [0, 1, 2]
    session.redo()
    assert waiting(session) == [1, 2]
    session.undo()
    session.place_result(job.id, (0,))
    assert waiting(session) == [1, 2]


def test_a_layer_that_is_deleted_was_decided_about(session: Session, worker: FakeWorker) -> None:
    job = session.start(SETTINGS)
    worker.finish()
    session.place_result(job.id, (0,))
    session.apply(StepKind("test", "Delete"), remove_layer(session.document, session.document.active_id))
    assert waiting(session) == [1, 2]


def test_dropped_and_kept_are_told_apart(session: Session, worker: FakeWorker) -> None:
    job = session.start(SETTINGS)
    worker.finish()
    session.queue.keep(job.id, 1, is_kept=True)
    session.queue.keep(job.id, 2, is_kept=True)
    session.queue.keep(job.id, 2, is_kept=False)
    session.queue.drop(job.id, (0, 2))
    assert waiting(session) == [1]
    assert session.queue.jobs[0].kept == {1}
    assert len(session.queue.jobs[0].images) == 3, "the queue still has what was dropped"


def test_clearing_the_queue_leaves_what_waits(session: Session, worker: FakeWorker) -> None:
    job = session.start(SETTINGS)
    worker.finish()
    session.queue.forget_ended()
    assert waiting(session) == [0, 1, 2]
    session.queue.drop(job.id, (0, 1, 2))
    session.queue.forget_ended()
    assert session.queue.jobs == ()


def test_the_mask_of_a_job_outlives_its_snapshot(session: Session, worker: FakeWorker) -> None:
    masked = session.document.with_generation_mask(filled_mask(Rect(8, 8, 16, 16)))
    session.apply(StepKind("test", "Mask"), masked)
    session.start(SETTINGS)
    worker.finish()
    kept = session.queue.jobs[0].request.document
    assert kept.generation_mask is masked.generation_mask
    assert kept.layers == ()


def test_a_job_that_places_at_once_has_nothing_that_waits(session: Session, worker: FakeWorker) -> None:
    session.queue.places_results = lambda: True
    session.start(SETTINGS)
    session.queue.places_results = lambda: False
    worker.finish()
    assert waiting(session) == []
    session.undo()
    assert waiting(session) == []


def test_a_picture_finds_the_frame_that_it_was_asked_for(session: Session, worker: FakeWorker) -> None:
    frames = tuple(PaintLayer(name=name) for name in "ABC")
    document = add_layer(new_document(128, 128), GroupLayer(name="Frames", id="frames", children=frames))
    animated = make_timeline(document, ("frames",), name="Frames", frame_name="Frame 1")
    session.open_document(go_to_frame(animated, 1), StepKind("test", "Open"))
    job = session.start(SETTINGS)
    session.show_frame(2)
    worker.finish()
    session.place_result(job.id, (0,))
    index = frame_holding(session.document, placed_layer(session, job.id))
    assert index == 1


def placed_layer(session: Session, job_id: str) -> str:
    layer_id = session.layer_of(job_id, 0)
    assert layer_id is not None
    return layer_id


def test_a_fresh_document_with_results_is_not_replaced_by_another(session: Session, worker: FakeWorker) -> None:
    session.start(SETTINGS)
    worker.finish()
    first = session.current
    session.open_document(new_document(9, 9), StepKind("test", "Open"))
    assert session.find(first.id) is first
    assert waiting(session) == []
    session.show(first)
    assert waiting(session) == [0, 1, 2]


def test_what_an_earlier_run_left_is_for_any_document(session: Session, worker: FakeWorker) -> None:
    job = session.start(SETTINGS)
    worker.finish()
    left = replace(session.queue.jobs[0], document_id=ANY_DOCUMENT)
    session.queue.forget_job(job.id)
    session.queue.restore([left])
    assert waiting(session) == [0, 1, 2]
    session.open_document(new_document(90, 90), StepKind("test", "Open"))
    assert waiting(session) == [0, 1, 2]
    session.place_result(job.id, (2,))
    assert waiting(session) == [0, 1]


def test_a_result_of_an_earlier_run_is_for_the_document_that_has_its_layers(
    session: Session, worker: FakeWorker
) -> None:
    job = session.start(SETTINGS)
    worker.finish()
    mine = session.document
    left = replace(session.queue.jobs[0], document_id=ANY_DOCUMENT, layers=frozenset({mine.layers[0].id, "gone"}))
    later = Session(new_document(8, 8), worker)
    later.queue.restore([left])
    assert later.queue.undecided(later.current.id) == tuple((job.id, index) for index in range(3))
    other, recovered = later.current, later.open_document(mine, StepKind("test", "Recovered"))
    later.queue.claim(other)
    later.queue.claim(recovered)
    assert len(later.queue.undecided(recovered.id)) == 3
    assert later.queue.undecided(other.id) == ()


def placed_at(session: Session, job_id: str) -> tuple[int, int, int, int]:
    """Where a picture of a job comes to lie, and in which mask it says that it was drawn."""
    session.place_result(job_id, (0,))
    layer = session.document.active_layer
    assert layer is not None
    place, mask = layer.bounds(), Rect(0, 0, 0, 0) if layer.drawn_in is None else layer.drawn_in.bounds()
    return place.x, place.y, mask.x, mask.y


def test_a_picture_that_waits_follows_the_edges_of_the_canvas(session: Session, worker: FakeWorker) -> None:
    mask = filled_mask(Rect(40, 40, 20, 20))
    job = session.start(SETTINGS, document=session.document.with_generation_mask(mask))
    finish_at(worker, 32, 32)
    session.apply(StepKind("test", "Crop"), crop(session.document, Rect(10, 20, 100, 100)))
    session.apply(StepKind("test", "Extend"), reframed(session.document, Rect(-4, 0, 110, 100)))
    assert placed_at(session, job.id) == (26, 12, 34, 20)
    for _ in range(3):
        session.undo()
    assert placed_at(session, job.id) == (32, 32, 40, 40), "the canvas is as it was"


@pytest.mark.parametrize(
    "change", [lambda picture: flip(picture, "horizontal"), lambda picture: resize_image(picture, 256, 256)]
)
def test_on_other_pixels_it_lies_where_it_was_drawn(session: Session, worker: FakeWorker, change: Any) -> None:
    job = session.start(SETTINGS)
    finish_at(worker, 8, 8)
    session.apply(StepKind("test", "Crop"), change(crop(session.document, Rect(4, 4, 120, 120))))
    assert placed_at(session, job.id)[:2] == (8, 8)


def test_a_mask_that_is_spent_goes_with_the_first_picture_and_comes_back_by_undo(
    session: Session, worker: FakeWorker
) -> None:
    mask = filled_mask(Rect(0, 0, 20, 20))
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(mask))
    job = session.start(SETTINGS)
    session.queue.spend_mask(job.id)
    worker.finish()
    assert session.document.generation_mask is mask
    session.place_result(job.id, (0,))
    assert not session.document.generation_mask.tiles
    session.undo()
    assert session.document.generation_mask is mask
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(0, 0, 5, 5))))
    session.place_result(job.id, (0,))
    assert session.document.generation_mask.tiles, "another one was painted since"


def finish_at(worker: FakeWorker, x: int, y: int) -> None:
    """The job ends with pictures that lie there and are blended in by a mask."""
    request, _, callbacks = worker.submitted[-1]
    mask = np.full((SETTINGS.height, SETTINGS.width), 255, np.uint8)
    images = tuple(replace(image, x=x, y=y, mask=mask) for image in pictures(request))
    callbacks.finished(GenerationResult(request=request, images=images, timings={}))
