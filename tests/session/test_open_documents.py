"""Several documents are open: what is done to one stays with it, and memory is shared."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.document import Document, PaintLayer, Raster, add_layer, new_document
from studio.generation import GenerationSettings
from studio.history import DocumentHistory, StepKind, share_budget
from studio.session import OpenDocument, Session, Source
from tests.fake_worker import FakeWorker

STEP = StepKind("test", "Brush stroke")
SETTINGS = GenerationSettings(width=64, height=64)


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def session(worker: FakeWorker) -> Session:
    return Session(new_document(64, 64), worker)


def painted(document: Document, side: int = 8) -> Document:
    pixels = np.full((side, side, 4), 90, np.uint8)
    return add_layer(document, PaintLayer(name="Dab", raster=Raster.from_array(pixels)))


def paint(target: OpenDocument, side: int = 8) -> None:
    target.apply(STEP, painted(target.document, side))


def repaint(target: OpenDocument, side: int = 8) -> None:
    """Nothing of the picture before is in the one after."""
    target.apply(STEP, painted(Document(width=512, height=512), side))


def opened(session: Session, *names: str) -> list[OpenDocument]:
    """Documents of files that nobody reads."""
    return [session.open_document(new_document(64, 64), STEP, path=Path(f"/nowhere/{name}")) for name in names]


def test_a_fresh_picture_makes_room_and_anything_else_stays(session: Session) -> None:
    (first,) = opened(session, "a")
    assert session.documents == (first,)
    (second,) = opened(session, "b")
    assert session.documents == (first, second)
    session.show(first)
    third = session.open_document(new_document(8, 8), STEP, source=Source(Path("/nowhere/c.psd")))
    assert session.documents == (first, third, second)
    assert session.current is third


def test_a_fresh_picture_that_waits_for_a_result_stays(session: Session, worker: FakeWorker) -> None:
    fresh = session.current
    session.start(SETTINGS)
    (other,) = opened(session, "a")
    worker.finish()
    assert session.documents == (fresh, other)
    assert len(fresh.document.layers) == 3
    assert len(other.history.steps) == 1


def test_a_result_goes_into_its_own_document_though_another_is_shown(session: Session, worker: FakeWorker) -> None:
    first, second = opened(session, "a", "b")
    session.show(first)
    job = session.start(SETTINGS)
    session.show(second)
    paint(second)
    shown = session.document
    worker.finish()
    assert session.document is shown
    assert [step.kind.id for step in first.history.steps] == ["test", "generate"]
    assert first.is_modified
    assert session.queue.layer_of(job.id, 0, first.document) == first.document.active_id
    assert session.layer_of(job.id, 0) is None


def test_pictures_of_a_closed_document_wait_in_the_queue(session: Session, worker: FakeWorker) -> None:
    first, second = opened(session, "a", "b")
    job = session.start(SETTINGS)
    session.close(second, new_document(8, 8))
    worker.finish()
    assert session.documents == (first,)
    assert len(first.history.steps) == 1
    session.place_result(job.id)
    assert session.layer_of(job.id, 0) is not None


def test_undo_is_of_the_document_that_is_shown(session: Session) -> None:
    first, second = opened(session, "a", "b")
    paint(first)
    paint(second)
    session.undo()
    assert (first.is_modified, second.is_modified) == (True, False)
    session.show(first)
    session.undo()
    assert not first.is_modified


def test_what_shows_the_session_hears_only_of_what_is_shown(session: Session) -> None:
    first, _second = opened(session, "a", "b")
    seen: list[Document] = []
    edited: list[OpenDocument] = []
    session.document_changed.connect(lambda _old, new: seen.append(new))
    session.edited.connect(edited.append)
    paint(first)
    assert seen == []
    assert edited == [first]
    session.show(first)
    assert seen == [first.document]


def test_a_stroke_that_is_finished_when_another_is_opened_keeps_the_picture(session: Session) -> None:
    """It is the step that makes the picture worth keeping."""
    fresh = session.current
    session.leaving.connect(paint)
    opened(session, "a")
    assert fresh in session.documents
    assert fresh.is_modified


def test_the_neighbour_is_shown_when_one_is_closed_and_a_fresh_one_after_the_last(session: Session) -> None:
    first, second, third = opened(session, "a", "b", "c")
    session.show(second)
    session.close(second, new_document(8, 8))
    assert session.current is third
    session.close(first, new_document(8, 8))
    assert session.current is third
    session.close(third, new_document(8, 8))
    assert session.current.is_fresh
    assert session.document.width == 8


def test_a_closed_document_is_heard_of_no_more(session: Session) -> None:
    first, second = opened(session, "a", "b")
    session.close(second, new_document(8, 8))
    heard: list[OpenDocument] = []
    session.edited.connect(heard.append)
    paint(second)
    assert heard == []
    assert session.documents == (first,)


def test_documents_move_in_their_order(session: Session) -> None:
    first, second, third = opened(session, "a", "b", "c")
    session.move(third, 0)
    assert session.documents == (third, first, second)


def test_an_open_file_is_found_under_any_name(session: Session, tmp_path: Path) -> None:
    path, other = tmp_path / "a.ora", tmp_path / "link.ora"
    path.touch()
    other.symlink_to(path)
    document = session.open_document(new_document(8, 8), STEP, path=path)
    assert session.of_file(other) is document
    assert session.of_file(tmp_path / "b.ora") is None
    path.unlink()
    assert session.of_file(path) is document


def test_another_document_saved_over_a_file_takes_it_from_the_first(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.ora"
    first = session.open_document(new_document(8, 8), STEP, path=path)
    second = session.open_document(new_document(8, 8), STEP)
    session.mark_saved(second, path, second.document)
    assert (first.path, first.is_modified) == (None, True)
    assert (second.path, second.is_modified) == (path, False)


def test_numbers_tell_documents_without_a_file_apart(session: Session) -> None:
    paint(session.current)
    second = session.open_document(new_document(8, 8), STEP)
    paint(second)
    third = session.open_document(new_document(8, 8), STEP)
    assert [document.number for document in session.documents] == [1, 2, 3]
    session.close(second, new_document(8, 8))
    paint(third)
    assert session.open_document(new_document(8, 8), STEP).number == 2


def test_the_largest_history_gives_way(session: Session) -> None:
    small, large = opened(session, "small", "large")
    for _ in range(3):
        repaint(small)
    for _ in range(4):
        repaint(large, side=300)
    room = small.history.bytes_used + large.history.bytes_used
    told: list[None] = []
    session.history_changed.connect(lambda: told.append(None))
    session.set_history_budget(room - 1)
    assert (len(small.history.steps), len(large.history.steps)) == (4, 4)
    assert told
    told.clear()
    session.set_history_budget(small.history.bytes_used + large.history.bytes_used)
    told.clear()
    repaint(small)
    assert (len(small.history.steps), len(large.history.steps)) == (5, 3)
    assert told, "the history that is shown has lost a step"


def test_no_budget_takes_the_current_step() -> None:
    histories = [DocumentHistory(new_document(64, 64), STEP) for _ in range(2)]
    histories[0].apply(STEP, painted(histories[0].current))
    assert share_budget(histories, 0) == {histories[0]}
    assert [len(history.steps) for history in histories] == [1, 1]
