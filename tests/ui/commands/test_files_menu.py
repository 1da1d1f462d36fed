"""Opening and saving through the menus; nothing unsaved is lost."""

from __future__ import annotations

import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import BlendMode, Document, PaintLayer, Raster, Rect, add_layer, filled_mask, replace_layer
from studio.errors import FileError
from studio.files import open_document, save_document
from studio.generation import CancelToken, GenerationSettings
from studio.history import DocumentHistory, StepKind
from studio.ui.dialogs.file_dialog_layout import USUAL_SIZE
from studio.ui.dialogs.new_picture import Canvas
from studio.ui.dialogs.prompts import SaveChoice, WindowPrompts
from studio.ui.widgets.document_name import document_name
from tests.ui.shell_fakes import FakePrompts


def trigger(studio: Studio, action_id: str) -> None:
    studio.window.actions_by_id[action_id].trigger()


def paint(studio: Studio) -> None:
    layer = PaintLayer(name="Dab", raster=Raster.from_array(np.full((8, 8, 4), 200, np.uint8)))
    studio.session.apply(StepKind("test", "Brush stroke"), add_layer(studio.session.document, layer))


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
    trigger(studio, "file.close")
    prompts.files = [path]
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: studio.session.path == path)
    assert [layer.name for layer in studio.session.document.layers] == names
    assert "work.ora" in studio.window.windowTitle()
    assert studio.store.current.recent_files == (str(path),)


def test_a_file_that_could_not_be_read_whole_is_not_saved_over(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    path = tmp_path / "work.ora"
    paint(studio)
    save_document(studio.session.document, path)
    layers = len(studio.session.document.layers)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    dab = max(name for name in parts if name.startswith("data/"))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, b"broken" if name == dab else data)
    before = path.read_bytes()
    prompts.files = [path]
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: studio.session.current.id > 1)
    assert len(studio.session.document.layers) == layers - 1
    told = " ".join(studio.window.notices.texts())
    assert "was left out" in told
    assert "Saving asks for a new file" in told
    trigger(studio, "file.save")
    assert prompts.asked[-1] == "save"
    assert prompts.suggestions[-1] == tmp_path / "work copy.ora"
    assert path.read_bytes() == before


def test_offers_about_a_picture_go_when_another_is_opened(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path, picture: Path
) -> None:
    prompts.save_as = tmp_path / "flat.png"
    paint(studio)
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: any("flat.png" in text for text in studio.window.notices.texts()))
    prompts.files = [picture]
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: studio.session.current.id > 1)
    assert [text for text in studio.window.notices.texts() if "flat.png" in text] == []
    assert any("a beach" in text for text in studio.window.notices.texts())


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


