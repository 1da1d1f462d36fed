"""A killed program comes back with its line of history."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from studio.document import PaintLayer, Raster, add_layer, new_document
from studio.errors import FileError
from studio.files.journal import Journal
from studio.history import History
from studio.paths import Paths
from studio.session import Session
from studio.ui.notice_bar import NoticeBar
from studio.ui.recovery import Recovery


class NoWorker:
    def submit(self, *_arguments: object) -> None:
        raise AssertionError("nothing is generated here")


def paint(session: Session) -> None:
    layer = PaintLayer(name="Dab", raster=Raster.from_array(np.full((8, 8, 4), 200, np.uint8)))
    session.apply("Brush stroke", add_layer(session.document, layer))


def journals(paths: Paths) -> list[Path]:
    return sorted(paths.recovery.glob("*.journal"))


@pytest.fixture
def left_by_a_crash(paths: Paths) -> Path:
    """What a killed program leaves: three steps of "beach.ora", the second one current."""
    session = Session(new_document(64, 64), NoWorker())
    for _ in range(3):
        paint(session)
    session.undo()
    journal = Journal.create(paths.recovery, Path("/pictures/beach.ora"))
    journal.record(session.history.steps, session.history.index)
    journal.detach()
    return journal.path


@pytest.fixture
def session() -> Session:
    return Session(new_document(32, 32), NoWorker())


@pytest.fixture
def notices(qtbot: QtBot) -> NoticeBar:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def recovery(qtbot: QtBot, session: Session, notices: NoticeBar, paths: Paths):
    made = Recovery(session, paths.recovery, notices, lambda then: then(), notices)
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
    assert len(session.history.steps) == 4
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
    recovery.wait()
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


def test_an_untouched_picture_leaves_no_journal(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    recovery.write()
    recovery.close()
    assert journals(paths) == []


def test_an_orderly_end_leaves_no_journal(qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths) -> None:
    paint(session)
    recovery.write()
    qtbot.waitUntil(lambda: len(journals(paths)) == 1)
    recovery.close()
    assert journals(paths) == []


def test_another_picture_gets_a_journal_of_its_own(
    qtbot: QtBot, recovery: Recovery, session: Session, paths: Paths
) -> None:
    paint(session)
    recovery.write()
    qtbot.waitUntil(lambda: len(journals(paths)) == 1)
    first = journals(paths)[0]
    session.open_document(new_document(16, 16), "New picture")
    paint(session)
    recovery.write()
    qtbot.waitUntil(lambda: len(journals(paths)) == 1 and journals(paths)[0] != first)


def test_a_folder_that_cannot_be_written_is_told_once(
    qtbot: QtBot, recovery: Recovery, session: Session, notices: NoticeBar, paths: Paths
) -> None:
    paths.data.mkdir(parents=True)
    paths.recovery.write_text("in the way")
    for _ in range(2):
        paint(session)
        recovery.write()
    qtbot.waitUntil(lambda: bool(notices.texts()))
    assert len(notices.texts()) == 1
    assert len(session.history.steps) == 3


def test_history_keeps_what_recovery_needs() -> None:
    session = Session(new_document(16, 16), NoWorker())
    paint(session)
    again = History.restored(session.history.steps, 0)
    assert again.can_redo
