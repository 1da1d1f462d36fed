"""Pictures of the queue over the canvas, and previews that give way to somebody who paints."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import new_document
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.session import JobStatus
from studio.ui.canvas.result_viewer import ResultViewer
from tests.ui.shell_fakes import FakeRunner

LEFT = Qt.MouseButton.LeftButton
SETTINGS = GenerationSettings(prompt="a beach", width=64, height=64)
DRAWN = QColor(40, 120, 200)
PREVIEW = QColor(0, 0, 0)


def colour_at(studio: Studio, widget: QWidget, x: float, y: float) -> QColor:
    """What a widget over the canvas, or the canvas itself, shows at a pixel of the document."""
    place = studio.window.canvas.view_transform().to_view(QPointF(x, y)).toPoint()
    return widget.grab().toImage().pixelColor(place)


@pytest.fixture
def finished(qtbot: QtBot, studio: Studio) -> Studio:
    """Two jobs of one picture each are done."""
    for seed in (1, 2):
        studio.session.start(SETTINGS.with_changes(seed=seed))
    qtbot.waitUntil(lambda: [job.status for job in studio.session.queue.jobs] == [JobStatus.FINISHED] * 2)
    return studio


@pytest.fixture
def viewer(qtbot: QtBot, finished: Studio) -> ResultViewer:
    """The newest picture is looked at."""
    qtbot.mouseClick(finished.window.docks.queue.cards()[0].picture_button(0), LEFT)
    return finished.window.results.viewer


def test_a_click_shows_a_picture_on_its_place_and_adds_nothing(finished: Studio, viewer: ResultViewer) -> None:
    session = finished.session
    assert viewer.isVisible()
    assert viewer.shown == (session.queue.jobs[1].id, 0)
    assert viewer.geometry() == finished.window.canvas.geometry()
    assert colour_at(finished, viewer, 32, 32) == DRAWN
    assert len(session.history.steps) == 3


def test_left_and_right_step_through_the_queue(qtbot: QtBot, finished: Studio, viewer: ResultViewer) -> None:
    first, second = (job.id for job in finished.session.queue.jobs)
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(viewer, key)
        seen.append(viewer.shown)
    assert seen == [(first, 0), (first, 0), (second, 0), (second, 0)]
    assert "seed 2" in viewer.label.text()
    assert not viewer.previous_button.isEnabled()


def test_ctrl_return_still_generates(qtbot: QtBot, finished: Studio, viewer: ResultViewer) -> None:
    panel = finished.window.docks.generate
    panel.set_settings(SETTINGS)
    qtbot.keyClick(viewer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(finished.session.queue.jobs) == 3
    qtbot.waitUntil(lambda: finished.session.queue.running_job is None)


def thumbnail(studio: Studio) -> QWidget:
    return studio.window.docks.queue.cards()[0].picture_button(0)


@pytest.mark.parametrize(
    "leave",
    [
        lambda qtbot, studio: qtbot.keyClick(studio.window.results.viewer, Qt.Key.Key_Escape),
        lambda qtbot, studio: qtbot.mouseClick(studio.window.results.viewer, LEFT, pos=QPoint(9, 9)),
        lambda qtbot, studio: qtbot.mouseClick(thumbnail(studio), LEFT),
        lambda qtbot, studio: qtbot.mouseClick(studio.window.results.viewer.close_button, LEFT),
        lambda qtbot, studio: studio.window.actions_by_id["generate.clear_finished"].trigger(),
    ],
    ids=["escape", "click", "same-thumbnail", "close", "cleared"],
)
@pytest.mark.usefixtures("viewer")
def test_it_goes_and_nothing_has_changed(
    qtbot: QtBot, finished: Studio, leave: Callable[[QtBot, Studio], object]
) -> None:
    before = finished.session.document
    leave(qtbot, finished)
    assert finished.window.results.viewer.isHidden()
    assert finished.window.results.viewer.shown is None
    assert finished.session.document is before


def test_a_picture_is_added_once_and_again_after_an_undo(qtbot: QtBot, finished: Studio, viewer: ResultViewer) -> None:
    session, card = finished.session, finished.window.docks.queue.cards()[0]
    layers = len(session.document.layers)
    assert viewer.add_button.text() == "Go to its layer"
    qtbot.keyClick(viewer, Qt.Key.Key_Return)
    assert len(session.document.layers) == layers
    assert "already" in finished.window.notices.texts()[0]
    session.undo()
    viewer.show_picture(card.job.id, 0)
    assert viewer.add_button.text() == "Add as layer"
    qtbot.mouseClick(viewer.add_button, LEFT)
    assert len(session.document.layers) == layers
    assert viewer.isHidden()


def test_a_double_click_goes_back_to_the_picture_with_its_layer_active(
    qtbot: QtBot, finished: Studio, viewer: ResultViewer
) -> None:
    button = finished.window.docks.queue.cards()[1].picture_button(0)
    qtbot.mouseClick(button, LEFT)
    assert viewer.isVisible()
    qtbot.mouseDClick(button, LEFT)
    assert not viewer.isVisible()
    assert finished.session.document.active_id == finished.session.layer_of(finished.session.queue.jobs[0].id, 0)


def test_a_picture_of_another_document_is_shown_in_the_middle(
    qtbot: QtBot, finished: Studio, viewer: ResultViewer
) -> None:
    viewer.leave()
    finished.session.open_document(new_document(500, 200), StepKind("test", "New picture"))
    qtbot.mouseClick(thumbnail(finished), LEFT)
    middle = viewer.grab().toImage().pixelColor(viewer.rect().center())
    assert middle == DRAWN
    assert viewer.add_button.text() == "Add as layer"


@pytest.fixture
def drawing(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> Studio:
    """A job has shown its preview and goes on."""
    runner.plan = "slow"
    studio.session.start(SETTINGS)
    qtbot.waitUntil(lambda: colour_at(studio, studio.window.canvas, 32, 32) == PREVIEW)
    return studio


def test_the_preview_gives_way_to_painting_and_comes_back(qtbot: QtBot, drawing: Studio, runner: FakeRunner) -> None:
    window = drawing.window
    canvas, corner = window.canvas, window.previews.corner
    canvas.set_tool("brush")
    assert corner.isHidden()
    place = canvas.view_transform().to_view(QPointF(50, 50)).toPoint()
    qtbot.mouseClick(canvas, LEFT, pos=place)
    assert drawing.session.history.steps[-1].kind.label == "Brush stroke"
    assert colour_at(drawing, canvas, 32, 10) == QColor("white"), "the canvas is seen"
    assert corner.isVisible()
    qtbot.mouseClick(corner, LEFT)
    assert colour_at(drawing, canvas, 32, 10) == PREVIEW
    assert corner.isHidden()
    drawing.session.undo()
    assert corner.isVisible(), "any change of the picture sends it aside"
    runner.plan = "finish"
    qtbot.waitUntil(lambda: drawing.session.queue.running_job is None)
    assert corner.isHidden()
    assert window.actions_by_id["view.preview_over"].isChecked(), "for the next job"


def test_another_document_shows_nothing_of_what_is_drawn_for_the_first(drawing: Studio) -> None:
    drawing.session.open_document(new_document(256, 256), StepKind("test", "New picture"))
    assert drawing.window.previews.corner.isHidden()
    assert colour_at(drawing, drawing.window.canvas, 32, 32) == QColor("white")


def test_a_preview_that_was_sent_aside_on_purpose_stays_there(
    qtbot: QtBot, drawing: Studio, runner: FakeRunner
) -> None:
    over = drawing.window.actions_by_id["view.preview_over"]
    over.trigger()
    assert drawing.window.previews.corner.isVisible()
    runner.plan = "finish"
    qtbot.waitUntil(lambda: drawing.session.queue.running_job is None)
    assert not over.isChecked()
