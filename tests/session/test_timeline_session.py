"""Frames in a session: which one is shown is no step, everything else is one."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import (
    Document,
    GroupLayer,
    PaintLayer,
    Raster,
    add_frame,
    add_layer,
    current_frame,
    frames,
    make_timeline,
    move_frames,
    new_document,
    remove_layer,
    replace_layer,
    set_rate,
)
from studio.generation import GeneratedImage, GenerationRequest, GenerationResult, GenerationSettings
from studio.generation.placement import place
from studio.history import StepKind
from studio.session import Session
from tests.fake_worker import FakeWorker


def three_frames() -> Document:
    document = new_document(32, 32)
    assert document.active_id is not None
    document = make_timeline(document, (document.active_id,), name="Frames", frame_name="Frame 1")
    return add_frame(add_frame(document, "Frame 2"), "Frame 3")


@pytest.fixture
def session() -> Session:
    return Session(three_frames(), FakeWorker())


def dot(document: Document) -> Document:
    assert document.active_id is not None
    return replace_layer(document, document.active_id, raster=Raster.from_array(np.full((4, 4, 4), 255, np.uint8)))


def test_showing_another_frame_is_no_step_and_no_change(session: Session) -> None:
    heard: list[int | None] = []
    session.document_changed.connect(lambda _old, new: heard.append(current_frame(new)))
    session.show_frame(0)
    session.show_frame(0)
    session.show_frame(1)
    assert heard == [0, 1]
    assert len(session.history.steps) == 1
    assert not session.is_modified


def test_painting_on_any_frame_is_a_step_that_undo_takes_back_there(session: Session) -> None:
    session.show_frame(0)
    session.apply(StepKind("test", "Brush stroke"), dot(session.document))
    session.show_frame(2)
    assert session.is_modified
    session.undo()
    assert current_frame(session.document) == 0
    assert not session.is_modified
    session.redo()
    assert current_frame(session.document) == 2


def test_choosing_a_layer_shows_its_frame(session: Session) -> None:
    session.select_layer(frames(session.document)[1].id)
    assert current_frame(session.document) == 1
    assert len(session.history.steps) == 1


def test_the_eye_of_another_frame_shows_it_without_a_step(session: Session) -> None:
    session.apply(
        StepKind("test", "Show layer"), replace_layer(session.document, frames(session.document)[0].id, visible=True)
    )
    assert current_frame(session.document) == 0
    assert len(session.history.steps) == 1


def test_order_rate_and_other_changes_are_steps(session: Session) -> None:
    session.apply(StepKind("test", "Move frames"), move_frames(session.document, (frames(session.document)[0].id,), 3))
    session.apply(StepKind("test", "Frame rate"), set_rate(session.document, 24))
    assert [step.kind.label for step in session.history.steps[1:]] == ["Move frames", "Frame rate"]
    assert session.is_modified


def test_deleting_the_group_of_frames_ends_the_timeline_until_undo(session: Session) -> None:
    assert session.document.timeline is not None
    session.apply(StepKind("test", "Delete layer"), remove_layer(session.document, session.document.timeline.group_id))
    assert session.document.timeline is None
    session.undo()
    assert len(frames(session.document)) == 3


def result(asked_on: Document, *, from_canvas: bool) -> GenerationResult:
    image = GeneratedImage(pixels=np.full((32, 32, 4), 255, np.uint8), seed=1, from_canvas=from_canvas)
    return GenerationResult(
        request=GenerationRequest(settings=GenerationSettings(prompt="beach"), document=asked_on),
        images=(image,),
        timings={},
    )


@pytest.mark.parametrize("from_canvas", [False, True])
def test_a_generated_picture_goes_into_the_frame_it_was_asked_on(session: Session, from_canvas: bool) -> None:
    session.show_frame(0)
    made = result(session.document, from_canvas=from_canvas)
    session.show_frame(2)
    for count in (2, 3):
        session.apply(StepKind("test", "Generate"), place(session.document, made))
        frame = frames(session.document)[0]
        assert isinstance(frame, GroupLayer)
        assert len(frame.children) == count
        assert len(frames(session.document)) == 3
        assert sum(item.visible for item in frames(session.document)) == 1


def test_a_picture_asked_on_a_layer_outside_the_frames_stays_outside(session: Session) -> None:
    document = session.document.with_active(session.document.layers[0].id)
    placed = place(document, result(document, from_canvas=False))
    assert [layer.name for layer in placed.layers] == ["Background", "beach", "Frames"]


def test_a_layer_put_into_the_group_is_a_frame(session: Session) -> None:
    layer = PaintLayer(name="dropped in")
    session.apply(
        StepKind("test", "New layer"), add_layer(session.document, layer, above=frames(session.document)[0].id)
    )
    assert [frame.name for frame in frames(session.document)][1] == "dropped in"
    assert current_frame(session.document) == 1
