"""A killed program comes back with its line of history."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from studio.document import Document, PaintLayer, Raster, add_layer, new_document
from studio.errors import FileError
from studio.files.journal.journal import Journal
from studio.history import DocumentHistory, StepKind
from studio.paths import Paths
from studio.session import Session
from studio.ui.canvas.tools.tool import Unfinished
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar
from studio.ui.window.recovery import MAX_OFFERS, Recovery
from tests.fake_worker import FakeWorker


def paint(session: Session) -> None:
    layer = PaintLayer(name="Dab", raster=Raster.from_array(np.full((8, 8, 4), 200, np.uint8)))
    session.apply(StepKind("test", "Brush stroke"), add_layer(session.document, layer))


@dataclass
class UnfinishedStroke:
    """A stroke that goes on until ``value`` is ``None``; -1 is one that fails."""

    session: Session
    value: int | None = None

    def paint(self, recovery: Recovery, value: int) -> None:
        self.value = value
        recovery.note_action()

    def __call__(self) -> Unfinished | None:
        value = self.value
        if value is None:
            return None
        return Unfinished(
            kind=StepKind("test", f"Long stroke {value}"), document=lambda: self.document(self.session.document, value)
        )

    @staticmethod
    def document(document: Document, value: int) -> Document:
        if value < 0:
            raise KeyError("the layer is gone")
        return add_layer(document, PaintLayer(name="x", raster=Raster.from_array(np.full((8, 8, 4), value, np.uint8))))


def on_disk(paths: Paths) -> list[str]:
    """The labels of the line in the one journal, read beside the program that writes it."""
    if len(journals(paths)) != 1:
        return []
    database = contextlib.closing(sqlite3.connect(journals(paths)[0]))
    with database as connection, contextlib.suppress(sqlite3.OperationalError):  # when it is not whole yet
        connection.execute("BEGIN")  # both from one moment
        (rows,) = connection.execute("SELECT steps FROM line").fetchone() or ("[]",)
        labels = dict(connection.execute("SELECT id, label FROM step"))
        return [labels[row] for row in json.loads(rows)]
    return []


def wait_without_events(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def journals(paths: Paths) -> list[Path]:
    return sorted(paths.recovery.glob("*.journal"))


@pytest.fixture
def left_by_a_crash(paths: Paths) -> Path:
    """What a killed program leaves: three steps of "beach.ora", the second one current."""
    session = Session(new_document(64, 64), FakeWorker())
    for _ in range(3):
        paint(session)
    session.undo()
    journal = Journal.create(paths.recovery, Path("/pictures/beach.ora"))
    journal.record(session.history.steps, session.history.index)
    journal.detach()
    return journal.path


@pytest.fixture
def session() -> Session:
    return Session(new_document(32, 32), FakeWorker())


@pytest.fixture
def notices(qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def hand(session: Session) -> UnfinishedStroke:
    return UnfinishedStroke(session)


@pytest.fixture
def recovery(qtbot: QtBot, session: Session, notices: NoticeBar, paths: Paths, hand: UnfinishedStroke):
    made = Recovery(session, paths.recovery, notices, notices, unfinished=hand)
    yield made
    made.close()


def press(notices: NoticeBar, label: str) -> None:
    next(button for button in notices.findChildren(QPushButton) if button.text() == label).click()


def test_the_line_of_history_is_offered_and_comes_back(
    qtbot: QtBot, recovery: Recovery, session: Session, notices: NoticeBar, left_by_a_crash: Path
) -> None:
    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    assert notices.texts() == ["Shoreline closed unexpectedly. Recover 3 steps of your work on “beach.ora”?"]
    press(notices, "Recover")
    qtbot.waitUntil(lambda: len(session.history.steps) == 4)
    assert session.history.index == 2
    assert session.is_modified
    assert session.path == Path("/pictures/beach.ora")
    qtbot.waitUntil(lambda: not left_by_a_crash.exists())


def test_what_is_recovered_keeps_its_journal_until_there_is_a_new_one(
    qtbot: QtBot,
    recovery: Recovery,
    session: Session,
    notices: NoticeBar,
    left_by_a_crash: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_arguments: object) -> None:
        raise FileError("The recovery journal could not be made.", "Free some disk space.")

    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    monkeypatch.setattr(Journal, "create", full)
    press(notices, "Recover")
    qtbot.waitUntil(lambda: any("disk space" in text for text in notices.texts()))
    assert len(session.history.steps) == 4
    assert left_by_a_crash.exists()


def test_it_can_be_discarded(qtbot: QtBot, recovery: Recovery, notices: NoticeBar, left_by_a_crash: Path) -> None:
    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    press(notices, "Discard")
    qtbot.waitUntil(lambda: not left_by_a_crash.exists())


def test_steps_are_on_disk_soon_after_they_are_made(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    paint(session)
    qtbot.waitUntil(lambda: len(journals(paths)) == 1)


def test_steps_that_never_pause_are_on_disk_all_the_same(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    for _ in range(300):
        paint(session)
        qtbot.wait(20)
        if journals(paths):
            break
    assert journals(paths)


def test_a_window_that_is_busy_does_not_hold_the_journal_up(recovery: Recovery, session: Session, paths: Paths) -> None:
    paint(session)
    wait_without_events(lambda: bool(journals(paths)))


def test_a_stroke_that_does_not_end_is_kept_as_far_as_it_is(
    qtbot: QtBot, hand: UnfinishedStroke, recovery: Recovery, session: Session, paths: Paths
) -> None:
    paint(session)
    hand.paint(recovery, 100)
    qtbot.waitUntil(lambda: on_disk(paths) == ["New picture", "Brush stroke", "Long stroke 100"])
    hand.value = 200
    qtbot.waitUntil(lambda: on_disk(paths) == ["New picture", "Brush stroke", "Long stroke 200"])
    hand.value = None
    session.apply(StepKind("test", "Done"), hand.document(session.document, 200))
    qtbot.waitUntil(lambda: on_disk(paths) == ["New picture", "Brush stroke", "Done"])


def test_a_stroke_that_is_dropped_leaves_the_journal(
    qtbot: QtBot, hand: UnfinishedStroke, recovery: Recovery, session: Session, paths: Paths
) -> None:
    hand.paint(recovery, 100)
    qtbot.waitUntil(lambda: on_disk(paths) == ["New picture", "Long stroke 100"])
    hand.value = None
    qtbot.waitUntil(lambda: journals(paths) == [])


def test_a_stroke_that_cannot_be_kept_holds_nothing_else_up(
    qtbot: QtBot, hand: UnfinishedStroke, recovery: Recovery, session: Session, paths: Paths
) -> None:
    paint(session)
    hand.paint(recovery, -1)
    qtbot.waitUntil(lambda: on_disk(paths) == ["New picture", "Brush stroke"])


def test_after_a_failure_it_is_tried_again_without_another_step(
    qtbot: QtBot, recovery: Recovery, session: Session, notices: NoticeBar, paths: Paths
) -> None:
    recovery.journal(session.current)._retry.setInterval(50)
    paths.data.mkdir(parents=True)
    paths.recovery.write_text("in the way")
    paint(session)
    qtbot.waitUntil(lambda: bool(notices.texts()))
    paths.recovery.unlink()
    qtbot.waitUntil(lambda: on_disk(paths) == ["New picture", "Brush stroke"])
    qtbot.waitUntil(lambda: notices.texts() == [])


def test_damaged_journals_do_not_hide_the_others(
    qtbot: QtBot, recovery: Recovery, notices: NoticeBar, left_by_a_crash: Path, paths: Paths
) -> None:
    for number in range(5):
        (paths.recovery / f"{number}.journal").write_bytes(b"not a database")
    recovery.offer()
    qtbot.waitUntil(lambda: len(notices.texts()) == 2)
    offer, damage = notices.texts()
    assert "beach.ora" in offer
    assert all(f"{number}.damaged" in damage for number in range(5))


def test_the_next_is_offered_when_there_are_more_than_can_be_shown(
    qtbot: QtBot, recovery: Recovery, notices: NoticeBar, left_by_a_crash: Path, paths: Paths
) -> None:
    for number in range(MAX_OFFERS):
        journal = Journal.create(paths.recovery, Path(f"/pictures/{number}.ora"))
        journal.record(Session(new_document(8, 8), FakeWorker()).history.steps, 0)
        journal.detach()
    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    press(notices, "One by One")
    assert len(notices.texts()) == MAX_OFFERS
    assert not any("beach.ora" in text for text in notices.texts())
    press(notices, "Discard")
    qtbot.waitUntil(lambda: any("beach.ora" in text for text in notices.texts()))


def test_notices_that_ask_something_stay_when_others_come(qtbot: QtBot, notices: NoticeBar) -> None:
    notices.show_notice("Recover?", actions=(NoticeAction("Yes", lambda: None),))
    for number in range(5):
        notices.show_notice(f"Remark {number}")
    assert notices.texts() == ["Remark 4", "Remark 3", "Recover?"]


def test_an_untouched_picture_leaves_no_journal(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    recovery.journal(session.current).write()
    recovery.close()
    assert journals(paths) == []


def test_an_orderly_end_leaves_no_journal(qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths) -> None:
    paint(session)
    recovery.journal(session.current).write()
    qtbot.waitUntil(lambda: len(journals(paths)) == 1)
    recovery.close()
    assert journals(paths) == []


def test_another_picture_gets_a_journal_of_its_own(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    paint(session)
    recovery.journal(session.current).write()
    qtbot.waitUntil(lambda: len(journals(paths)) == 1)
    first = journals(paths)[0]
    before = session.current
    session.open_document(new_document(16, 16), StepKind("test", "New picture"))
    paint(session)
    recovery.journal(session.current).write()
    qtbot.waitUntil(lambda: len(journals(paths)) == 2)
    session.close(before, new_document(16, 16))
    qtbot.waitUntil(lambda: len(journals(paths)) == 1)
    assert journals(paths) != [first]


@pytest.fixture
def three_left(paths: Paths) -> list[Path]:
    """What a killed program leaves that had three pictures open, the last one at the first place."""
    left = []
    for place, name in enumerate(("c.ora", "a.ora", "b.ora")):
        session = Session(new_document(16 + place, 16), FakeWorker())
        paint(session)
        journal = Journal.create(paths.recovery, Path(f"/pictures/{name}"), (place + 2) % 3)
        journal.record(session.history.steps, session.history.index)
        journal.detach()
        left.append(journal.path)
    return left


def test_all_pictures_of_a_killed_program_come_back_in_their_order(
    qtbot: QtBot, recovery: Recovery, session: Session, notices: NoticeBar, three_left: list[Path]
) -> None:
    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    (text,) = notices.texts()
    assert "3 pictures: “a.ora”, “b.ora”, “c.ora”" in text
    press(notices, "Recover All")
    qtbot.waitUntil(lambda: not any(path.exists() for path in three_left))
    assert [document.path and document.path.name for document in session.documents] == ["a.ora", "b.ora", "c.ora"]
    assert [document.document.width for document in session.documents] == [17, 18, 16]
    assert all(document.is_modified and len(document.history.steps) == 2 for document in session.documents)
    assert notices.texts() == []


def test_pictures_without_a_file_are_told_apart_in_the_offer(
    qtbot: QtBot, recovery: Recovery, notices: NoticeBar, paths: Paths
) -> None:
    for place in range(2):
        session = Session(new_document(16, 16), FakeWorker())
        paint(session)
        journal = Journal.create(paths.recovery, None, place)
        journal.record(session.history.steps, session.history.index)
        journal.detach()
    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    assert "2 pictures: “Untitled”, “Untitled 2”" in notices.texts()[0]
    press(notices, "One by One")
    qtbot.waitUntil(lambda: len(notices.texts()) == 2)
    assert sorted(text.rpartition("on ")[2] for text in notices.texts()) == ["“Untitled 2”?", "“Untitled”?"]


def test_what_is_recovered_is_recovered_again_after_another_crash(
    qtbot: QtBot, recovery: Recovery, session: Session, notices: NoticeBar, three_left: list[Path], paths: Paths
) -> None:
    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    press(notices, "Recover All")
    qtbot.waitUntil(lambda: not any(path.exists() for path in three_left))
    paint(session)
    session.move(session.current, 0)
    for document in session.documents:
        recovery.journal(document).write()
    qtbot.waitUntil(lambda: sorted(lines(paths)) == [("a.ora", 2, "1"), ("b.ora", 2, "2"), ("c.ora", 3, "0")])


def lines(paths: Paths) -> list[tuple[str, int, str]]:
    """Of each journal its file, how many steps it holds, and the place of its picture."""
    found = []
    for path in journals(paths):
        with contextlib.closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.OperationalError):
            about = dict(connection.execute("SELECT key, value FROM about"))
            (rows,) = connection.execute("SELECT steps FROM line").fetchone() or ("[]",)
            found.append((Path(about["original"]).name, len(json.loads(rows)), about["place"]))
    return found


def test_a_recovered_picture_takes_the_place_of_its_untouched_file_and_not_of_a_changed_one(
    qtbot: QtBot, recovery: Recovery, session: Session, notices: NoticeBar, left_by_a_crash: Path
) -> None:
    session.open_document(new_document(8, 8), StepKind("test", "Open"), path=Path("/pictures/beach.ora"))
    paint(session)
    recovery.offer()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    press(notices, "Recover")
    qtbot.waitUntil(lambda: not left_by_a_crash.exists())
    changed, recovered = session.documents
    assert (changed.path, recovered.path) == (Path("/pictures/beach.ora"), None)
    assert changed.document.width == 8
    assert recovered.document.width == 64


def test_a_step_is_written_to_the_journal_of_its_own_picture(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    first = session.current
    paint(session)
    session.open_document(new_document(16, 16), StepKind("test", "New picture"), path=Path("/pictures/second.ora"))
    paint(session)
    for _ in range(3):  # while the other one is shown, as a result does
        layer = PaintLayer(name="Result", raster=Raster.from_array(np.full((8, 8, 4), 9, np.uint8)))
        first.apply(StepKind("test", "Generate"), add_layer(first.document, layer))
    qtbot.waitUntil(lambda: sorted(lines(paths)) == [("", 5, "0"), ("second.ora", 2, "1")])


def test_a_folder_that_cannot_be_written_is_told_once(
    qtbot: QtBot, recovery: Recovery, session: Session, notices: NoticeBar, paths: Paths
) -> None:
    paths.data.mkdir(parents=True)
    paths.recovery.write_text("in the way")
    for _ in range(2):
        paint(session)
        recovery.journal(session.current).write()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    assert len(notices.texts()) == 1
    assert len(session.history.steps) == 3


def test_history_keeps_what_recovery_needs() -> None:
    session = Session(new_document(16, 16), FakeWorker())
    paint(session)
    again = DocumentHistory.restored(session.history.steps, 0)
    assert again.can_redo


def large_document() -> Document:
    pixels = np.random.default_rng(1).integers(0, 256, (2048, 2304, 4), dtype=np.uint8)
    layer = PaintLayer(name="Noise", raster=Raster.from_array(pixels))
    return Document(width=2304, height=2048, layers=(layer,), active_id=layer.id)


def test_a_large_picture_is_written_ahead_and_gone_again_if_nothing_is_done(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    session.open_document(large_document(), StepKind("test", "Open"))
    qtbot.waitUntil(lambda: len(journals(paths)) == 1)
    session.open_document(new_document(16, 16), StepKind("test", "New picture"))
    qtbot.waitUntil(lambda: journals(paths) == [])


def test_closing_does_not_wait_for_a_large_picture(
    recovery: Recovery, session: Session, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each tile takes until the window has said that it closes."""
    begun, tiles = threading.Event(), []

    def slow(tile: np.ndarray) -> bytes:
        begun.set()
        wait_without_events(lambda: journal.is_being_given_up)
        tiles.append(tile)
        return b""

    monkeypatch.setattr("studio.files.journal.journal.encode_png", slow)
    opened = session.open_document(large_document(), StepKind("test", "Open"), modified=True)
    journal = recovery.journal(opened)
    assert begun.wait(10)
    recovery.close()
    assert len(tiles) < 72
    assert journals(paths) == []
