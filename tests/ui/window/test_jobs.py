"""Generating from the window: the worker thread, cancel, failures, and closing in the middle."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import PaintLayer, add_layer, new_document, remove_layer
from studio.errors import Cancelled
from studio.generation import CancelToken
from studio.history import StepKind
from studio.session import JobStatus
from tests.ui.shell_fakes import FakeRunner


def generate(studio: Studio, prompt: str = "a beach") -> None:
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt=prompt, tool="text_to_image"))
    studio.window.actions_by_id["generate.start"].trigger()


def last_status(studio: Studio) -> JobStatus:
    return studio.session.queue.jobs[-1].status


def test_a_picture_comes_as_a_new_layer(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    layers = len(studio.session.document.layers)
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)
    assert len(studio.session.document.layers) == layers + 1
    assert runner.threads[0] != threading.current_thread().name
    studio.window.actions_by_id["edit.undo"].trigger()
    assert len(studio.session.document.layers) == layers


@pytest.mark.parametrize("place", ["canvas", "prompt"])
def test_ctrl_return_generates_once_wherever_one_is(qtbot: QtBot, studio: Studio, place: str) -> None:
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a beach"))
    widget = studio.window.canvas if place == "canvas" else panel.prompt.prompt
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(studio.session.queue.jobs) == 1
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)


def test_the_model_is_loaded_behind_the_window(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    if not studio.catalogue.has_sound_model("starter"):
        pytest.skip("the starter model is not in this checkout")
    qtbot.waitUntil(lambda: runner.preloaded == ["starter"])
    qtbot.waitUntil(lambda: studio.window.statusBar().work.text() == "Ready")


def test_cancel_ends_a_running_job_and_the_next_one_runs(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    runner.plan = "slow"
    generate(studio)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].progress is not None)
    assert studio.window.actions_by_id["generate.cancel"].isEnabled()
    before = studio.session.document
    studio.window.actions_by_id["generate.cancel"].trigger()
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.CANCELLED)
    assert studio.session.document is before
    assert studio.window.statusBar().work.text() == "Cancelled"
    runner.plan = "finish"
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)


def test_jobs_wait_their_turn_and_all_can_be_cancelled(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    runner.plan = "slow"
    for prompt in ("one", "two", "three"):
        generate(studio, prompt)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[0].progress is not None)
    assert [job.status for job in studio.session.queue.jobs[1:]] == [JobStatus.QUEUED, JobStatus.QUEUED]
    studio.window.actions_by_id["generate.cancel_all"].trigger()
    qtbot.waitUntil(lambda: all(job.status is JobStatus.CANCELLED for job in studio.session.queue.jobs))
    qtbot.waitUntil(lambda: not studio.worker.is_busy)


def test_a_job_that_raises_is_told_and_the_worker_lives_on(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    runner.plan = "raise"
    before = studio.session.document
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FAILED)
    assert studio.session.document is before
    assert any("another scheduler" in text for text in studio.window.notices.texts())
    runner.plan = "finish"
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)


def test_a_library_that_wants_to_end_the_program_ends_only_its_job(
    qtbot: QtBot, studio: Studio, runner: FakeRunner
) -> None:
    runner.plan = "exit"
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FAILED)
    runner.plan = "finish"
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)


def test_undo_and_deleting_the_layer_while_a_job_runs(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    runner.plan = "stuck"
    dab = PaintLayer(name="Dab")
    studio.session.apply(StepKind("test", "Add layer"), add_layer(studio.session.document, dab))
    generate(studio)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].progress is not None)
    studio.window.actions_by_id["edit.undo"].trigger()
    for layer in studio.session.document.layers:
        studio.session.apply(StepKind("test", "Delete layer"), remove_layer(studio.session.document, layer.id))
    assert studio.session.document.layers == ()
    runner.release.set()
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)
    assert len(studio.session.document.layers) == 1


def test_a_canvas_cropped_while_a_job_runs_gets_what_fits(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    runner.plan = "stuck"
    generate(studio)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].progress is not None)
    studio.session.apply(StepKind("test", "Crop"), replace(studio.session.document, width=20, height=10))
    runner.release.set()
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)
    layer = studio.session.document.active_paint_layer
    assert layer is not None
    assert layer.raster.bounds() == studio.session.document.canvas


def test_another_picture_opened_while_a_job_runs_keeps_the_result_in_the_queue(
    qtbot: QtBot, studio: Studio, runner: FakeRunner
) -> None:
    runner.plan = "stuck"
    generate(studio)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].progress is not None)
    other = new_document(300, 200)
    studio.session.open_document(other, StepKind("test", "Open"))
    runner.release.set()
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)
    assert studio.session.document is other
    assert studio.session.queue.jobs[-1].result is not None


def test_closing_while_generating_stops_first(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    runner.plan = "slow"
    generate(studio)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].progress is not None)
    studio.window.close()
    assert studio.window.isVisible()
    assert studio.window.statusBar().work.text() == "Stopping…"
    qtbot.waitUntil(lambda: not studio.window.isVisible())
    assert not studio.worker.is_running


def test_closing_while_the_model_is_loading_cancels_the_load(
    qtbot: QtBot, studio: Studio, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, ended = threading.Event(), threading.Event()

    def load(_model: str, cancel: CancelToken, _report: object) -> None:
        started.set()
        while not cancel.is_cancelled:
            time.sleep(0.005)
        ended.set()
        raise Cancelled

    monkeypatch.setattr(runner, "preload", load)
    qtbot.waitUntil(lambda: not studio.worker.is_busy)
    studio.worker.preload("starter")
    assert started.wait(10)
    studio.window.close()
    qtbot.waitUntil(lambda: not studio.window.isVisible())
    assert ended.is_set()
    assert not any("Cancelled" in text for text in studio.window.notices.texts())


def test_closing_does_not_wait_for_ever(
    qtbot: QtBot, studio: Studio, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.ui.window.closing.PATIENCE_SECONDS", 0.1)
    runner.plan = "stuck"
    generate(studio)
    qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].progress is not None)
    studio.window.close()
    qtbot.waitUntil(lambda: not studio.window.isVisible())
    assert studio.worker.is_running
    runner.release.set()
    assert studio.worker.join(10)


def test_a_new_runner_takes_over_between_jobs(qtbot: QtBot, studio: Studio) -> None:
    second = FakeRunner()
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)
    studio.worker.replace_runner(lambda: second)
    generate(studio)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED and len(second.threads) == 1)
