"""The strip of results: looked at, compared, applied, kept, dropped, and back after the program ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.document import new_document
from studio.files.results import left_results
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.canvas.result_viewer import Place
from tests.ui.shell_fakes import FakePrompts, FakeRunner, wait_for_plugins

LEFT = Qt.MouseButton.LeftButton
SETTINGS = GenerationSettings(prompt="a beach", width=64, height=64, seed=5, count=3)
DRAWN = QColor(40, 120, 200)
WHITE = QColor("white")


@pytest.fixture
def strip_studio(qtbot: QtBot, studio: Studio) -> Studio:
    studio.store.change(results="strip")
    return studio


def run(studio: Studio, command: str) -> None:
    studio.window.actions_by_id[command].trigger()


def waiting(studio: Studio) -> list[int]:
    return [index for _, index in studio.window.results.waiting]


def seen(studio: Studio, x: float = 32, y: float = 32) -> QColor:
    """The colour on the screen at a pixel of the document."""
    canvas = studio.window.canvas
    place = canvas.mapTo(studio.window, canvas.view_transform().to_view(QPointF(x, y)).toPoint())
    return studio.window.grab().toImage().pixelColor(place)


@pytest.fixture
def drawn(qtbot: QtBot, strip_studio: Studio) -> Studio:
    """Three results wait, and the first is offered."""
    strip_studio.session.start(SETTINGS)
    qtbot.waitUntil(lambda: strip_studio.session.queue.jobs[-1].is_over)
    return strip_studio


def look(studio: Studio, index: int) -> None:
    """Look at a picture of the first job, by its small one in the strip."""
    place = (studio.session.queue.jobs[0].id, index)
    if shown(studio) != place:
        studio.window.results.strip.tile(place).click()


def shown(studio: Studio) -> Place | None:
    return studio.window.results.viewer.shown


def test_the_first_picture_is_seen_while_the_others_are_drawn(
    qtbot: QtBot, strip_studio: Studio, runner: FakeRunner
) -> None:
    runner.between.clear()
    before = strip_studio.session.document
    job = strip_studio.session.start(SETTINGS)
    qtbot.waitUntil(lambda: waiting(strip_studio) == [0])
    assert strip_studio.session.queue.running_job is not None
    assert shown(strip_studio) == (job.id, 0)
    assert seen(strip_studio) == DRAWN
    assert strip_studio.window.results.strip.isVisible()
    runner.between.set()
    qtbot.waitUntil(lambda: waiting(strip_studio) == [0, 1, 2])
    assert strip_studio.session.document is before
    assert strip_studio.window.isActiveWindow(), "the strip never was a window of its own"


def test_painting_goes_on_at_once_under_a_picture_that_is_offered(
    qtbot: QtBot, drawn: Studio, runner: FakeRunner
) -> None:
    canvas = drawn.window.canvas
    canvas.set_tool("brush")
    place = canvas.view_transform().to_view(QPointF(50, 50)).toPoint()
    widget = drawn.window.childAt(canvas.mapTo(drawn.window, place))
    assert widget is canvas, "the pointer goes through"
    qtbot.mouseClick(canvas, LEFT, pos=place)
    assert drawn.session.history.steps[-1].kind.label == "Brush stroke"
    assert shown(drawn) is None
    assert waiting(drawn) == [0, 1, 2]


def test_somebody_who_paints_is_not_disturbed(qtbot: QtBot, strip_studio: Studio, runner: FakeRunner) -> None:
    runner.plan = "stuck"
    strip_studio.session.start(SETTINGS)
    qtbot.waitUntil(lambda: strip_studio.session.queue.jobs[0].progress is not None)
    canvas = strip_studio.window.canvas
    canvas.set_tool("brush")
    qtbot.mouseClick(canvas, LEFT, pos=canvas.view_transform().to_view(QPointF(50, 50)).toPoint())
    runner.release.set()
    qtbot.waitUntil(lambda: waiting(strip_studio) == [0, 1, 2])
    assert shown(strip_studio) is None
    assert strip_studio.window.results.strip.isVisible()


def test_keys_go_through_the_strip_and_apply(qtbot: QtBot, drawn: Studio) -> None:
    results, layers = drawn.window.results, len(drawn.session.document.layers)
    job_id = drawn.session.queue.jobs[0].id
    qtbot.mouseClick(results.strip.tile((job_id, 1)), LEFT)
    assert shown(drawn) == (job_id, 1)
    qtbot.keyClick(results.viewer, Qt.Key.Key_Right)
    assert shown(drawn) == (job_id, 2)
    assert "3 of 3" in results.strip.words.text()
    qtbot.keyClick(results.viewer, Qt.Key.Key_Left)
    qtbot.keyClick(results.viewer, Qt.Key.Key_Return)
    assert shown(drawn) is None
    assert len(drawn.session.document.layers) == layers + 1
    assert waiting(drawn) == [0, 2]
    run(drawn, "edit.undo")
    assert waiting(drawn) == [0, 1, 2]
    for _looked_at in (False, True):
        look(drawn, 2)
        qtbot.mouseClick(results.strip.tile((job_id, 2)), LEFT)
        qtbot.mouseDClick(results.strip.tile((job_id, 2)), LEFT)
        assert waiting(drawn) == [0, 1]
        run(drawn, "edit.undo")
        qtbot.mouseClick(results.strip.tile((job_id, 2)), LEFT)


def test_before_and_after(qtbot: QtBot, drawn: Studio) -> None:
    viewer = drawn.window.results.viewer
    look(drawn, 2)
    assert seen(drawn) == DRAWN
    qtbot.keyPress(viewer, Qt.Key.Key_Y)
    assert seen(drawn) == WHITE
    qtbot.keyRelease(viewer, Qt.Key.Key_Y)
    assert seen(drawn) == DRAWN
    run(drawn, "results.before")
    assert seen(drawn) == WHITE
    assert drawn.window.actions_by_id["results.before"].isChecked()
    run(drawn, "results.next")
    assert seen(drawn) == WHITE, "there is none to the right"
    run(drawn, "results.previous")
    assert seen(drawn) == DRAWN, "another one is seen at first"


def test_a_key_that_is_held_elsewhere_holds_the_result_away(qtbot: QtBot, drawn: Studio) -> None:
    look(drawn, 2)
    drawn.window.canvas.setFocus()
    action = drawn.window.actions_by_id["results.before"]
    action.trigger()
    assert seen(drawn) == WHITE
    assert not action.autoRepeat(), "it would come and go"
    held = drawn.window.focusWidget()
    assert held is not None
    qtbot.keyRelease(held, Qt.Key.Key_Y)
    assert seen(drawn) == DRAWN


def test_dropped_ones_go_and_kept_ones_stay(qtbot: QtBot, drawn: Studio) -> None:
    results = drawn.window.results
    look(drawn, 2)
    run(drawn, "results.keep")
    assert drawn.window.actions_by_id["results.keep"].isChecked()
    run(drawn, "results.previous")
    qtbot.keyClick(results.viewer, Qt.Key.Key_Delete)
    assert waiting(drawn) == [0, 2]
    assert shown(drawn)[1] == 2, "the next one is looked at"
    results.viewer.leave()
    run(drawn, "results.drop_others")
    assert waiting(drawn) == [2]
    run(drawn, "results.look")
    run(drawn, "results.drop")
    assert waiting(drawn) == []
    assert results.strip.isHidden()
    assert not drawn.window.actions_by_id["results.look"].isEnabled()
    assert len(drawn.session.queue.jobs[0].images) == 3


def test_another_document_has_results_of_its_own(qtbot: QtBot, drawn: Studio) -> None:
    drawn.session.open_document(new_document(500, 200), StepKind("test", "New picture"))
    assert waiting(drawn) == []
    assert drawn.window.results.strip.isHidden()
    assert shown(drawn) is None
    drawn.session.show(drawn.session.documents[0])
    assert drawn.window.results.strip.isVisible()


def test_a_canvas_that_changed_meanwhile_is_told_of(qtbot: QtBot, drawn: Studio) -> None:
    small = new_document(16, 16)
    drawn.session.apply(StepKind("test", "Crop"), small)
    run(drawn, "results.look")
    strip = drawn.window.results.strip
    assert strip.doubt.isVisible()
    assert "256 × 256" in strip.doubt.text()
    run(drawn, "results.apply")
    assert drawn.session.document.active_layer.raster.bounds().width == 16


def test_one_that_has_no_place_left_is_refused_in_words(qtbot: QtBot, drawn: Studio) -> None:
    from studio.generation import GeneratedImage

    job = drawn.session.queue.jobs[0]
    image = job.images[0]
    far = GeneratedImage(pixels=image.pixels, seed=1, x=9000, y=0)
    drawn.session.queue._update(job.id, result=job.result.__class__(request=job.request, images=(far,), timings={}))
    run(drawn, "results.look")
    run(drawn, "results.apply")
    assert "outside the canvas" in drawn.window.notices.texts()[0]
    assert waiting(drawn) == [0]


def test_closing_the_queue_card_drops_and_folding_hides(qtbot: QtBot, drawn: Studio) -> None:
    strip = drawn.window.results.strip
    strip.fold_button.click()
    assert strip.is_folded
    assert strip.words.isVisible()
    assert strip.apply_button.isHidden()
    run(drawn, "results.look")
    assert not strip.is_folded
    drawn.session.queue.forget_job(drawn.session.queue.jobs[0].id)
    assert waiting(drawn) == []
    assert shown(drawn) is None


@pytest.fixture
def next_start(qtbot: QtBot, drawn: Studio, paths: Paths, runner: FakeRunner) -> Iterator[Studio]:
    """The program ended with one result kept, one dropped and one undecided, and starts again."""
    job_id = drawn.session.queue.jobs[0].id
    drawn.session.queue.keep(job_id, 2, is_kept=True)
    drawn.session.queue.drop(job_id, (0,))
    drawn.window.results.close()
    made = build(paths, SettingsStore(paths.config / "other.json"), make_runner=lambda: runner, prompts=FakePrompts())
    made.window.show()
    made.start()
    wait_for_plugins(made)
    yield made
    assert made.shut_down(20)
    made.window.deleteLater()


def test_what_was_not_decided_waits_at_the_next_start(qtbot: QtBot, next_start: Studio, paths: Paths) -> None:
    notices = next_start.window.notices
    qtbot.waitUntil(lambda: any("2 results" in text for text in notices.texts()))
    notice = next(notice for notice in notices.notices() if "2 results" in notice.text())
    assert waiting(next_start) == []
    notice.buttons[0].click()
    qtbot.waitUntil(lambda: waiting(next_start) == [0, 1])
    job = next_start.session.queue.jobs[0]
    assert [image.seed for image in job.images] == [6, 7]
    assert job.kept == {1}
    next_start.session.place_result(job.id, (0,))
    next_start.session.queue.drop(job.id, (1,))
    next_start.window.results.close()
    assert left_results(paths.results) == ()


def test_the_file_of_an_applied_picture_stays_until_its_layer_is_in_the_journal(
    qtbot: QtBot, drawn: Studio, paths: Paths
) -> None:
    """A kill in the moment after it was applied must not take it."""
    kept = drawn.window.results.waiting_on_disk
    qtbot.waitUntil(lambda: len(left_results(paths.results)) == 3)
    job_id = drawn.session.queue.jobs[0].id
    drawn.session.place_result(job_id, (0,))
    drawn.session.queue.drop(job_id, (1,))
    qtbot.waitUntil(lambda: len(left_results(paths.results)) == 2)
    assert left_results(paths.results)[0] == f"{job_id}-0"
    run(drawn, "edit.undo")
    run(drawn, "edit.redo")
    drawn.session.place_result(job_id, (2,))
    run(drawn, "edit.undo")
    kept._journaled.timeout.emit()
    kept.close()
    assert left_results(paths.results) == (f"{job_id}-2",)


def test_a_folder_that_cannot_be_written_is_told_and_the_strip_goes_on(
    qtbot: QtBot, strip_studio: Studio, paths: Paths
) -> None:
    paths.results.parent.mkdir(parents=True, exist_ok=True)
    paths.results.write_text("in the way")
    strip_studio.session.start(SETTINGS)
    qtbot.waitUntil(lambda: any("results" in text for text in strip_studio.window.notices.texts()))
    look(strip_studio, 1)
    run(strip_studio, "results.apply")
    assert waiting(strip_studio) == [0, 2]


def test_of_a_picture_that_is_closed_it_is_said_where_its_results_are(qtbot: QtBot, drawn: Studio) -> None:
    drawn.session.open_document(new_document(500, 200), StepKind("test", "New picture"))
    drawn.session.close(drawn.session.documents[0], new_document(8, 8))
    assert any("Queue panel" in text for text in drawn.window.notices.texts())
    assert len(drawn.window.docks.pictures()) == 3