def test_unsaved_changes_are_asked_about_when_a_picture_is_closed(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    paint(studio)
    changed = studio.session.current
    prompts.changes = SaveChoice.CANCEL
    trigger(studio, "file.close")
    assert studio.session.current is changed
    prompts.changes = SaveChoice.SAVE
    prompts.save_as = tmp_path / "kept.ora"
    trigger(studio, "file.close")
    qtbot.waitUntil(lambda: studio.session.current is not changed)
    assert studio.session.current.is_fresh
    assert len(open_document(tmp_path / "kept.ora").document.layers) == len(changed.document.layers)


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


class SlowSaves:
    """Saves that take as long as the test wants, and then succeed or fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started = threading.Event()
        self.release = threading.Event()
        self.error: Exception | None = None
        monkeypatch.setattr("studio.files.save_document", self._save)

    def _save(
        self, document: Document, path: Path, *, settings: GenerationSettings | None = None, **_watch: object
    ) -> tuple[str, ...]:
        self.started.set()
        assert self.release.wait(10)
        if self.error is not None:
            raise self.error
        return save_document(document, path, settings=settings)


@pytest.fixture
def slow_saves(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowSaves]:
    saves = SlowSaves(monkeypatch)
    yield saves
    saves.release.set()


def test_closing_during_a_save_waits_for_it_and_asks_nothing(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, slow_saves: SlowSaves, tmp_path: Path
) -> None:
    path = prompts.save_as = tmp_path / "work.ora"
    paint(studio)
    trigger(studio, "file.save")
    studio.window.close()
    qtbot.wait(50)
    assert studio.window.isVisible()
    slow_saves.release.set()
    qtbot.waitUntil(lambda: not studio.window.isVisible())
    assert prompts.asked == ["save"]
    assert len(open_document(path).document.layers) == len(studio.session.document.layers)


def test_closing_during_a_save_that_fails_keeps_the_window(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, slow_saves: SlowSaves, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "work.ora"
    prompts.changes = SaveChoice.CANCEL
    slow_saves.error = FileError("work.ora could not be saved: the disk is full.")
    paint(studio)
    trigger(studio, "file.save")
    studio.window.close()
    slow_saves.release.set()
    qtbot.waitUntil(lambda: "changes" in prompts.asked)
    assert studio.window.isVisible()
    assert any("disk is full" in text for text in studio.window.notices.texts())


def test_what_is_painted_while_closing_saves_is_asked_about(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, slow_saves: SlowSaves, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "work.ora"
    prompts.changes = SaveChoice.SAVE
    paint(studio)
    studio.window.close()
    assert slow_saves.started.wait(10)
    prompts.changes = SaveChoice.CANCEL
    paint(studio)
    slow_saves.release.set()
    qtbot.waitUntil(lambda: prompts.asked.count("changes") == 2)
    assert studio.window.isVisible()
    assert studio.session.is_modified


def test_what_is_painted_while_a_file_is_read_stays_open_beside_it(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, picture: Path
) -> None:
    prompts.files = [picture]
    trigger(studio, "file.open")
    paint(studio)
    painted = studio.session.current
    qtbot.waitUntil(lambda: studio.session.path == picture)
    assert prompts.asked == ["open"]
    assert painted in studio.session.documents
    assert painted.is_modified


def test_a_flat_file_is_not_left_for_good_before_its_layers_are_given_up(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "flat.png"
    prompts.changes = SaveChoice.SAVE
    paint(studio)
    studio.window.close()
    qtbot.waitUntil(lambda: any("without its layers" in text for text in studio.window.notices.texts()))
    assert studio.window.isVisible()
    press(studio, "Go on without them")
    qtbot.waitUntil(lambda: not studio.window.isVisible())


def test_settings_that_cannot_be_read_any_more_do_not_stop_a_save(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    path = prompts.save_as = tmp_path / "work.ora"
    layer = PaintLayer(name="Result")
    studio.session.apply(
        StepKind("test", "Generate"), add_layer(studio.session.document, layer), settings='{"steps": -5}'
    )
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    assert path.exists()


def test_a_saved_picture_carries_the_settings_of_the_result_that_is_shown(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    results = [
        PaintLayer(name=text, visible=text == "blue boat", settings=GenerationSettings(prompt=text).json())
        for text in ("red boat", "blue boat")
    ]
    document = studio.session.document
    for layer in results:
        document = add_layer(document, layer)
    batch = GenerationSettings(prompt="{red|blue} boat", count=2)
    studio.session.apply(StepKind("test", "Generate"), document, settings=batch.json())
    path = prompts.save_as = tmp_path / "work.png"
    trigger(studio, "file.export")
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: any("Exported" in text for text in studio.window.notices.texts()))
    opened = open_document(path)
    assert opened.settings is not None
    assert opened.settings.prompt == "blue boat"


def test_a_stroke_still_being_drawn_is_saved_too(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    path = prompts.save_as = tmp_path / "work.ora"
    canvas = studio.window.canvas
    trigger(studio, "tool.brush")
    middle = canvas.rect().center()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(canvas, middle + QPoint(20, 10))
    trigger(studio, "file.save")
    qtbot.waitUntil(path.exists)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(20, 10))
    qtbot.waitUntil(lambda: not studio.tasks.is_busy)
    assert any(
        isinstance(layer, PaintLayer) and layer.name == "Layer 1" and layer.raster.tiles
        for layer in open_document(path).document.layers
    )


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


def test_a_damaged_file_that_is_dropped_is_not_called_added(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    studio.window.canvas.files_dropped.emit([broken])
    qtbot.waitUntil(lambda: bool(studio.window.notices.texts()))
    qtbot.waitUntil(lambda: not studio.tasks.is_busy)
    assert not any("was added" in text for text in studio.window.notices.texts())


def test_opening_a_dropped_picture_instead_undoes_nothing_else(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, picture: Path
) -> None:
    studio.window.canvas.files_dropped.emit([picture])
    qtbot.waitUntil(lambda: any("was added" in text for text in studio.window.notices.texts()))
    paint(studio)
    painted = studio.session.document
    prompts.changes = SaveChoice.CANCEL
    press(studio, "Open it instead")
    assert studio.session.document is painted


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
    WindowPrompts(studio.window, studio.store).unsaved_changes("work.ora", answers.append)
    box = studio.window.findChild(QMessageBox)
    button = next(button for button in box.buttons() if button.text() == label)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == [choice]


def test_a_save_is_confirmed_in_the_status_bar(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    prompts.save_as = tmp_path / "work.ora"
    paint(studio)
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: studio.window.statusBar().currentMessage() == "Saved work.ora")


def test_qts_file_dialog_is_wide_and_comes_back_as_it_was_left(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    room = studio.window.screen().availableSize()
    before = QApplication.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    try:
        first = open_dialog(studio, tmp_path)
        header = first.findChild(QTreeView, "treeView").header()
        wanted = header.fontMetrics().horizontalAdvance("a long name of a picture.png")
        qtbot.waitUntil(lambda: header.sectionSize(0) > wanted)
        assert first.width() == min(USUAL_SIZE.width(), room.width() - 16)
        first.resize(700, 480)
        header.resizeSection(3, 200)
        first.reject()
        second = open_dialog(studio, tmp_path)
        assert (second.width(), second.height()) == (700, 480)
        assert second.findChild(QTreeView, "treeView").header().sectionSize(3) == 200
        second.reject()
    finally:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, before)


def open_dialog(studio: Studio, folder: Path) -> QFileDialog:
    known = set(studio.window.findChildren(QFileDialog))
    WindowPrompts(studio.window, studio.store).open_paths("Open", folder, "Pictures (*.png)", lambda _paths: None)
    return next(dialog for dialog in studio.window.findChildren(QFileDialog) if dialog not in known)


def test_offers_about_a_picture_go_when_another_one_is_recovered(studio: Studio, tmp_path: Path) -> None:
    made_by = GenerationSettings(prompt="a beach")
    save_document(studio.session.document, tmp_path / "a.ora", settings=made_by)
    studio.window.opening.show_opened(tmp_path / "a.ora", open_document(tmp_path / "a.ora"))
    assert any("carries the settings" in text for text in studio.window.notices.texts())
    recovered = DocumentHistory(studio.session.document, StepKind("test", "Recovered"), budget=1 << 20)
    studio.session.restore_history(recovered)
    assert not any("carries the settings" in text for text in studio.window.notices.texts())


@pytest.fixture
def three_files(tmp_path: Path, studio: Studio) -> list[Path]:
    files = [tmp_path / f"{name}.ora" for name in "abc"]
    for path in files:
        save_document(studio.session.document, path)
    return files


def names_of(studio: Studio) -> list[str]:
    return [document_name(document) for document in studio.session.documents]


def test_several_files_open_beside_each_other_and_one_that_is_open_is_shown(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, three_files: list[Path], tmp_path: Path
) -> None:
    prompts.files = three_files
    trigger(studio, "file.open")
    qtbot.waitUntil(lambda: names_of(studio) == ["a.ora", "b.ora", "c.ora"])
    (tmp_path / "link.ora").symlink_to(three_files[0])
    prompts.files = [tmp_path / "link.ora"]
    trigger(studio, "file.open")
    assert studio.session.path == three_files[0]
    studio.window.canvas.files_dropped.emit(three_files[1:])
    assert studio.session.path == three_files[2]
    studio.show_again([three_files[1]])
    assert studio.session.path == three_files[1]
    assert not studio.tasks.is_busy
    assert len(studio.session.documents) == 3


def test_a_file_that_is_asked_for_twice_is_open_once(qtbot: QtBot, studio: Studio, three_files: list[Path]) -> None:
    studio.show_again([three_files[0], three_files[0]])
    studio.show_again([three_files[0]])
    qtbot.waitUntil(lambda: not studio.tasks.is_busy)
    assert names_of(studio) == ["a.ora"]


def open_and_paint(qtbot: QtBot, studio: Studio, files: list[Path]) -> None:
    """All but the first are changed."""
    studio.window.opening.open_all(files)
    qtbot.waitUntil(lambda: len(studio.session.documents) == len(files))
    for document in studio.session.documents[1:]:
        studio.session.show(document)
        paint(studio)


def test_closing_asks_once_about_all_unsaved_pictures(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, three_files: list[Path]
) -> None:
    open_and_paint(qtbot, studio, three_files)
    before = [path.read_bytes() for path in three_files]
    prompts.several = None
    studio.window.close()
    assert (prompts.asked, prompts.names) == (["several"], ["b.ora", "c.ora"])
    assert studio.window.isVisible()
    prompts.several = frozenset({1})
    studio.window.close()
    qtbot.waitUntil(lambda: not studio.window.isVisible())
    assert prompts.asked == ["several", "several"]
    assert [path.read_bytes() == old for path, old in zip(three_files, before, strict=True)] == [True, True, False]
    assert len(open_document(three_files[2]).document.layers) == 3


def test_closing_stays_when_one_of_several_is_not_saved(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, three_files: list[Path]
) -> None:
    open_and_paint(qtbot, studio, three_files)
    studio.window.opening.start_new(Canvas())
    paint(studio)
    prompts.several = frozenset({0, 1, 2})
    studio.window.close()  # nobody says where the new one goes to
    qtbot.waitUntil(lambda: "save" in prompts.asked)
    assert studio.window.isVisible()
    assert [document.is_modified for document in studio.session.documents] == [False, False, False, True]
    assert studio.session.current is studio.session.documents[3]


def test_two_pictures_never_count_as_saved_in_one_file(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, three_files: list[Path]
) -> None:
    studio.window.opening.open_all(three_files[:2])
    qtbot.waitUntil(lambda: len(studio.session.documents) == 2)
    first, _second = studio.session.documents
    prompts.save_as = three_files[0]
    trigger(studio, "file.save_as")
    qtbot.waitUntil(lambda: studio.session.path == three_files[0])
    assert first.path is None
    assert first.is_modified
    assert names_of(studio) == ["Untitled", "a.ora"]


def test_a_save_goes_to_the_picture_it_was_asked_for(
    qtbot: QtBot, studio: Studio, slow_saves: SlowSaves, three_files: list[Path]
) -> None:
    open_and_paint(qtbot, studio, three_files)
    trigger(studio, "file.save")
    first, second, third = studio.session.documents
    studio.session.show(first)
    slow_saves.release.set()
    qtbot.waitUntil(lambda: not third.is_modified)
    assert second.is_modified
    assert [document.path for document in studio.session.documents] == three_files


def test_a_file_opens_as_a_layer_of_the_picture_it_was_asked_for(
    qtbot: QtBot, studio: Studio, three_files: list[Path]
) -> None:
    studio.window.opening.open_all(three_files[:2])
    qtbot.waitUntil(lambda: len(studio.session.documents) == 2)
    first, second = studio.session.documents
    studio.window.opening.open_as_layers([three_files[2]])
    studio.session.show(first)
    qtbot.waitUntil(lambda: len(second.document.layers) == 3)
    assert len(first.document.layers) == 2


def test_what_photoshop_lacks_is_asked_about_once_and_then_told_only_if_it_changes(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, tmp_path: Path
) -> None:
    path = prompts.save_as = tmp_path / "work.psd"
    paint(studio)
    masked = studio.session.document.with_generation_mask(filled_mask(Rect(0, 0, 4, 4)))
    studio.session.apply(StepKind("test", "Mask"), masked)
    prompts.agrees = False
    trigger(studio, "file.save_as")
    qtbot.waitUntil(lambda: prompts.asked == ["save", "losses"])
    assert prompts.names == ["The generation mask is not kept."]
    assert not path.exists()
    prompts.agrees = True
    trigger(studio, "file.save_as")
    qtbot.waitUntil(lambda: studio.session.path == path)
    assert len(open_document(path).document.layers) == len(masked.layers)
    paint(studio)
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    assert not any("work.psd:" in text for text in studio.window.notices.texts())
    document = studio.session.document
    hole = replace_layer(document, document.layers[-1].id, blend_mode=BlendMode.DESTINATION_OUT)
    studio.session.apply(StepKind("test", "Mode"), hole)
    trigger(studio, "file.save")
    qtbot.waitUntil(lambda: any("'Dab' blends in a mode" in text for text in studio.window.notices.texts()))


def test_a_long_save_offers_to_stop_and_keeps_the_picture_unsaved(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def endless(*_: object, cancel: CancelToken, report: Callable[[float], object], **_more: object) -> tuple[str, ...]:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            cancel.raise_if_cancelled()
            report(0.01)
            time.sleep(0.01)
        return ()

    monkeypatch.setattr("studio.files.save_document", endless)
    monkeypatch.setattr("studio.system.time_left.SURE_AFTER", 0.0)
    prompts.save_as = tmp_path / "work.psd"
    paint(studio)
    trigger(studio, "file.save_as")
    qtbot.waitUntil(lambda: any("is being saved" in text for text in studio.window.notices.texts()))
    press(studio, "Cancel")
    qtbot.waitUntil(lambda: any("work.psd was not saved" in text for text in studio.window.notices.texts()))
    assert studio.window.isWindowModified()
