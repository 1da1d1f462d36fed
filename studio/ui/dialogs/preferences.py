"""Preferences in pages: general, shortcuts, and one for each settings page of a plugin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.api import SettingsPageSpec
from studio.settings import AppSettings
from studio.ui.dialogs.drawing_page import DrawingPage
from studio.ui.dialogs.setting_fields import Choice, combo, setting_rows, with_note
from studio.ui.dialogs.shortcuts import ShortcutsPage
from studio.ui.style.theme import GRID
from studio.ui.style.translation import LANGUAGES
from studio.ui.widgets.actions import Section
from studio.ui.widgets.folder_field import FolderField
from studio.ui.widgets.number_boxes import WholeBox
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.slider_row import align_labels, align_spins
from studio.ui.widgets.wrapped_label import wrapped_label

_OWN_PAGES = 4
"""Those before the pages of plugins."""
_MAX_MEGABYTES = 262144
_MIN_MEGABYTES = 64
_MAX_GALLERY_MEGABYTES = 1048576


@dataclass(frozen=True, kw_only=True)
class PluginPage:
    """A settings page of a plugin, with the values to show."""

    plugin_id: str
    spec: SettingsPageSpec
    values: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        return self.plugin_id, self.spec.id


class PreferencesDialog(QDialog):
    """Signals: ``chosen(dict)``, the changed fields of `AppSettings`; ``pages_outdated()`` when plugins came or went.

    ``drawing`` is the page about how pictures are drawn, ``engine`` the one about what draws them, ``wildcards`` the
    folder of prompts' wildcards, ``pages`` are those of plugins.
    """

    chosen = Signal(object)
    pages_outdated = Signal()

    def __init__(
        self,
        settings: AppSettings,
        sections: Iterable[Section],
        *,
        drawing: DrawingPage,
        engine: QWidget,
        wildcards: FolderField,
        pages: Sequence[PluginPage] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = settings
        themes = [Choice("dark", self.tr("Dark")), Choice("light", self.tr("Light"))]
        self.theme = combo([Choice("system", self.tr("As the system")), *themes], settings.theme)
        languages = [Choice("system", self.tr("As the system"))]
        languages.extend(Choice(code, name) for code, name in LANGUAGES.items())
        self.language = combo(languages, settings.language)
        waiting = [Choice("strip", self.tr("Wait over the canvas")), Choice("layers", self.tr("Become layers at once"))]
        self.results = combo(waiting, settings.results)
        self.memory = _megabytes_box(settings.history_megabytes, _MIN_MEGABYTES, _MAX_MEGABYTES)
        self.keeps_drawn = QCheckBox(self.tr("Keep everything drawn"))
        self.keeps_drawn.setChecked(settings.keeps_drawn)
        self.gallery = _megabytes_box(settings.gallery_megabytes, _MIN_MEGABYTES, _MAX_GALLERY_MEGABYTES)
        self.gallery.setAccessibleName(self.tr("Room for the gallery"))
        self.updates = QCheckBox(self.tr("Look for a newer version once a day"))
        self.updates.setChecked(settings.check_updates)
        self.shortcuts = ShortcutsPage(sections, settings.shortcuts)
        self.drawing = drawing
        self.engine = engine
        self.wildcards = wildcards
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.list = QListWidget()
        self.list.setFixedWidth(42 * GRID)
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.ensurePolished()  # rows are measured as they will be drawn
        self.stack = QStackedWidget()
        self.forms: dict[tuple[str, str], ParameterForm] = {}
        self._pages: dict[tuple[str, str], PluginPage] = {}
        self._arrange()
        self._connect()
        self.set_pages(pages)
        self.list.setCurrentRow(0)
        self.resize(720, 540)

    def show_engine(self) -> None:
        """Turn to the page about what draws."""
        self.list.setCurrentRow(self.stack.indexOf(self.engine))

    def plugins_changed(self) -> None:
        """Plugins came or went."""
        self.pages_outdated.emit()

    def set_pages(self, pages: Sequence[PluginPage]) -> None:
        """Show the pages of these plugins; what was typed into those that stay is kept."""
        wanted = {page.key: page for page in pages}
        for key in [key for key, page in self._pages.items() if key not in wanted or wanted[key].spec != page.spec]:
            row = _OWN_PAGES + list(self._pages).index(key)
            self.list.takeItem(row)
            gone = self.stack.widget(row)
            assert gone is not None
            self.stack.removeWidget(gone)
            gone.deleteLater()
            del self._pages[key], self.forms[key]
        for key, page in wanted.items():
            if key not in self._pages:
                self._pages[key] = page
                self._add(plugin_text(page.spec.name), self._plugin_page(page))
        self.stack.setCurrentIndex(self.list.currentRow())

    def changes(self) -> dict[str, object]:
        """The fields that differ from the settings given."""
        wish = self.drawing.wish()
        values: dict[str, object] = {
            "theme": self.theme.currentData(),
            "language": self.language.currentData(),
            "device": wish.device,
            "precision": wish.precision,
            "memory_use": wish.memory,
            "previews": self.drawing.previews.currentData(),
            "results": self.results.currentData(),
            "history_megabytes": self.memory.value(),
            "keeps_drawn": self.keeps_drawn.isChecked(),
            "gallery_megabytes": self.gallery.value(),
            "check_updates": self.updates.isChecked(),
            "wildcard_folder": self.wildcards.value(),
            "shortcuts": self.shortcuts.changed(),
            "plugin_settings": self._plugin_settings(),
        }
        return {name: value for name, value in values.items() if value != getattr(self._settings, name)}

    def _arrange(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("role", "primary")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Apply"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._add(self.tr("General"), self._general())
        self._add(self.tr("Shortcuts"), _padded(self.shortcuts))
        self._add(self.tr("Drawing"), self.drawing)
        self._add(self.tr("Engine"), self.engine)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        column.addLayout(row, 1)
        column.addWidget(self.buttons)

    def _add(self, name: str, page: QWidget) -> None:
        self.list.addItem(QListWidgetItem(name))
        self.stack.addWidget(page)

    def _plugin_page(self, page: PluginPage) -> QWidget:
        form = self.forms[page.key] = ParameterForm(page.spec.parameters)
        form.set_values(page.values)
        align_labels(form.labels())
        align_spins(form.sliders())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        if page.spec.description:
            column.addWidget(wrapped_label(plugin_text(page.spec.description), "muted"))
        column.addWidget(form)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(body)
        return area

    def _plugin_settings(self) -> dict[str, Any]:
        """What is stored, with the pages in place whose values were changed here."""
        stored = dict(self._settings.plugin_settings)
        for key, form in self.forms.items():
            page = self._pages[key]
            if form.values() != dict(page.values):
                of_plugin = stored.get(page.plugin_id)
                others = of_plugin if isinstance(of_plugin, dict) else {}
                stored[page.plugin_id] = {**others, page.spec.id: form.values()}
        return stored

    def _general(self) -> QWidget:
        page = QWidget()
        form = setting_rows(page)
        form.addRow(self.tr("Theme"), self.theme)
        later = self.tr("Another language shows at the next start.")
        form.addRow(self.tr("Language"), with_note(self.language, later))
        decided = self.tr("In the strip each is looked at, applied, kept or dropped.")
        form.addRow(self.tr("Results"), with_note(self.results, decided))
        full = self.tr("When it is full, the oldest steps are forgotten.")
        form.addRow(self.tr("Memory for history"), with_note(self.memory, full))
        drawn = self.tr("Folder of texts: __name__ in a prompt becomes a line of name.txt.")
        form.addRow(self.tr("Wildcards"), with_note(self.wildcards, drawn))
        form.addRow(self.tr("Gallery"), with_note(self._gallery_row(), self._gallery_note()))
        nothing_sent = self.tr("It sends nothing but the request, and installs nothing.")
        form.addRow("", with_note(self.updates, nothing_sent))
        return page

    def _gallery_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.keeps_drawn)
        row.addStretch(1)
        row.addWidget(self.gallery)
        self.gallery.setEnabled(self.keeps_drawn.isChecked())
        self.keeps_drawn.toggled.connect(self.gallery.setEnabled)
        return holder

    def _gallery_note(self) -> str:
        return self.tr("On this computer, for you alone. Beyond so much the oldest go; pictures with stars stay.")

    def _connect(self) -> None:
        accept = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.shortcuts.valid_changed.connect(accept.setEnabled)
        accept.setEnabled(self.shortcuts.is_valid())
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(self.changes()))


def _megabytes_box(value: int, least: int, most: int) -> WholeBox:
    """A number of megabytes."""
    box = WholeBox()
    box.setRange(least, most)
    box.setSingleStep(256)
    box.setSuffix(" MB")
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setValue(value)
    return box


def _padded(page: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(2 * GRID, 3 * GRID, 2 * GRID, 2 * GRID)
    column.addWidget(page)
    return holder
