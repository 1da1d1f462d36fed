"""The gallery in the window: what is drawn is there, used or not, and nothing about it stops anybody."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.errors import FileError
from studio.files.gallery import picture_files
from studio.files.gallery.gallery import Gallery
from studio.files.gallery.values import GalleryEntry, GalleryQuery
from studio.session import JobStatus
from studio.ui.dialogs.settings_difference import SettingsDifferenceDialog
from studio.ui.panels.gallery.gallery_panel import GalleryPanel
from tests.ui.shell_fakes import FakePrompts
from tests.ui.window.test_jobs import generate, last_status


def draw(qtbot: QtBot, studio: Studio, prompt: str = "a beach", seed: int = 5) -> None:
    """One picture, kept or refused by the time this is over."""
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(seed=seed))
    generate(studio, prompt)
    qtbot.waitUntil(lambda: last_status(studio) is JobStatus.FINISHED)
    qtbot.waitUntil(lambda: not studio.gallery.is_busy)


def kept(studio: Studio) -> list[GalleryEntry]:
    with closing(Gallery.open(studio.paths.gallery)) as gallery:
        return list(gallery.entries(gallery.search(GalleryQuery()).ids))


def shown(qtbot: QtBot, studio: Studio, count: int) -> GalleryPanel:
    """The panel, in sight, once it shows so many pictures."""
    studio.window.actions_by_id["generate.gallery"].trigger()
    panel = studio.window.docks.gallery.panel
    qtbot.waitUntil(lambda: panel.model.rowCount() == count and not panel.is_searching)
    qtbot.waitUntil(lambda: all(panel.model.entry_at(row) is not None for row in range(count)))
    return panel


def test_what_is_drawn_is_in_the_gallery_also_when_it_was_undone(qtbot: QtBot, studio: Studio) -> None:
    assert not studio.window.docks.gallery.is_made, "nobody has seen it"
    draw(qtbot, studio, "a beach at noon", seed=41)
    studio.window.actions_by_id["edit.undo"].trigger()
    panel = shown(qtbot, studio, 1)
    assert panel.filters.search.hasFocus()
    (entry,) = kept(studio)
    assert (entry.prompt, entry.seed, entry.width) == ("a beach at noon", 41, 64)
    draw(qtbot, studio, "a cat")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)


def test_the_switch_in_the_preferences(qtbot: QtBot, studio: Studio) -> None:
    dialog = studio.window.services.show_preferences()
    assert dialog.keeps_drawn.isChecked(), "what was not kept cannot be had back"
    dialog.keeps_drawn.setChecked(False)
    assert not dialog.gallery.isEnabled()
    dialog.accept()
    draw(qtbot, studio)
    assert not studio.paths.gallery.exists()
    panel = shown(qtbot, studio, 0)
    assert "is off" in panel.guide.text.text()
    assert panel.guide.preferences.isVisible()
    studio.window.services.apply_changes({"keeps_drawn": True})
    draw(qtbot, studio)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)


def test_a_copy_is_opened_that_saving_asks_a_file_for(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    draw(qtbot, studio, "a beach", seed=9)
    panel = shown(qtbot, studio, 1)
    panel.view.selectAll()
    for count in (2, 3):  # a second copy does not take the place of the first
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda wanted=count: len(studio.session.documents) == wanted)
    current = studio.session.current
    assert (current.document.width, current.path, current.is_modified) == (64, None, False)
    assert current.document.layers[0].name == "a beach"
    prompts.save_as = tmp_path / "mine.png"
    studio.window.actions_by_id["file.save"].trigger()
    qtbot.waitUntil((tmp_path / "mine.png").exists)
    assert prompts.suggestions[0].parent != studio.paths.gallery
    from studio.files import open_document

    assert open_document(tmp_path / "mine.png").settings.seed == 9


def _drop(widget: QWidget, data: QMimeData) -> None:
    kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
    for kind in kinds:
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(20, 10), Qt.DropAction.CopyAction, data, buttons, keys, kind)
        QApplication.sendEvent(widget, event)


def test_pictures_dropped_on_the_canvas_become_layers_and_on_the_tabs_pictures(qtbot: QtBot, studio: Studio) -> None:
    draw(qtbot, studio, "a beach")
    draw(qtbot, studio, "a cat")
    panel = shown(qtbot, studio, 2)
    layers = len(studio.session.document.layers)
    data = panel.model.mimeData([panel.model.index(0), panel.model.index(1)])
    _drop(studio.window.canvas, data)
    qtbot.waitUntil(lambda: len(studio.session.document.layers) == layers + 2)
    assert {layer.name for layer in studio.session.document.layers[-2:]} == {"a beach", "a cat"}
    _drop(studio.window.tabs, data)
    qtbot.waitUntil(lambda: len(studio.session.documents) == 3)
    assert studio.session.current.path is None


def test_pictures_are_compared_used_again_and_deleted(qtbot: QtBot, studio: Studio) -> None:
    draw(qtbot, studio, "a beach", seed=1)
    draw(qtbot, studio, "a cat", seed=2)
    panel = shown(qtbot, studio, 2)
    panel.view.selectAll()
    panel.bar.compare.click()
    qtbot.waitUntil(lambda: bool(studio.window.findChildren(SettingsDifferenceDialog)))
    (dialog,) = studio.window.findChildren(SettingsDifferenceDialog)
    table = dialog.table
    rows = [[table.item(row, column).text() for column in range(3)] for row in range(1, table.rowCount())]
    assert rows == [["Prompt", "a cat", "a beach"], ["Seed", "2", "1"]]
    dialog.all.setChecked(True)
    names = {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}
    assert (names["Tool"], names["LoRAs"]) == ("Text to image", "none")
    dialog.reject()
    panel.view.setCurrentIndex(panel.model.index(1))
    panel.bar.reuse.click()
    qtbot.waitUntil(lambda: studio.window.docks.generate.settings().prompt == "a beach")
    assert studio.window.docks.generate.settings().seed == 1
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert len(list(studio.paths.gallery.rglob("*.png"))) == 2, "it can be had back"
    qtbot.waitUntil(lambda: not studio.gallery.is_busy)
    studio.gallery.close()
    assert len(list(studio.paths.gallery.rglob("*.png"))) == 1


def _no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _write: object) -> None:
        raise FileError("{file} could not be saved: {reason}.", file=path.name, reason="no space left on the disk")

    monkeypatch.setattr(picture_files, "write_atomically", full)


def test_trouble_is_told_once_and_drawing_goes_on(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "no space left"
    _no_room(monkeypatch)
    layers = len(studio.session.document.layers)
    draw(qtbot, studio)
    (told,) = [text for text in studio.window.notices.texts() if words in text]
    studio.window.notices.clear("gallery")
    draw(qtbot, studio)
    assert told not in studio.window.notices.texts(), "once is enough"
    assert len(studio.session.document.layers) == layers + 2, "both pictures are there"
    monkeypatch.undo()
    draw(qtbot, studio)
    assert kept(studio)
    _no_room(monkeypatch)
    draw(qtbot, studio)
    assert any(words in text for text in studio.window.notices.texts()), "it is another time"


def test_what_has_to_go_for_want_of_room_is_said_once(qtbot: QtBot, studio: Studio) -> None:
    studio.store.update(gallery_megabytes=64)
    draw(qtbot, studio, "a beach")
    with closing(Gallery.open(studio.paths.gallery)) as gallery:
        gallery._connection.execute("UPDATE picture SET size = ?", (64 * 1024**2,))
    draw(qtbot, studio, "a cat")
    assert [entry.prompt for entry in kept(studio)] == ["a cat"]
    (text,) = [each for each in studio.window.notices.texts() if "gallery is full" in each]
    assert "So far: 1" in text
    panel = shown(qtbot, studio, 1)
    assert "1 dropped" in panel.bar.amount.text()
