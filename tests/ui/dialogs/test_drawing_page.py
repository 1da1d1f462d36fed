"""The page of the preferences about how pictures are drawn, and what comes of it for a model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.engine.device.devices import Device
from studio.engine.device.residency import Plan, Room
from studio.engine.device.wish import Wish
from studio.engine.models.model_info import ModelInfo
from studio.errors import OutOfMemoryError
from studio.settings import AppSettings
from studio.ui.background.format_timing import FormatTiming
from studio.ui.background.memory_forecasts import MemoryForecasts
from studio.ui.background.worker import GenerationWorker
from studio.ui.dialogs.drawing_page import DrawingPage
from studio.ui.dialogs.setting_fields import Choice
from tests.ui.shell_fakes import FakeRunner

GB = 1 << 30
ROOM = Room(free=8 * GB, total=16 * GB, system_free=8 * GB, is_shared=True)
WHOLE = Plan(room=ROOM, peak=4 * GB)
INK = ModelInfo(id="ink", name="Ink", path=Path("ink.safetensors"), family="sd1", format="single_file", size=1)


def test_what_is_chosen_is_a_wish(qtbot: QtBot) -> None:
    page = DrawingPage(AppSettings(device="cuda:1", precision="float32"), [Choice("cpu", "CPU")])
    qtbot.addWidget(page)
    assert page.wish() == Wish(device="cuda:1", precision="float32")
    with qtbot.waitSignal(page.wished) as said:
        page.memory.setCurrentIndex(page.memory.findData("least"))
    assert said.args == [Wish(device="cuda:1", precision="float32", memory="least")]


def test_the_preferences_hold_it(studio: Studio) -> None:
    dialog = studio.window.services.show_preferences()
    assert not dialog.changes()
    dialog.drawing.memory.setCurrentIndex(dialog.drawing.memory.findData("less"))
    dialog.drawing.precision.setCurrentIndex(dialog.drawing.precision.findData("bfloat16"))
    assert dialog.changes() == {"memory_use": "less", "precision": "bfloat16"}
    dialog.reject()


def test_the_plan_and_what_is_wrong_are_told(qtbot: QtBot) -> None:
    page = DrawingPage(AppSettings(), [])
    qtbot.addWidget(page)
    page.show_plan(INK, WHOLE)
    assert page.told.text() == "Ink: The whole model stays in memory. About 4 GB of 16 GB are used at most."
    page.show_error(OutOfMemoryError("There is no room.", "Make some."))
    assert page.told.text() == "There is no room. Make some."


def test_of_questions_that_wait_only_the_newest_is_answered(qtbot: QtBot) -> None:
    forecasts = MemoryForecasts()
    asked: list[int] = []
    answers: list[tuple[ModelInfo, Plan]] = []
    forecasts.foretold.connect(lambda model, plan: answers.append((model, plan)))
    may_go_on = threading.Event()

    def foretell(number: int) -> Plan:
        asked.append(number)
        may_go_on.wait(10)
        return replace(WHOLE, peak=number)

    for number in (1, 2, 3):
        forecasts.ask(INK, lambda number=number: foretell(number))  # type: ignore[misc]
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert asked == [1, 3]
    assert answers == [(INK, replace(WHOLE, peak=3))]
    with qtbot.waitSignal(forecasts.failed):
        forecasts.ask(INK, lambda: 1 / 0)  # type: ignore[arg-type, return-value]
    with qtbot.waitSignal(forecasts.foretold):
        forecasts.ask(INK, lambda: WHOLE)
    forecasts.stop()


FAST = Device(kind="cpu", index=0, name="CPU", memory=GB, dtype="bfloat16", vae_dtype="float32")


@pytest.fixture
def worker() -> Iterator[GenerationWorker]:
    made = GenerationWorker(FakeRunner)
    made.start()
    yield made
    assert made.join(10)


def page_with(qtbot: QtBot, timing: FormatTiming) -> DrawingPage:
    page = DrawingPage(AppSettings(), [])
    qtbot.addWidget(page)
    page.offer_timing()
    page.timing_asked.connect(lambda: timing.begin(INK, page.wish()))
    page.timing_stopped.connect(timing.cancel)
    timing.progressed.connect(page.show_timing)
    timing.measured.connect(page.show_timed)
    timing.failed.connect(page.show_timing_failed)
    page.show()
    return page


@pytest.mark.parametrize("is_new", [True, False])
def test_formats_are_timed_on_the_worker(qtbot: QtBot, worker: GenerationWorker, is_new: bool) -> None:
    threads: list[str] = []
    may_go_on = threading.Event()

    def measure(model: ModelInfo, wish: Wish, heard: Callable[[float], object]) -> tuple[Device, bool]:
        threads.append(threading.current_thread().name)
        assert (model, wish) == (INK, Wish())
        heard(0.4)
        may_go_on.wait(10)
        return FAST, is_new

    timing, changed = FormatTiming(worker, measure), list[bool]()
    timing.changed.connect(lambda: changed.append(True))
    page = page_with(qtbot, timing)
    page.measure.click()
    qtbot.waitUntil(lambda: page.progress.value() == 400)
    assert (page.measure.isVisible(), page.stop.isVisible()) == (False, True)
    may_go_on.set()
    with qtbot.waitSignal(timing.measured):
        pass
    assert page.timed.text() == "Fastest here: bfloat16, and float32 for the VAE."
    assert (page.measure.isVisible(), page.progress.isVisible(), page.stop.isVisible()) == (True, False, False)
    assert changed == [True] * is_new, "a model that is loaded is loaded anew only for another format"
    assert threads != [threading.current_thread().name]


def test_a_timing_can_be_stopped_and_begun_again(qtbot: QtBot, worker: GenerationWorker) -> None:
    may_go_on = threading.Event()

    def measure(_model: ModelInfo, _wish: Wish, heard: Callable[[float], object]) -> tuple[Device, bool]:
        while not may_go_on.wait(0.01):
            heard(0.4)
        return FAST, False

    timing = FormatTiming(worker, measure)
    page = page_with(qtbot, timing)
    page.measure.click()
    with qtbot.waitSignal(timing.failed):
        page.stop.click()
    assert page.measure.isVisible()
    assert not page.timed.text()
    page.measure.click()
    page.measure.click()  # as by a window that was opened anew: the one before is heard of no more
    may_go_on.set()
    with qtbot.waitSignal(timing.measured):
        pass
    assert page.timed.text()


def test_what_stands_in_the_way_of_a_timing_is_told(qtbot: QtBot, worker: GenerationWorker) -> None:
    def measure(*_given: object) -> tuple[Device, bool]:
        raise OutOfMemoryError("There is no room.", "Make some.")

    page = page_with(qtbot, FormatTiming(worker, measure))
    page.measure.click()
    qtbot.waitUntil(lambda: page.timed.text() == "There is no room. Make some.")
    assert page.measure.isVisible()


def test_without_a_model_nothing_can_be_timed(studio: Studio) -> None:
    dialog = studio.window.services.show_preferences()
    assert not dialog.drawing.measure.isEnabled()
    assert dialog.drawing.measure.toolTip()
    dialog.reject()
