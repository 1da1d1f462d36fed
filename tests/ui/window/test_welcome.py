"""The first start: a page over the canvas that leads to the first picture and then stays away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.engine.models.found_folders import found_folders
from studio.generation.first_picture import FIRST_PROMPTS, FIRST_SEED
from studio.settings import SettingsStore
from studio.ui.window import welcome_actions
from tests.ui.shell_fakes import FakeRunner


@pytest.fixture
def first_start(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A window of somebody who has never seen it, with an empty home."""
    monkeypatch.setattr(welcome_actions.Path, "home", lambda: tmp_path / "nobody")
    studio.store.update(welcomed=False)
    studio.window.welcome.show_first()
    return studio


def test_it_shows_once(first_start: Studio, paths: object) -> None:
    page = first_start.window.welcome.page
    assert page.isVisible()
    page.close_button.click()
    assert not page.isVisible()
    first_start.window.welcome.show_first()
    assert not page.isVisible()
    assert SettingsStore(first_start.store.path).current.welcomed
    first_start.window.actions_by_id["help.welcome"].trigger()
    assert page.isVisible()


def test_it_stops_nobody(first_start: Studio) -> None:
    page = first_start.window.welcome.page
    assert page.width() < first_start.window.canvas.width()
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


@pytest.mark.parametrize("field", ["canvas", "prompt"])
def test_escape_closes_it_wherever_the_keyboard_is(first_start: Studio, field: str) -> None:
    window = first_start.window
    widget = window.canvas if field == "canvas" else window.docks.generate.prompt.prompt
    QTest.keyClick(widget, Qt.Key.Key_Escape)
    assert window.welcome.page.isHidden()


def test_it_gives_way_to_the_first_picture(first_start: Studio, runner: FakeRunner) -> None:
    first_start.window.docks.generate.prompt.prompt.setPlainText("a beautiful beach")
    first_start.window.actions_by_id["generate.start"].trigger()
    assert first_start.window.welcome.page.isHidden()
    assert first_start.store.current.welcomed


def test_it_gives_way_to_a_stroke_beside_it(first_start: Studio) -> None:
    first_start.window.actions_by_id["tool.brush"].trigger()
    QTest.mouseClick(first_start.window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert first_start.window.welcome.page.isHidden()


def test_it_gives_way_to_a_changed_or_opened_picture(first_start: Studio) -> None:
    first_start.window.actions_by_id["layer.add"].trigger()
    assert first_start.window.welcome.page.isHidden()


def test_looking_around_leaves_it_open(first_start: Studio) -> None:
    first_start.window.actions_by_id["view.zoom_in"].trigger()
    first_start.window.actions_by_id["tool.mask_brush"].trigger()
    assert first_start.window.welcome.page.isVisible()


def test_its_first_step_draws(qtbot: QtBot, first_start: Studio, runner: FakeRunner) -> None:
    first_start.window.welcome.page.steps[0].click()
    qtbot.waitUntil(lambda: len(first_start.session.queue.jobs) == 1)
    (job,) = first_start.session.queue.jobs
    assert job.request.settings.prompt in FIRST_PROMPTS.values()
    assert job.request.settings.seed == FIRST_SEED
    assert first_start.window.docks.generate.sampling.seed.is_random()  # the second picture is another one
    assert job.request.settings.tool == "text_to_image"


def test_its_second_step_takes_the_mask_brush(first_start: Studio) -> None:
    first_start.window.welcome.page.steps[1].click()
    assert first_start.window.actions_by_id["tool.mask_brush"].isChecked()


def test_its_third_step_opens_the_timeline(first_start: Studio) -> None:
    first_start.window.welcome.page.steps[2].click()
    assert first_start.window.docks.timeline.isVisible()


def test_theme_and_language_are_chosen_there(first_start: Studio) -> None:
    page = first_start.window.welcome.page
    page.theme.setCurrentIndex(page.theme.findData("light"))
    page.theme.activated.emit(page.theme.currentIndex())
    page.language.setCurrentIndex(page.language.findData("zh_CN"))
    page.language.activated.emit(page.language.currentIndex())
    assert (first_start.store.current.theme, first_start.store.current.language) == ("light", "zh_CN")


def test_models_of_other_programs_are_offered_and_added(
    qtbot: QtBot, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ComfyUI" / "models" / "checkpoints"
    folder.mkdir(parents=True)
    (folder / "a.safetensors").touch()
    monkeypatch.setattr(welcome_actions.Path, "home", lambda: tmp_path)
    studio.window.welcome.show()
    page = studio.window.welcome.page
    qtbot.waitUntil(lambda: page._folders.count() == 1)
    row = page._folders.itemAt(0).widget()
    assert row is not None
    page._add_folder(tmp_path / "ComfyUI", row)
    assert studio.store.current.model_folders == (str(tmp_path / "ComfyUI"),)
    assert not row.isEnabled()
    studio.window.welcome.show()
    studio.window.welcome.join(20)
    QCoreApplication.processEvents()
    assert page._folders.count() == 0


def test_only_folders_that_hold_models_are_found(tmp_path: Path) -> None:
    empty = tmp_path / "stable-diffusion-webui" / "models" / "Stable-diffusion"
    empty.mkdir(parents=True)
    (empty / "put models here.txt").touch()
    assert found_folders(tmp_path) == ()
    (empty / "model.safetensors").touch()
    (tmp_path / "invokeai" / "models" / "sdxl" / "main" / "xl").mkdir(parents=True)
    found = found_folders(tmp_path)
    assert [item.program for item in found] == ["AUTOMATIC1111", "InvokeAI"]
    assert found_folders(tmp_path, (str(empty),)) == found[1:]
