"""Live painting in the window: the switch, the picture under the pen, and where it is shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import Rect, frames, new_document
from studio.history import StepKind
from studio.session.live import APPLY, LiveStatus
from studio.session.live_pace import Pace
from studio.ui.panels.live.live_strip import PLACES
from studio.ui.window.live_desk import LiveDesk
from tests.ui.shell_fakes import FakeRunner

Run = Callable[[str], None]


@pytest.fixture
def run(studio: Studio) -> Run:
    return lambda command: studio.window.actions_by_id[command].trigger()


@pytest.fixture
def live(qtbot: QtBot, studio: Studio, run: Run) -> Studio:
    """A window that paints live and shows a first picture."""
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a beach"))
    run("live.toggle")
    qtbot.waitUntil(lambda: studio.window.live.painting.status is LiveStatus.CURRENT)
    return studio


def at(studio: Studio, x: int, y: int) -> QPoint:
    """Where a pixel of the document is on the canvas."""
    from PySide6.QtCore import QPointF

    return studio.window.canvas.view_transform().to_view(QPointF(x, y)).toPoint()


def stroke(studio: Studio, *points: tuple[int, int], release: bool = True) -> None:
    canvas = studio.window.canvas
    canvas.set_tool("brush")
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at(studio, *points[0]))
    for point in points[1:]:
        QTest.mouseMove(canvas, at(studio, *point))
    if release:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=at(studio, *points[-1]))


def seen(studio: Studio, x: int, y: int) -> QColor:
    canvas = studio.window.canvas
    canvas.settle()
    return canvas.grab().toImage().pixelColor(at(studio, x, y))


def test_a_stroke_gets_a_new_picture_before_the_pen_is_lifted(qtbot: QtBot, live: Studio, runner: FakeRunner) -> None:
    painting = live.window.live.painting
    first = painting.frame
    assert first is not None
    stroke(live, (60, 60), (120, 120), (160, 80), release=False)
    qtbot.waitUntil(lambda: painting.frame is not first and painting.status is LiveStatus.CURRENT)
    assert len(live.session.history.steps) == 1, "the stroke is under way"
    assert painting.frame is not None
    assert painting.frame.request.document is not live.session.document
    live.window.canvas.finish_stroke()
    assert len(live.session.queue.jobs) == 0


def test_fresh_paint_lies_over_the_live_picture(qtbot: QtBot, live: Studio, runner: FakeRunner) -> None:
    painting, overlay = live.window.live.painting, live.window.canvas.live
    frame = painting.frame
    assert frame is not None
    green = np.zeros_like(frame.pixels)
    green[..., 1] = 255
    overlay.show_picture(frame.rect, green, None)
    assert seen(live, 100, 100).getRgb()[:3] == (0, 255, 0)
    live.window.canvas.set_color(QColor(200, 30, 30))
    painting.turn(on=False)  # no other picture comes
    overlay.show_picture(frame.rect, green, None)
    stroke(live, (100, 100), (101, 100))
    assert seen(live, 100, 100).red() > 150
    assert seen(live, 20, 20).getRgb()[:3] == (0, 255, 0)
    overlay.ask()
    overlay.show_picture(frame.rect, green, None)
    assert seen(live, 100, 100).getRgb()[:3] == (0, 255, 0), "this picture knows of the paint"
    overlay.clear()
    assert seen(live, 20, 20).getRgb()[:3] == (255, 255, 255)


def test_inside_a_mask_the_picture_is_not_tinted_by_its_colour(qtbot: QtBot, live: Studio, run: Run) -> None:
    run("mask.all")
    picture = live.window.canvas._context.picture
    assert not picture.is_mask_outlined
    qtbot.waitUntil(lambda: live.window.live.painting.status is LiveStatus.CURRENT)
    frame = live.window.live.painting.frame
    assert frame is not None
    assert frame.mask is not None
    assert picture.is_mask_outlined


def test_apply_makes_a_layer_in_one_step(live: Studio, run: Run) -> None:
    steps, layers = len(live.session.history.steps), len(live.session.document.layers)
    run("live.apply")
    assert len(live.session.history.steps) == steps + 1
    assert live.session.history.steps[-1].kind == APPLY
    assert len(live.session.document.layers) == layers + 1
    run("edit.undo")
    assert len(live.session.document.layers) == layers


def test_the_row_is_there_while_it_is_on(live: Studio, run: Run) -> None:
    strip = live.window.live.strip
    assert strip.isVisible()
    run("live.toggle")
    assert not strip.isVisible()
    assert not live.window.actions_by_id["live.apply"].isEnabled()
    assert not live.window.actions_by_id["live.toggle"].isChecked()


def test_strength_and_seed_by_keys_and_by_the_row(qtbot: QtBot, live: Studio, run: Run) -> None:
    painting, strip = live.window.live.painting, live.window.live.strip
    seed = painting.seed
    run("live.next_seed")
    run("live.next_seed")
    run("live.previous_seed")
    assert painting.seed == seed + 1
    assert strip.seed.text() == str(seed + 1)
    run("live.stronger")
    assert painting.strength == pytest.approx(0.35)
    assert strip.strength.value() == pytest.approx(35)
    strip.strength.slider.setValue(strip.strength.slider.maximum())
    assert painting.strength == 1.0
    run("live.weaker")
    assert strip.strength.value() == pytest.approx(95)
    qtbot.waitUntil(lambda: painting.status is LiveStatus.CURRENT)
    assert painting.frame is not None
    assert painting.frame.request.settings.strength == pytest.approx(0.95)


@pytest.mark.parametrize("command", PLACES)
def test_the_picture_is_shown_in_one_place(live: Studio, run: Run, command: str) -> None:
    run("live.beside")
    run(command)
    screens = live.window.live.screens
    assert screens.beside.isVisible() is (command == "live.beside")
    assert screens.apart.isVisible() is (command == "live.window")
    is_over = live.window.canvas._context.picture.live.rect is not None
    assert is_over is (command == "live.over")
    assert [live.window.actions_by_id[each].isChecked() for each in PLACES] == [each == command for each in PLACES]
    if command != "live.over":
        assert (screens.beside if command == "live.beside" else screens.apart.view).has_picture
    run("live.toggle")
    assert not screens.beside.isVisible()
    assert not screens.apart.isVisible()


def test_strength_seed_and_place_are_as_they_were_left(live: Studio, run: Run) -> None:
    painting = live.window.live.painting
    for command in ("live.stronger", "live.next_seed", "live.beside"):
        run(command)
    left = live.store.current.live
    assert (left.strength, left.seed, left.place) == (pytest.approx(0.35), painting.seed, "beside")
    run("live.toggle")
    assert live.store.current.live == left
    again = LiveDesk(
        live.window._parts,
        canvas=live.window.canvas,
        generate=live.window.docks.generate,
        engine=live.window.live._engine,
        actions=live.window.actions_by_id,
        notices=live.window.notices,
        window=live.window,
    )
    assert (again.place, again.painting.strength, again.painting.seed) == ("beside", left.strength, left.seed)


def test_who_closes_the_second_window_sees_the_picture_over_the_canvas_again(live: Studio, run: Run) -> None:
    run("live.window")
    live.window.live.screens.apart.close()
    assert live.window.live.place == "over"
    assert live.window.live.is_on


def test_a_recording_opens_as_a_picture_with_a_timeline(qtbot: QtBot, live: Studio, run: Run) -> None:
    painted, painting = live.session.current, live.window.live.painting
    run("live.record")
    stroke(live, (60, 60), (90, 90))
    qtbot.waitUntil(lambda: painting.recording is not None and len(painting.recording.frames) >= 2)
    run("live.record")
    qtbot.waitUntil(lambda: live.session.current is not painted)
    recorded = live.session.document
    assert len(frames(recorded)) >= 2
    assert live.session.current.is_modified
    assert not live.window.live.is_on
    assert painted in live.session.documents


def test_jobs_go_first_and_are_said(qtbot: QtBot, live: Studio, runner: FakeRunner, run: Run) -> None:
    runner.plan = "slow"
    run("generate.start")
    qtbot.waitUntil(lambda: live.session.queue.running_job is not None)
    live.window.live.painting.draw_now()
    assert live.window.live.painting.status is LiveStatus.WAITING
    assert live.window.live.strip.words.text() == "Waits for the jobs"
    run("generate.cancel")
    qtbot.waitUntil(lambda: live.window.live.painting.status is LiveStatus.CURRENT)
    assert len(live.session.queue.jobs) == 1


def test_what_takes_long_is_drawn_by_a_button(qtbot: QtBot, live: Studio, runner: FakeRunner, run: Run) -> None:
    painting, strip = live.window.live.painting, live.window.live.strip
    painting._pace = Pace(62.0)
    stroke(live, (20, 20), (40, 40))
    assert painting.status is LiveStatus.ON_DEMAND
    assert strip.words.text() == "1 min 2 s each: F5 draws"
    before = painting.frame
    strip.draw_button.click()
    qtbot.waitUntil(lambda: painting.status is LiveStatus.CURRENT)
    assert painting.frame is not before


def test_a_refusal_is_said_and_stands_in_the_row(qtbot: QtBot, studio: Studio, runner: FakeRunner, run: Run) -> None:
    runner.plan = "raise"
    run("live.toggle")
    strip = studio.window.live.strip
    qtbot.waitUntil(lambda: studio.window.live.painting.status is LiveStatus.REFUSED)
    assert any("The device went away." in text for text in studio.window.notices.texts())
    assert strip.words.text() == "Not drawn"
    assert strip.draw_button.isVisible()
    runner.plan = "finish"
    strip.draw_button.click()
    qtbot.waitUntil(lambda: studio.window.live.painting.status is LiveStatus.CURRENT)
    assert not strip.draw_button.isVisible()
    assert studio.window.notices.texts() == []


def test_another_picture_is_followed_and_closing_the_window_ends_all(qtbot: QtBot, live: Studio) -> None:
    painting = live.window.live.painting
    live.session.open_document(new_document(96, 64), StepKind("test.open", "Open"), modified=True)
    qtbot.waitUntil(lambda: painting.status is LiveStatus.CURRENT)
    assert painting.frame is not None
    assert painting.frame.rect == Rect(0, 0, 96, 64)
    stroke(live, (20, 20), (40, 40))  # and the window is closed with a frame on its way
