"""The Gallery panel: everything that was drawn, to be found, rated and used again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from studio.errors import SettingError
from studio.files.gallery.values import MOST_STARS, Found, GalleryEntry, GalleryFacts
from studio.generation import GenerationSettings
from studio.ui.background.background import Run
from studio.ui.background.gallery_work import GalleryWork
from studio.ui.panels.gallery.gallery_bar import GalleryBar
from studio.ui.panels.gallery.gallery_delegate import stars_text
from studio.ui.panels.gallery.gallery_filters import GalleryFilters
from studio.ui.panels.gallery.gallery_guide import GalleryGuide
from studio.ui.panels.gallery.gallery_model import GalleryModel
from studio.ui.panels.gallery.gallery_view import GalleryView
from studio.ui.panels.gallery.removed_row import RemovedRow
from studio.ui.style.icons import icon
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.dragged_pictures import MOST_OPENED, too_many_text
from studio.ui.widgets.notice_bar import error_text

if TYPE_CHECKING:
    from studio.files.gallery.gallery import Gallery


class GalleryPanel(QWidget):
    """Signals: ``open_requested(list)`` and ``layers_requested(list)`` with the files of pictures to open, or to put
    into the document; ``reuse_requested(GenerationSettings)``; ``compare_requested(GalleryEntry, GalleryEntry)``;
    ``message(str)`` why something was not possible; ``close_requested()`` by the button for that.
    """

    open_requested = Signal(list)
    layers_requested = Signal(list)
    reuse_requested = Signal(GenerationSettings)
    compare_requested = Signal(object, object)
    message = Signal(str)
    close_requested = Signal()

    def __init__(self, work: GalleryWork, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._search: Run | None = None
        self.filters = GalleryFilters(self)
        self.model = GalleryModel(work, self)
        self.view = GalleryView(self.model, self)
        self.guide = GalleryGuide(actions, self)
        self.removed = RemovedRow(self)
        self.bar = GalleryBar(self)
        self._arrange()
        self._connect()
        self.bar.show_selected(0, ())

    def refresh(self) -> None:
        """Search anew; a panel that is not seen does when it is."""
        if self.isVisible():
            self._look()

    def begin_search(self) -> None:
        """Let a text be typed to search for."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    @property
    def is_searching(self) -> bool:
        """Whether the answer to the last search is still to come."""
        return self._search is not None

    def selected(self) -> tuple[int, ...]:
        """The ids of the selected pictures, from the top."""
        return self.model.ids(self.view.rows())

    # --- what can be done -------------------------------------------------------------------------

    def rate(self, stars: int) -> None:
        """Give the selected pictures so many stars."""
        ids = self.selected()
        if ids:
            self.model.show_rating(ids, stars)
            self._work.change(lambda gallery: gallery.rate(ids, stars), self._not_changed)

    def delete(self) -> None:
        """Delete the selected pictures; that can be undone."""
        ids = self.selected()
        if ids:
            self._work.remove(ids)
            self.removed.show_removed(ids)

    def open_selected(self) -> None:
        """Open the selected pictures as new ones."""
        self._with_files(self.open_requested.emit)

    def add_as_layers(self) -> None:
        """Put the selected pictures into the document."""
        self._with_files(self.layers_requested.emit)

    def reuse(self) -> None:
        """Show the settings of the selected picture in the Generate panel."""
        self._with_entries(1, lambda entries: self._reuse(entries[0]))

    def compare(self) -> None:
        """Show how the settings of the two selected pictures differ."""
        self._with_entries(2, lambda entries: self.compare_requested.emit(*entries))

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the selected pictures into ``menu``."""
        count = len(self.view.rows())
        for text, name, act, is_of_use in (
            (self.tr("Open as a new picture"), "open", self.open_selected, count > 0),
            (self.tr("Add as a layer"), "layer-add", self.add_as_layers, count > 0),
            (self.tr("Use settings"), "reuse", self.reuse, count == 1),
            (self.tr("Compare settings"), "differences", self.compare, count == 2),
            (self.tr("Delete"), "trash", self.delete, count > 0),
        ):
            action = menu.addAction(icon(name), text)
            action.setEnabled(is_of_use)
            action.triggered.connect(lambda _checked=False, do=act: do())
        rating = menu.addMenu(icon("star"), self.tr("Rating"))
        rating.setEnabled(count > 0)
        for stars in range(MOST_STARS + 1):
            rating.addAction(stars_text(stars)).triggered.connect(lambda _checked=False, to=stars: self.rate(to))

    def _reuse(self, entry: GalleryEntry) -> None:
        settings = entry.settings_read()
        if settings is None:
            self.message.emit(self.tr("This picture came without settings."))
        else:
            self.reuse_requested.emit(settings)

    def _with_files(self, act: Callable[[list[Path]], object]) -> None:
        ids = self.selected()
        if len(ids) > MOST_OPENED:
            self.message.emit(too_many_text())
        elif ids:
            self._work.ask(lambda gallery: _files(gallery, ids), act, self._refuse)

    def _with_entries(self, count: int, act: Callable[[Sequence[GalleryEntry]], object]) -> None:
        ids = self.selected()
        if len(ids) == count:
            self._work.ask(
                lambda gallery: gallery.entries(ids),
                lambda entries: act(entries) if len(entries) == count else self.refresh(),
                self._refuse,
            )

    # --- searching --------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._search is not None:
            self._search.cancel()
        query = self.filters.query()
        run = self._work.ask(
            lambda gallery: gallery.search(query),
            lambda found: self._show(run, found),
            lambda error: self._show_error(run, error),
        )
        self._search = run

    def _show(self, run: Run, found: Found) -> None:
        if run is not self._search:  # another one was begun since
            return
        self._search = None
        chosen = self.selected()
        current = self.model.ids([self.view.currentIndex().row()])
        self.model.show_found(found)
        self.filters.show_models(found.facts.models)
        self.bar.show_amount(len(found.ids), found.facts, self._work.pictures_dropped)
        self._select(chosen, current)
        self._tell_selected()
        if found.ids:
            self._pages.setCurrentWidget(self.view)
            return
        self._pages.setCurrentWidget(self.guide)
        if self.filters.query().is_empty:
            self.guide.show_empty(keeps_drawn=self._work.keeps_drawn)
        else:
            self.guide.show_nothing_found()

    def _show_error(self, run: Run, error: Exception) -> None:
        if run is self._search:
            self._search = None
            self._pages.setCurrentWidget(self.guide)
            self.guide.show_error(error_text(error))
            self.bar.show_amount(0, GalleryFacts(pictures=0, size=0, models=()), 0)

    def _select(self, ids: Sequence[int], current: Sequence[int]) -> None:
        """Select what was selected, as far as it is still there."""
        selection = self.view.selectionModel()
        rows = [row for row in map(self.model.row_of, ids) if row >= 0]
        if set(rows) != set(self.view.rows()):
            selection.clearSelection()
            for row in rows:
                selection.select(self.model.index(row), QItemSelectionModel.SelectionFlag.Select)
        for row in map(self.model.row_of, current):
            if row >= 0 and row != self.view.currentIndex().row():
                selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _tell_selected(self) -> None:
        rows = self.view.rows()
        self.bar.show_selected(len(rows), self.model.known_among(rows))

    def _not_changed(self, error: Exception) -> None:
        self._refuse(error)
        self.model.forget()

    def _refuse(self, error: Exception) -> None:
        self.message.emit(error_text(error))

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        pages = QWidget(self)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.guide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(pages, 1)
        column.addWidget(self.removed)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        self._work.changed.connect(self.refresh)
        self.filters.changed.connect(self.refresh)
        self.filters.close_requested.connect(self.close_requested)
        self.guide.everything_wanted.connect(self.filters.clear)
        self.removed.restored.connect(self._work.restore)
        self.model.dataChanged.connect(self._tell_selected)
        self.view.selectionModel().selectionChanged.connect(self._tell_selected)
        self.view.customContextMenuRequested.connect(self._show_menu)
        for source in (self.view, self.bar):
            source.rated.connect(self.rate)
            source.delete_asked.connect(self.delete)
            source.open_asked.connect(self.open_selected)
        self.bar.layers_asked.connect(self.add_as_layers)
        self.bar.reuse_asked.connect(self.reuse)
        self.bar.compare_asked.connect(self.compare)

    def _show_menu(self, position: QPoint) -> None:
        if self.view.indexAt(position).isValid():
            menu = QMenu(self)
            self.fill_menu(menu)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.view.viewport().mapToGlobal(position))

    # --- Qt events --------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """What another window did meanwhile is seen, too."""
        super().showEvent(event)
        self.model.forget()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._search is not None:
            self._search.cancel()
            self._search = None


def _files(gallery: Gallery, ids: Sequence[int]) -> list[Path]:
    """Where pictures lie. Raises `SettingError` where the file of one is gone."""
    entries = gallery.entries(ids)
    for entry in entries:
        if not entry.is_there:
            raise SettingError(
                "The file {file} is gone from the gallery's folder.",
                "Its settings are still here: use them to draw it again.",
                file=entry.file,
            )
    return [gallery.path(entry) for entry in entries]
