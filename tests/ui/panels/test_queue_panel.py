"""A day with the Queue panel: watch, cancel, look at a batch, place a picture again, vary the seed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.errors import EngineError
from studio.generation import GenerationResult, GenerationSettings, Progress
from studio.session import JobStatus, Session
from studio.ui.panels.queue.job_card import JobCard
from studio.ui.panels.queue.queue_panel import QueuePanel
from tests.fake_worker import FakeWorker, pictures
from tests.ui.panels.panel_commands import Commands
from tests.ui.panels.panel_fakes import TOOLS

LEFT = Qt.MouseButton.LeftButton
SETTINGS = GenerationSettings(prompt="a beach", width=96, height=64, seed=7)


@pytest.fixture
def panel(qtbot: QtBot, session: Session, commands: Commands) -> QueuePanel:
    made = QueuePanel(session, commands.actions, lambda: TOOLS)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def titles(panel: QueuePanel) -> list[str]:
    return [card.title.text() for card in panel.cards()]


def choose(card: JobCard, index: int, text: str) -> None:
    menu = QMenu(card)
    card.fill_menu(menu, index)
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_an_empty_queue_says_how_to_begin_with_the_keys_that_do_it_now(panel: QueuePanel, commands: Commands) -> None:
    assert "press Ctrl+Return;" in panel.empty.text()
    assert panel.empty.isVisible()
    commands.actions.set_shortcuts({"generate.start": "Ctrl+G"})
    assert "press Ctrl+G;" in panel.empty.text()
    commands.actions.set_shortcuts({"generate.start": ""})
    assert "press Generate;" in panel.empty.text()


def test_running_comes_first_then_waiting_in_order_then_the_newest_result(
    panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    for prompt in ("first", "second", "third", "fourth"):
        session.start(SETTINGS.with_changes(prompt=prompt))
    worker.finish()
    worker.finish()
    assert titles(panel) == ["third", "fourth", "second", "first"]
    assert not panel.empty.isVisible()


def test_progress_shows_on_the_running_card_alone(panel: QueuePanel, session: Session, worker: FakeWorker) -> None:
    session.start(SETTINGS)
    session.start(SETTINGS)
    worker.progress(5, 10, 3.0)
    running, waiting = panel.cards()
    assert running.bar.value() == running.bar.maximum() / 2
    assert "5 / 10" in running.status.text()
    assert "3 s" in running.status.text()
    assert waiting.bar.isHidden()
    assert waiting.status.text() == "Waiting"


def test_cards_stay_the_same_widgets_while_jobs_go_on(panel: QueuePanel, session: Session, worker: FakeWorker) -> None:
    session.start(SETTINGS)
    card = panel.cards()[0]
    worker.progress(1, 10)
    session.start(SETTINGS)
    worker.finish()
    assert card in panel.cards()


def test_a_waiting_and_the_running_job_are_cancelled_from_their_cards(
    panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    session.start(SETTINGS)
    session.start(SETTINGS)
    running, waiting = panel.cards()
    QTest.mouseClick(waiting.end_button, LEFT)
    assert session.queue.jobs[1].status is JobStatus.CANCELLED
    QTest.mouseClick(running.end_button, LEFT)
    assert worker.cancel.is_cancelled
    worker.end_cancelled()
    assert [card.status.text() for card in panel.cards()] == ["Cancelled", "Cancelled"]


def test_a_click_on_a_thumbnail_asks_to_see_it_and_adds_nothing(
    qtbot: QtBot, panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    session.start(SETTINGS.with_changes(count=3))
    worker.finish()
    card, before = panel.cards()[0], session.document
    with qtbot.waitSignal(panel.show_requested) as asked:
        QTest.mouseClick(card.picture_button(2), LEFT)
    assert asked.args == [card.job.id, 2]
    assert session.document is before
    assert panel.pictures() == [(card.job.id, index) for index in range(3)]
    with pytest.raises(IndexError):
        card.picture_button(3)


def test_a_double_click_makes_a_picture_a_layer_once_until_that_is_undone(
    qtbot: QtBot, panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    session.start(SETTINGS.with_changes(count=3))
    worker.finish()
    thumbnail, layers = panel.cards()[0].picture_button(2), len(session.document.layers)
    said: list[str] = []
    panel.message.connect(said.append)
    for _ in range(2):
        QTest.mouseDClick(thumbnail, LEFT)
        assert len(session.document.layers) == layers, "it came as a layer when the job was done"
        placed = session.document.active_layer
        assert placed is not None
        assert GenerationSettings.read_json(placed.settings or "").seed == 9
    assert "already" in said[0]
    assert "hidden" in said[0]
    session.undo()
    assert len(session.document.layers) == layers - 3
    for _ in range(2):
        QTest.mouseDClick(thumbnail, LEFT)
        assert len(session.document.layers) == layers - 2
    session.undo()
    session.redo()
    QTest.mouseDClick(thumbnail, LEFT)
    assert len(session.document.layers) == layers - 2


@pytest.mark.parametrize("stage", ["", "loading"])
def test_a_job_that_waits_for_its_model_ends_at_once_and_is_not_heard_of_again(
    panel: QueuePanel, session: Session, worker: FakeWorker, stage: str
) -> None:
    session.start(SETTINGS)
    late = worker.submitted[0][2]
    if stage:
        late.progressed(Progress(stage=stage, step=1, total_steps=4))
    session.start(SETTINGS.with_changes(prompt="next"))
    job = session.queue.jobs[0]
    session.queue.cancel(job.id)
    assert worker.submitted[0][1].is_cancelled
    assert session.queue.jobs[0].status is JobStatus.CANCELLED
    assert session.queue.jobs[1].status is JobStatus.RUNNING
    late.progressed(Progress(stage="denoising", step=1, total_steps=4))
    late.finished(GenerationResult(request=job.request, images=pictures(job.request), timings={}))
    late.failed(EngineError("too late"))
    session.queue.forget_job(job.id)
    late.cancelled()
    assert [job.status for job in session.queue.jobs] == [JobStatus.RUNNING]
    assert len(session.history.steps) == 1


def test_a_running_job_that_is_cancelled_says_so_at_once(
    panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    session.start(SETTINGS)
    worker.progress(1, 10)
    session.queue.cancel(session.queue.jobs[0].id)
    worker.progress(2, 10)
    assert panel.cards()[0].status.text() == "Cancelling…"


def test_thumbnails_show_the_pictures_themselves(panel: QueuePanel, session: Session, worker: FakeWorker) -> None:
    session.start(SETTINGS.with_changes(count=2))
    worker.finish()
    card = panel.cards()[0]
    reds = [card.picture_button(index).icon().pixmap(64, 64).toImage().pixelColor(20, 20).red() for index in (0, 1)]
    assert reds == [40, 100]


def test_settings_are_reused_for_the_job_and_for_one_picture(
    qtbot: QtBot, panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    session.start(SETTINGS.with_changes(count=3))
    worker.finish()
    card = panel.cards()[0]
    with qtbot.waitSignal(panel.reuse_requested) as asked:
        QTest.mouseClick(card.reuse_button, LEFT)
    assert asked.args[0] == SETTINGS.with_changes(count=3)
    with qtbot.waitSignal(panel.reuse_requested) as asked:
        choose(card, 1, "Use settings")
    assert asked.args[0] == SETTINGS.with_changes(seed=8, count=1)


def test_varying_the_seed_queues_the_same_request_with_another_seed(
    panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    session.start(SETTINGS)
    worker.finish()
    choose(panel.cards()[0], 0, "More like this")
    varied = worker.request.settings
    assert varied.seed != SETTINGS.seed
    assert varied.with_changes(seed=SETTINGS.seed) == SETTINGS


def test_a_variant_that_needs_a_mask_is_refused_at_once_where_there_is_none(
    qtbot: QtBot, panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    session.start(SETTINGS.with_changes(tool="inpaint"))
    worker.finish()
    with qtbot.waitSignal(panel.message) as said:
        choose(panel.cards()[0], 0, "More like this")
    assert said.args == ["There is no mask yet. Paint one with the mask brush, or select a part of the picture."]
    assert len(session.queue.jobs) == 1


def test_the_seed_goes_to_the_clipboard(qtbot: QtBot, panel: QueuePanel, session: Session, worker: FakeWorker) -> None:
    session.start(SETTINGS.with_changes(count=2))
    worker.finish()
    with qtbot.waitSignal(panel.message):
        choose(panel.cards()[0], 1, "Copy seed")
    assert QGuiApplication.clipboard().text() == "8"


def test_a_failure_keeps_its_message_and_advice(panel: QueuePanel, session: Session, worker: FakeWorker) -> None:
    session.start(SETTINGS)
    worker.fail(EngineError("The device went away.", "Start again."))
    card = panel.cards()[0]
    assert card.status.text() == "The device went away.\nStart again."
    assert card.status.property("role") == "danger"


def test_finished_jobs_are_removed_one_by_one_or_all_while_layers_stay(
    panel: QueuePanel, session: Session, worker: FakeWorker
) -> None:
    for _ in range(3):
        session.start(SETTINGS)
        worker.finish()
    session.start(SETTINGS)
    layers = len(session.document.layers)
    QTest.mouseClick(panel.cards()[1].end_button, LEFT)
    assert len(panel.cards()) == 3
    QTest.mouseClick(panel.clear_button, LEFT)
    assert [card.job.status for card in panel.cards()] == [JobStatus.RUNNING]
    assert len(session.document.layers) == layers


def test_cancel_all_ends_everything(panel: QueuePanel, session: Session, worker: FakeWorker) -> None:
    for _ in range(3):
        session.start(SETTINGS)
    QTest.mouseClick(panel.cancel_all_button, LEFT)
    worker.end_cancelled()
    assert {job.status for job in session.queue.jobs} == {JobStatus.CANCELLED}
    assert panel.cancel_all_button.isHidden()
