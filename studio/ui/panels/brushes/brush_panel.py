"""The Brushes panel: presets to search, to take, to keep and to bring in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from studio.files.brushes.presets import StoredPreset
from studio.ui.panels.brushes.brush_desk import BrushDesk
from studio.ui.panels.brushes.brush_list import BrushList
from studio.ui.panels.brushes.brush_names import shown_name
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.matching import score


class BrushPanel(QWidget):
    """Signal: ``rename_wanted(str)`` with the id of a preset."""

    rename_wanted = Signal(str)

    def __init__(self, desk: BrushDesk, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.search = QLineEdit(self)
        self.only_favourites = QToolButton(self)
        self.list = BrushList(self)
        self.name = QLabel(self)
        self.buttons = [
            stand_for(QToolButton(self), actions[each])
            for each in ("brush.edit", "brush.overwrite", "brush.save_as", "brush.import")
        ]
        self._arrange()
        self._connect()
        self.show_presets()

    def show_presets(self) -> None:
        """Show what fits the search."""
        words = self.search.text().strip()
        shown = [each for each in self._desk.presets if not words or score(words, [(shown_name(each), 2)])]
        if self.only_favourites.isChecked():
            shown = [each for each in shown if each.id in self._desk.favourites]
        self.list.brushes.show_presets(shown, self._desk.favourites)
        self._show_chosen()

    def _arrange(self) -> None:
        self.search.setPlaceholderText(self.tr("Search brushes"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.only_favourites.setCheckable(True)
        self.only_favourites.setIcon(icon("star"))
        self.only_favourites.setToolTip(self.tr("Show favourites only"))
        self.only_favourites.setAccessibleName(self.only_favourites.toolTip())
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for row in (top, bottom):
            row.setSpacing(GRID)
        top.addWidget(self.search, 1)
        top.addWidget(self.only_favourites)
        self.name.setProperty("role", "muted")
        bottom.addWidget(self.name, 1)
        for button in self.buttons:
            bottom.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.show_presets)
        self.only_favourites.toggled.connect(self.show_presets)
        self.list.picked.connect(self._desk.take)
        self.list.starred.connect(self._desk.toggle_favourite)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self._desk.changed.connect(self.show_presets)
        self._desk.chosen.connect(self._show_chosen)

    def _show_chosen(self) -> None:
        self.list.show_chosen(self._desk.current_id)
        stored = self._desk.find(self._desk.current_id)
        name = "" if stored is None else shown_name(stored)
        self.name.setText(self.tr("{name}, changed").format(name=name) if self._desk.is_modified else name)

    # --- the menu of a preset ---------------------------------------------------------------------

    def _show_menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if index.isValid():
            self.menu_of(self.list.brushes.preset(index.row())).popup(self.list.viewport().mapToGlobal(place))

    def menu_of(self, stored: StoredPreset) -> QMenu:
        """What can be done with a preset; deleted once it is closed."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        is_favourite = stored.id in self._desk.favourites
        star = menu.addAction(self.tr("No Longer a Favourite") if is_favourite else self.tr("Make It a Favourite"))
        star.triggered.connect(lambda: self._desk.toggle_favourite(stored.id))
        menu.addAction(self.tr("Rename…")).triggered.connect(lambda: self.rename_wanted.emit(stored.id))
        if stored.is_bundled:
            reset = menu.addAction(self.tr("Reset"))
            reset.setEnabled(stored.is_changed)
            reset.triggered.connect(lambda: self._desk.remove(stored.id))
        else:
            menu.addAction(self.tr("Delete")).triggered.connect(lambda: self._desk.remove(stored.id))
        return menu
