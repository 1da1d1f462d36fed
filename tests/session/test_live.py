"""Live painting: when a picture is asked for, which one wins, and what nothing is lost by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.document import Guide, PaintLayer, Raster, add_guide, new_document
from studio.errors import ModelError
from studio.generation import MAX_SEED
from studio.raster.transform import crop
from studio.session import Session
from studio.session.live import APPLY, LEAST_STRENGTH, LivePainting, LiveSources, LiveStatus
from studio.session.live_pace import CALM, PATIENCE, SLOW
from studio.session.live_recording import LiveRecording
from tests.fake_worker import FakeWorker
from tests.session.live_fakes import PAINT, Easel, HandClock, HandWorker

SIDE = 64


@pytest.fixture
def jobs() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def easel(jobs: FakeWorker) -> Easel:
    return Easel(Session(new_document(SIDE, SIDE), jobs))


@pytest.fixture
def worker() -> HandWorker:
    return HandWorker()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def live(easel: Easel, worker: HandWorker, clock: HandClock) -> LivePainting:
    sources = LiveSources(settings=lambda _document: easel.settings, so_far=lambda: easel.stroke)
    painting = LivePainting(easel.session, worker, sources, clock, clock)
    clock.ring = painting.wake
    return painting


def begun(live: LivePainting, worker: HandWorker, clock: HandClock, seconds: float = 0.4) -> None:
    """Live painting is on and its first picture shown."""
    live.turn(on=True)
    clock.pass_by(CALM)
    worker.last.finish(seconds)
    assert live.status is LiveStatus.CURRENT


def test_the_switch_draws_the_document_as_it_is_with_a_strength_and_a_seed_of_its_own(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    easel.paint(40)
    assert not worker.sent
    begun(live, worker, clock)
    request = worker.last.request
    assert request.document is easel.session.document
    assert (request.settings.strength, request.settings.seed, request.settings.prompt) == (0.3, 7, "a beach")
    assert live.frame is not None


def test_one_request_is_on_its_way_and_the_newest_wins(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    for value in (10, 20, 30):
        easel.paint(value)
        clock.pass_by(CALM)
    assert len(worker.sent) == 2
    newest = easel.session.document
    worker.last.finish()
    clock.pass_by(CALM)
    assert len(worker.sent) == 3
    assert worker.last.request.document is newest


@pytest.mark.parametrize(("seconds", "wait"), [(0.2, 0.0), (0.4, CALM)])
def test_a_quick_frame_is_begun_at_once_and_another_when_the_hand_rests(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock, seconds: float, wait: float
) -> None:
    begun(live, worker, clock, seconds)
    easel.paint(10)
    if wait:
        clock.pass_by(wait / 2)
        assert len(worker.sent) == 1
        clock.pass_by(wait / 2)
    assert len(worker.sent) == 2


def test_who_paints_on_and_on_waits_no_longer_than_a_second(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    start = clock.now
    while len(worker.sent) == 1:
        live.note_paint()
        easel.stroke = easel.painted(round(100 * clock.now) % 256)
        clock.pass_by(CALM / 3)
    assert start + PATIENCE - CALM < clock.now <= start + PATIENCE + CALM
    assert worker.last.request.document is easel.stroke


def test_what_a_stroke_has_so_far_is_drawn_before_it_is_a_step(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    easel.stroke = easel.painted(90)
    live.note_paint()
    clock.pass_by(CALM)
    assert worker.last.request.document is easel.stroke
    worker.last.finish()
    committed, easel.stroke = easel.stroke, None
    easel.session.apply(PAINT, committed)
    clock.pass_by(1)
    assert len(worker.sent) == 2, "the step holds the same tiles"


@pytest.mark.parametrize("change", ["layer", "hidden", "name", "undo and redo"])
def test_what_is_not_to_be_seen_draws_nothing(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock, change: str
) -> None:
    easel.paint(40)
    begun(live, worker, clock)
    document = easel.session.document
    if change == "layer":
        easel.session.select_layer(None)
    elif change == "hidden":
        hidden = replace(document.layers[-1], visible=False)
        more = replace(hidden, id=type(hidden.id)("other"))
        easel.session.apply(PAINT, replace(document, layers=(*document.layers, more)))
    elif change == "name":
        named = replace(document.layers[-1], name="other")
        easel.session.apply(PAINT, replace(document, layers=(*document.layers[:-1], named)))
    else:
        easel.session.undo()
        easel.session.redo()
    clock.pass_by(2)
    assert len(worker.sent) == 1
    assert live.status is LiveStatus.CURRENT


def test_mask_guides_and_settings_draw_anew(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    document = easel.session.document
    easel.session.apply(PAINT, document.with_generation_mask(Raster.from_array(np.full((9, 9), 255, np.uint8))))
    clock.pass_by(CALM)
    worker.last.finish()
    guide = Guide(kind="scribble", layer_id=document.layers[0].id)
    easel.session.apply(PAINT, add_guide(easel.session.document, guide))
    clock.pass_by(CALM)
    worker.last.finish()
    easel.settings = easel.settings.with_changes(prompt="a forest")
    live.note_settings()
    clock.pass_by(CALM)
    assert len(worker.sent) == 4
    assert worker.last.request.settings.prompt == "a forest"


def test_paint_on_a_hidden_layer_is_drawn_after_where_a_guide_looks_at_it(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    document = easel.session.document
    layer = document.layers[-1]
    assert isinstance(layer, PaintLayer)
    document = replace(document, layers=(*document.layers[:-1], replace(layer, visible=False)))
    easel.session.apply(PAINT, document)
    begun(live, worker, clock)
    easel.paint(40)
    clock.pass_by(2)
    assert len(worker.sent) == 1, "it is not to be seen"
    easel.session.apply(PAINT, add_guide(easel.session.document, Guide(kind="scribble", layer_id=layer.id)))
    clock.pass_by(CALM)
    worker.last.finish()
    easel.paint(80)
    clock.pass_by(CALM)
    assert len(worker.sent) == 3


def test_a_stroke_cancels_a_frame_with_over_half_to_go_but_not_two_in_a_row(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    easel.paint(10)
    clock.pass_by(CALM + 0.1)
    first = worker.last
    live.pen_down()
    assert first.is_cancelled
    first.end_cancelled()
    clock.pass_by(CALM)
    second = worker.last
    assert second is not first
    live.pen_down()
    assert not second.is_cancelled, "who taps on and on would never see anything"


def test_a_frame_that_is_nearly_done_is_not_cancelled(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    easel.paint(10)
    clock.pass_by(CALM)
    worker.last.tell(2, 3)
    live.pen_down()
    assert not worker.last.is_cancelled
    easel.paint(20)
    clock.pass_by(CALM)
    assert len(worker.sent) == 2
    worker.last.finish()
    clock.pass_by(CALM)
    assert len(worker.sent) == 3


def test_jobs_go_first(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock, jobs: FakeWorker
) -> None:
    begun(live, worker, clock)
    easel.paint(10)
    clock.pass_by(CALM)
    easel.session.start(easel.settings.with_changes(width=SIDE, height=SIDE))
    assert worker.last.is_cancelled
    worker.last.end_cancelled()
    clock.pass_by(2)
    assert live.status is LiveStatus.WAITING
    assert len(worker.sent) == 2
    assert len(easel.session.queue.jobs) == 1, "live frames are no jobs"
    jobs.finish()
    clock.pass_by(CALM)
    assert len(worker.sent) == 3
    assert live.status is LiveStatus.DRAWING


def test_a_model_that_takes_long_draws_when_it_is_asked_to(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    live.turn(on=True)
    worker.last.tell(1, 30, left=58.0)
    live.pen_down()
    assert not worker.last.is_cancelled, "the switch asks for one picture, however long it takes"
    worker.last.finish(60.0)
    easel.paint(10)
    clock.pass_by(5)
    assert (live.status, live.seconds, len(worker.sent)) == (LiveStatus.ON_DEMAND, 60.0, 1)
    live.draw_now()
    assert len(worker.sent) == 2
    live.pen_down()
    easel.paint(20)
    assert not worker.last.is_cancelled, "it was asked for"
    worker.last.finish(60.0)
    clock.pass_by(5)
    assert live.status is LiveStatus.ON_DEMAND
    easel.settings = easel.settings.with_changes(model="quick")
    live.note_settings()
    clock.pass_by(CALM)
    assert len(worker.sent) == 3, "of another model nothing is known"


def test_what_a_frame_would_have_taken_is_known_before_one_is_done(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    easel.settings = easel.settings.with_changes(model="slow")
    live.note_settings()
    clock.pass_by(CALM)
    worker.last.tell(0, 0, stage="loading")
    clock.pass_by(300)
    worker.last.tell(1, 30, left=58.0)
    live.pen_down()
    worker.last.end_cancelled()
    clock.pass_by(5)
    assert live.status is LiveStatus.ON_DEMAND
    assert live.seconds is not None
    assert SLOW < live.seconds < 60, "loading is not counted"


def test_what_is_refused_is_said_and_not_tried_at_every_stroke(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    live.turn(on=True)
    clock.pass_by(CALM)
    error = ModelError("There is no model.", "Choose another one.")
    worker.last.failed(error)
    assert (live.status, live.error) == (LiveStatus.REFUSED, error)
    easel.paint(10)
    clock.pass_by(2)
    assert (live.status, live.error, len(worker.sent)) == (LiveStatus.REFUSED, error, 1)
    live.draw_now()
    assert (live.error, len(worker.sent)) == (None, 2)
    worker.last.failed(error)
    easel.settings = easel.settings.with_changes(model="other")
    live.note_settings()
    clock.pass_by(CALM)
    worker.last.finish()
    assert (live.status, live.error) == (LiveStatus.CURRENT, None)


def test_applying_is_one_step_and_stays_when_the_document_moved_on(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    easel.paint(10)
    steps = len(easel.session.history.steps)
    live.apply()
    assert len(easel.session.history.steps) == steps + 1
    step = easel.session.history.steps[-1]
    assert step.kind == APPLY
    applied = easel.session.document.layers[-1]
    assert applied.settings is not None
    live.turn(on=False)
    assert easel.session.document.layers[-1] is applied
    easel.session.undo()
    assert applied not in easel.session.document.layers


def test_without_a_picture_nothing_is_applied(live: LivePainting, easel: Easel) -> None:
    before = easel.session.document
    live.apply()
    live.turn(on=True)
    live.apply()
    assert easel.session.document is before


def test_live_painting_follows_the_shown_document(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    easel.paint(10)
    clock.pass_by(CALM)
    left = worker.last
    other = easel.session.open_document(new_document(SIDE, SIDE), PAINT, modified=True)
    assert live.frame is None
    assert left.is_cancelled
    left.finish()  # it was too late to cancel it
    assert live.frame is None, "it is of the document that was left"
    clock.pass_by(CALM)
    assert worker.last.request.document is other.document
    worker.last.finish()
    easel.session.close(other, new_document(SIDE, SIDE))
    assert live.frame is None
    clock.pass_by(CALM)
    assert worker.last.request.document is easel.session.document


def test_another_size_of_the_canvas_takes_the_old_picture_away(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    begun(live, worker, clock)
    easel.session.apply(PAINT, crop(easel.session.document, easel.session.document.canvas.expanded(8)))
    assert live.frame is None
    clock.pass_by(CALM)
    assert worker.last.request.document.canvas.width == SIDE + 16


def test_seeds_go_round_and_strength_stays_in_range(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    easel.settings = easel.settings.with_changes(seed=0)
    begun(live, worker, clock)
    live.step_seed(-1)
    assert live.seed == MAX_SEED
    live.step_seed(1)
    assert live.seed == 0
    clock.pass_by(CALM)
    assert len(worker.sent) == 1, "that seed is shown already"
    live.set_strength(7.0)
    assert live.strength == 1.0
    live.set_strength(-1.0)
    assert live.strength == LEAST_STRENGTH
    clock.pass_by(CALM)
    assert worker.last.request.settings.strength == LEAST_STRENGTH


def test_off_means_off(live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock) -> None:
    begun(live, worker, clock)
    easel.paint(10)
    clock.pass_by(CALM)
    live.turn(on=False)
    assert (live.status, live.frame, worker.rests) == (LiveStatus.OFF, None, 1)
    assert worker.last.is_cancelled
    worker.last.end_cancelled()
    easel.paint(20)
    live.note_paint()
    live.pen_down()
    live.draw_now()
    clock.pass_by(5)
    assert len(worker.sent) == 2
    live.turn(on=True)
    clock.pass_by(CALM)
    assert worker.last.request.document is easel.session.document


def test_on_again_waits_for_the_frame_that_is_ending(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    live.turn(on=True)
    clock.pass_by(CALM)
    live.turn(on=False)
    live.turn(on=True)
    clock.pass_by(CALM)
    assert len(worker.sent) == 1, "one at a time"
    worker.last.end_cancelled()
    clock.pass_by(CALM)
    assert len(worker.sent) == 2


def test_a_recording_holds_every_picture_and_is_handed_over_once(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    recordings: list[LiveRecording] = []
    live.recorded.connect(recordings.append)
    begun(live, worker, clock)
    live.start_recording()
    for value in (10, 20):
        easel.paint(value)
        clock.pass_by(CALM)
        worker.last.finish()
    live.stop_recording()
    live.turn(on=False)
    assert [len(recording.frames) for recording in recordings] == [3]


def test_a_recording_ends_with_its_document_or_the_switch(
    live: LivePainting, easel: Easel, worker: HandWorker, clock: HandClock
) -> None:
    recordings: list[LiveRecording] = []
    live.recorded.connect(recordings.append)
    easel.paint(5)
    begun(live, worker, clock)
    live.start_recording()
    recorded = easel.session.current
    easel.session.open_document(new_document(SIDE, SIDE), PAINT, modified=True)
    clock.pass_by(CALM)
    worker.last.finish()
    assert live.recording is not None
    assert len(live.recording.frames) == 1, "what another document shows does not belong to it"
    easel.session.close(recorded, new_document(SIDE, SIDE))
    assert len(recordings) == 1
    live.start_recording()
    live.turn(on=False)
    assert len(recordings) == 2


def test_a_recording_has_an_end() -> None:
    recording = LiveRecording(Session(new_document(8, 8), FakeWorker()).current.id)
    pixels = np.broadcast_to(np.uint8(0), (16384, 16384, 3))
    for _ in range(5):
        recording.add(pixels)
    assert recording.is_full
    assert len(recording.frames) < 5
