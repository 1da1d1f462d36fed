"""Opening and saving through the menus; nothing unsaved is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from shell_fakes import FakePrompts

from studio.app import Studio
from studio.document import PaintLayer, Raster, add_layer
from studio.files import open_document, save_document
from studio.generation import GenerationSettings
from studio.ui.dialogs.prompts import SaveChoice, WindowPrompts


def trigger(studio: Studio, action_id: str) -> None:
    studio.window.actions_by_id[action_id].trigger()


def paint(studio: Studio) -> None:
    layer = PaintLayer(name="Dab", raster=Raster.from_array(np.full((8, 8, 4), 200, np.uint8)))
    studio.session.apply("Brush stroke", add_layer(studio.session.document, layer))


def press(studio: Studio, label: str) -> None:
    """Press the button of a notice."""
    buttons = [button for button in studio.window.notices.findChildren(QPushButton) if button.text() == label]
    buttons[0].click()


@pytest.fixture
def picture(tmp_path: Path, studio: Studio) -> Path:
    """A PNG that carries its settings."""
    path = tmp_path / "beach.png"
    save_document(studio.session.document, path, settings=GenerationSettings(prompt="a beach", seed=77))
    return path


def test_save_asks_for_a_file_once_and_open_brings_the_layers_back(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    path = prompts.save_as = tmp_path / "work.ora"
    paint(studio)
    assert studio.window.isWindowModified()
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    assert path.exists()
    paint(studio)
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    assert prompts.asked == ["save"]
    names = [layer.name for layer in studio.session.document.layers]
    prompts.files = [path]
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: studio.session.document_key == 1)
    assert [layer.name for layer in studio.session.document.layers] == names
    assert "work.ora" in studio.window.windowTitle()
    assert studio.store.current.recent_files == (str(path),)


def test_a_picture_offers_the_settings_it_was_made_with(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, picture: Path
) -> None:
    prompts.files = [picture]
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: any("a beach" in text for text in studio.window.notices.texts()))
    press(studio, "Use its settings")
    settings = studio.window.docks.generate.settings()
    assert (settings.prompt, settings.seed) == ("a beach", 77)


def test_a_damaged_file_is_told_and_changes_nothing(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    before = studio.session.document
    prompts.files = [broken]
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: any("broken.png" in text for text in studio.window.notices.texts()))
    assert studio.session.document is before


def test_unsaved_changes_are_asked_about(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, picture: Path, tmp_path: Path
) -> None:
    paint(studio)
    changed = studio.session.document
    prompts.files = [picture]
    prompts.changes = SaveChoice.CANCEL
    trigger(studio, "file.open")
    assert studio.session.document is changed
    prompts.changes = SaveChoice.SAVE
    prompts.save_as = tmp_path / "kept.ora"
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: studio.session.path == picture)
    assert len(open_document(tmp_path / "kept.ora").document.layers) == len(changed.layers)


def test_a_save_that_fails_keeps_the_old_file_and_the_unsaved_state(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "missing" / "work.ora"
    paint(studio)
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: any("work.ora" in text for text in studio.window.notices.texts()))
    assert studio.session.is_modified
    prompts.changes = SaveChoice.SAVE
    studio.window.close()
    qtbot.wait(100)
    assert studio.window.isVisible(), "the window must not close over a failed save"


def test_a_stroke_during_a_save_stays_unsaved(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "work.ora"
    paint(studio)
    trigger(studio, "file.save")
    paint(studio)
    qtbot.waitUntil(lambda: studio.session.path is not None)
    assert studio.session.is_modified


def test_export_leaves_the_picture_its_own_file(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "flat.jpg"
    paint(studio)
    trigger(studio, "file.export")
    qtbot.waitUntil(lambda: prompts.save_as is not None and prompts.save_as.exists())
    qtbot.waitUntil(lambda: not studio.tasks.is_busy)
    assert studio.session.path is None
    assert studio.session.is_modified


def test_saving_flat_says_that_layers_are_not_kept(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "flat.png"
    paint(studio)
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: any("without its layers" in text for text in studio.window.notices.texts()))


def test_dropped_pictures_become_layers(qtbot: QtBot, studio: Studio, picture: Path) -> None:
    layers = len(studio.session.document.layers)
    studio.window.canvas.files_dropped.emit([picture])
    qtbot.waitUntil(lambda: len(studio.session.document.layers) == layers + 1)
    press(studio, "Open it instead")
    qtbot.waitUntil(lambda: studio.session.path == picture)


def test_recent_files_are_listed_and_can_be_forgotten(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, picture: Path
) -> None:
    prompts.files = [picture]
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: studio.session.path == picture)
    entries = [action.text() for action in studio.window.menus.recent.actions()]
    assert entries[0] == "beach.png"
    trigger(studio, "file.clear_recent")
    assert studio.store.current.recent_files == ()


def test_a_new_picture(qtbot: QtBot, studio: Studio) -> None:
    from studio.ui.dialogs.new_picture import NewPictureDialog

    trigger(studio, "file.new")
    dialog = studio.window.findChild(NewPictureDialog)
    dialog.width_box.setValue(300)
    dialog.height_box.setValue(200)
    dialog.accept_button.click()
    assert (studio.session.document.width, studio.session.document.height) == (300, 200)


def test_a_picture_from_another_program_is_pasted_in_the_middle(qtbot: QtBot, studio: Studio) -> None:
    image = QImage(20, 10, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 200, 30))
    QGuiApplication.clipboard().setImage(image)
    trigger(studio, "edit.paste")
    layer = studio.session.document.active_paint_layer
    assert layer is not None
    box = layer.raster.bounds()
    canvas = studio.session.document.canvas
    assert (box.width, box.height) == (20, 10)
    assert box.x + box.width // 2 == canvas.width // 2


@pytest.mark.parametrize(
    ("label", "choice"),
    [("Save", SaveChoice.SAVE), ("Don't Save", SaveChoice.DISCARD), ("Cancel", SaveChoice.CANCEL)],
)
def test_the_question_about_changes(qtbot: QtBot, studio: Studio, label: str, choice: SaveChoice) -> None:
    answers: list[SaveChoice] = []
    WindowPrompts(studio.window).unsaved_changes("work.ora", answers.append)
    box = studio.window.findChild(QMessageBox)
    button = next(button for button in box.buttons() if button.text() == label)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == [choice]
