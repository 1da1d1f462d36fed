"""Canvas edges in the window: dragged, applied, filled, taken back."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import new_document
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.raster.compose import compose
from studio.session import JobStatus
from studio.ui.canvas.tools.canvas_edges import sides_of
from tests.ui.canvas.canvas_hands import Hand
from tests.ui.shell_fakes import FakeRunner

STEP = StepKind("test", "New picture")


@pytest.fixture
def hand(studio: Studio) -> Hand:
    """On a picture of 256x192, with the tool in it."""
    studio.session.open_document(new_document(256, 192), STEP)
    studio.window.actions_by_id["tool.canvas_edges"].trigger()
    return Hand(studio.window.canvas)


def drag_right_side(hand: Hand, studio: Studio, to: int) -> None:
    hand.drag((256, 96), (to, 96))
    assert sides_of(studio.window.canvas.options.values("edges"))


def wait_for_size(qtbot: QtBot, studio: Studio, width: int, height: int) -> None:
    qtbot.waitUntil(lambda: studio.session.document.canvas.width == width, timeout=5000)
    assert studio.session.document.height == height


def test_enter_makes_one_step_that_undo_takes_back_whole(qtbot: QtBot, studio: Studio, hand: Hand) -> None:
    before = studio.session.document
    drag_right_side(hand, studio, 320)
    hand.key(Qt.Key.Key_Return)
    wait_for_size(qtbot, studio, 320, 192)
    document = studio.session.document
    mask = document.generation_mask.read(document.canvas)
    assert (mask[:, 256:] == 255).all()
    assert not mask[:, :256].any()
    assert not sides_of(studio.window.canvas.options.values("edges"))
    assert studio.session.history.steps[-1].kind.label == "Canvas edges"
    studio.window.actions_by_id["edit.undo"].trigger()
    assert studio.session.document is before


def test_after_applying_one_button_fills_the_new_area(qtbot: QtBot, studio: Studio, hand: Hand) -> None:
    drag_right_side(hand, studio, 320)
    hand.key(Qt.Key.Key_Return)
    wait_for_size(qtbot, studio, 320, 192)
    window = studio.window
    assert window.actions_by_id["image.fill_edges"].isEnabled(), "until something else is done"
    (button,) = (each for each in window.notices.findChildren(QPushButton) if each.text() == "Fill the New Area")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(job.status is JobStatus.FINISHED for job in studio.session.queue.jobs), timeout=5000)
    (job,) = studio.session.queue.jobs
    assert job.request.settings.tool == window.docks.generate.settings().tool == "expand"


def test_ctrl_alt_enter_applies_the_edges_and_fills_what_is_new(qtbot: QtBot, studio: Studio, hand: Hand) -> None:
    drag_right_side(hand, studio, 320)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    hand.key(Qt.Key.Key_Return, keys)
    qtbot.waitUntil(lambda: any(job.status is JobStatus.FINISHED for job in studio.session.queue.jobs), timeout=5000)
    assert studio.session.document.canvas.width == 320


def test_what_is_next_is_said_until_something_else_is_done(qtbot: QtBot, studio: Studio, hand: Hand) -> None:
    drag_right_side(hand, studio, 320)
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("is masked" in text for text in studio.window.notices.texts()), timeout=5000)
    studio.window.actions_by_id["edit.undo"].trigger()
    assert not any("is masked" in text for text in studio.window.notices.texts())


def test_the_bar_applies_and_fills_at_once(qtbot: QtBot, studio: Studio, hand: Hand) -> None:
    bar = studio.window.docks.tool_options
    buttons = {
        each.defaultAction().iconText(): each
        for each in bar.findChildren(QToolButton)
        if each.defaultAction() is not None
    }
    assert not buttons["Fill the New Area"].isEnabled()
    drag_right_side(hand, studio, 320)
    assert bar.form("edges").values()["right"] == 64
    QTest.mouseClick(buttons["Drop Canvas Edges"], Qt.MouseButton.LeftButton)
    assert bar.form("edges").values()["right"] == 0
    drag_right_side(hand, studio, 288)
    QTest.mouseClick(buttons["Fill the New Area"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(job.status is JobStatus.FINISHED for job in studio.session.queue.jobs), timeout=5000)
    assert studio.session.document.width == 288
    studio.window.actions_by_id["tool.brush"].trigger()
    assert not buttons["Fill the New Area"].isVisible()


def test_dragging_inwards_crops_and_keeps_what_is_cut(qtbot: QtBot, studio: Studio, hand: Hand) -> None:
    before = compose(studio.session.document)
    drag_right_side(hand, studio, 192)
    hand.key(Qt.Key.Key_Return)
    wait_for_size(qtbot, studio, 192, 192)
    assert np.array_equal(compose(studio.session.document), before[:, :192])
    assert not studio.session.document.generation_mask.tiles
    assert "Fill the New Area" not in [each.text() for each in studio.window.notices.findChildren(QPushButton)]


def test_edges_that_leave_nothing_are_refused_and_kept_for_mending(qtbot: QtBot, studio: Studio, hand: Hand) -> None:
    studio.window.canvas.options.set("edges", left=-300, right=300)
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("leave nothing" in text for text in studio.window.notices.texts()), timeout=5000)
    assert sides_of(studio.window.canvas.options.values("edges")).right == 300
    assert studio.session.document.width == 256


def test_while_a_picture_is_drawn_for_the_canvas_its_edges_stay(
    qtbot: QtBot, studio: Studio, hand: Hand, runner: FakeRunner
) -> None:
    runner.plan = "slow"
    job = studio.session.start(GenerationSettings(prompt="a beach", width=64, height=64))
    drag_right_side(hand, studio, 320)
    hand.key(Qt.Key.Key_Return)
    assert any("is being drawn for this canvas" in text for text in studio.window.notices.texts())
    studio.session.queue.cancel(job.id)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[0].is_over, timeout=5000)
    hand.key(Qt.Key.Key_Return)
    wait_for_size(qtbot, studio, 320, 192)


def test_a_picture_that_is_chosen_meanwhile_has_its_own_edges(studio: Studio, hand: Hand) -> None:
    drag_right_side(hand, studio, 320)
    first = studio.session.current
    studio.session.open_document(new_document(100, 100), STEP)
    assert not sides_of(studio.window.canvas.options.values("edges"))
    assert (first.document.width, studio.session.document.width) == (256, 100)
