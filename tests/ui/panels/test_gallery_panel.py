"""The Gallery panel: searching, rating, deleting, using again, dragging."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.document import Raster, Rect, new_document
from studio.files.gallery.access import GalleryAccess, keep
from studio.files.gallery.values import Drawn
from studio.generation import GenerationResult, GenerationSettings
from studio.generation.grids import CellPicture, DrawnGrid
from studio.paths import Paths
from studio.session import Session
from studio.settings import AppSettings
from studio.ui.background.gallery_work import GalleryWork
from studio.ui.panels.gallery.gallery_panel import GalleryPanel
from studio.ui.widgets.dragged_pictures import marked_files
from tests.fake_worker import FakeWorker
from tests.files.test_gallery import PLENTY, drawn
from tests.ui.panels.panel_commands import Commands


@pytest.fixture
def pictures() -> list[Drawn]:
    """The last one is the newest."""
    return [drawn("old sea", seed=1), drawn("红色的猫", seed=2, steps=30), drawn("a palm", seed=3, model="other")]


@pytest.fixture
def work(session: Session, paths: Paths, pictures: list[Drawn]) -> Iterator[GalleryWork]:
    access = GalleryAccess(paths.gallery)
    keep(access, pictures, PLENTY)
    access.close()
    made = GalleryWork(session, paths, AppSettings)
    yield made
    made.close()


@pytest.fixture
def panel(qtbot: QtBot, work: GalleryWork, commands: Commands) -> GalleryPanel:
    made = GalleryPanel(work, commands.actions)
    qtbot.addWidget(made)
    made.resize(320, 520)
    made.show()
    qtbot.waitUntil(lambda: not made.is_searching and _shown(made) == made.model.rowCount())
    return made


def _shown(panel: GalleryPanel) -> int:
    """How many pictures were read."""
    return sum(panel.model.entry_at(row) is not None for row in range(panel.model.rowCount()))


def _prompts(panel: GalleryPanel) -> list[str]:
    known = (panel.model.entry_at(row) for row in range(panel.model.rowCount()))
    return [entry.prompt for entry in known if entry is not None]


def _select(panel: GalleryPanel, *rows: int) -> None:
    selection = panel.view.selectionModel()
    selection.clearSelection()
    for row in rows:
        selection.setCurrentIndex(panel.model.index(row), QItemSelectionModel.SelectionFlag.Select)


def test_the_newest_is_first_and_is_told_of(panel: GalleryPanel) -> None:
    assert _prompts(panel) == ["a palm", "红色的猫", "old sea"]
    assert panel.bar.amount.text().startswith("Pictures: 3, ")
    assert not panel.bar.open.isEnabled()
    _select(panel, 1)
    assert panel.bar.prompt.text() == "红色的猫"
    assert "60×40" in panel.bar.facts.text()
    assert panel.bar.reuse.isEnabled()
    assert not panel.bar.compare.isEnabled()


def test_typing_finds_and_clearing_shows_all_again(qtbot: QtBot, panel: GalleryPanel) -> None:
    panel.filters.search.setText("猫")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert panel.bar.amount.text() == "Pictures: 1 of 3"
    panel.filters.search.setText("nothing is like this")
    qtbot.waitUntil(panel.guide.isVisible)
    assert panel.guide.text.text() == "No picture is like that."
    panel.guide.everything.click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert panel.view.isVisible()


def test_filters_offer_the_models_that_drew(qtbot: QtBot, panel: GalleryPanel) -> None:
    box = panel.filters.model
    assert [box.itemText(row) for row in range(box.count())] == ["Model", "other", "starter"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert box.currentText() == "other"


def test_keys_rate_what_is_selected(qtbot: QtBot, panel: GalleryPanel, work: GalleryWork) -> None:
    _select(panel, 0, 2)
    with qtbot.waitSignal(work.changed):
        qtbot.keyClick(panel.view, Qt.Key.Key_4)
    assert [panel.model.entry_at(row).rating for row in range(3)] == [4, 0, 4]  # type: ignore[union-attr]
    panel.filters.rating.setCurrentIndex(4)
    panel.filters.rating.activated.emit(4)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    assert panel.bar.stars.isEnabled()
    with qtbot.waitSignal(work.changed):
        panel.bar.stars.buttons[3].click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)


def test_deleting_can_be_undone(qtbot: QtBot, panel: GalleryPanel) -> None:
    _select(panel, 0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2)
    _select(panel, 0)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert panel.removed.label.text() == "2 pictures deleted"
    panel.removed.undo.click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert panel.removed.isHidden()


def test_what_stays_selected_after_another_picture_came(
    qtbot: QtBot, panel: GalleryPanel, work: GalleryWork, paths: Paths
) -> None:
    _select(panel, 1)
    access = GalleryAccess(paths.gallery)
    keep(access, [drawn("newest")], PLENTY)
    access.close()
    work.changed.emit()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    assert panel.view.rows() == [2]
    assert panel.bar.prompt.text() == "红色的猫"


def test_cells_of_a_grid_are_kept_with_all_that_draws_them(
    qtbot: QtBot, panel: GalleryPanel, session: Session, worker: FakeWorker
) -> None:
    settings = GenerationSettings(prompt="a boat", steps=7, guidance_scale=3.5, width=64, height=64)
    pixels = np.full((48, 64, 4), 255, np.uint8)
    pixels[:3] = 0
    raster = Raster.from_array(pixels, 100, 70)
    new = tuple(
        CellPicture(raster=raster, rect=Rect(100, 70, 64, 48), settings=settings.with_changes(seed=seed))
        for seed in (5, 6)
    )
    session.queue.start(session.current, settings)
    request, _, callbacks = worker.submitted[-1]
    grid = DrawnGrid(document=new_document(200, 200), drawn=2, count=2, new=new)
    callbacks.finished(GenerationResult(request=request, images=(), timings={}, grid=grid))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5 and _shown(panel) == 5)
    entries = [panel.model.entry_at(row) for row in range(2)]
    assert sorted(entry.seed for entry in entries if entry is not None) == [5, 6]
    for entry in entries:
        assert entry is not None
        assert (entry.width, entry.height) == (64, 48)
        assert entry.settings_read() == settings.with_changes(seed=entry.seed)


def test_settings_are_used_again(qtbot: QtBot, panel: GalleryPanel) -> None:
    _select(panel, 2)
    with qtbot.waitSignal(panel.reuse_requested) as caught:
        panel.bar.reuse.click()
    assert caught.args is not None
    assert isinstance(caught.args[0], GenerationSettings)
    assert (caught.args[0].prompt, caught.args[0].seed) == ("old sea", 1)


def test_pictures_are_opened_and_made_layers(qtbot: QtBot, panel: GalleryPanel) -> None:
    _select(panel, 0, 1)
    with qtbot.waitSignal(panel.open_requested) as opened:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.layers_requested) as layers:
        panel.bar.layers.click()
    assert opened.args == layers.args
    assert all(path.is_file() for path in opened.args[0])  # type: ignore[index]


def test_a_file_that_is_gone_is_said_and_its_settings_stay(qtbot: QtBot, panel: GalleryPanel) -> None:
    _select(panel, 0)
    panel.model.path_at(0).unlink()
    with qtbot.waitSignal(panel.message) as caught:
        panel.bar.open.click()
    assert caught.args is not None
    assert "gone from the gallery's folder" in caught.args[0]
    panel.model.forget()
    qtbot.waitUntil(lambda: _shown(panel) == 3)
    assert panel.bar.facts.text() == "Its file is gone from the disk."
    with qtbot.waitSignal(panel.reuse_requested):
        panel.bar.reuse.click()


def test_a_drag_takes_files_marked_as_the_gallerys_and_never_moves_them(panel: GalleryPanel) -> None:
    data = panel.model.mimeData([panel.model.index(0), panel.model.index(2)])
    files = marked_files(data)
    assert [path.suffix for path in files] == [".png", ".png"]
    assert all(path.is_file() for path in files)
    assert [Path(url.toLocalFile()) for url in data.urls()] == files
    assert panel.model.supportedDragActions() == Qt.DropAction.CopyAction


def test_the_menu_offers_what_is_of_use(panel: GalleryPanel) -> None:
    _select(panel, 0, 1)
    menu = QMenu(panel)
    panel.fill_menu(menu)
    of_use = {action.text(): action.isEnabled() for action in menu.actions()}
    assert of_use == {
        "Open as a new picture": True,
        "Add as a layer": True,
        "Use settings": False,
        "Compare settings": True,
        "Delete": True,
        "Rating": True,
    }


def test_two_pictures_are_compared(qtbot: QtBot, panel: GalleryPanel) -> None:
    _select(panel, 1, 2)
    with qtbot.waitSignal(panel.compare_requested) as caught:
        panel.bar.compare.click()
    assert caught.args is not None
    assert [entry.seed for entry in caught.args] == [2, 1]


class TestWithoutPictures:
    @pytest.fixture
    def pictures(self) -> list[Drawn]:
        return []

    def test_an_empty_gallery_guides(self, panel: GalleryPanel) -> None:
        assert panel.guide.isVisible()
        assert "Every picture that you generate is kept here" in panel.guide.text.text()
        assert panel.guide.preferences.isHidden()
