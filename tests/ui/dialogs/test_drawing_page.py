"""The page of the preferences about how pictures are drawn, and what comes of it for a model."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.engine.device.residency import Plan, Room
from studio.engine.device.wish import Wish
from studio.engine.models.model_info import ModelInfo
from studio.errors import OutOfMemoryError
from studio.settings import AppSettings
from studio.ui.background.memory_forecasts import MemoryForecasts
from studio.ui.dialogs.drawing_page import DrawingPage
from studio.ui.dialogs.setting_fields import Choice

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
