"""Preferences: theme, language, device, memory, shortcuts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from studio.settings import AppSettings
from studio.ui.actions import ActionSpec
from studio.ui.dialogs.shortcuts import ShortcutsPage
from studio.ui.theme import GRID
from studio.ui.translation import LANGUAGES

_MAX_MEGABYTES = 262144
_MIN_MEGABYTES = 64


@dataclass(frozen=True)
class Choice:
    """An entry of a list: the stored value and its name."""

    value: str
    name: str


class PreferencesDialog(QDialog):
    """Emits ``chosen(dict)``: the changed fields of `AppSettings`. ``devices`` are those to offer beside "auto"."""

    chosen = Signal(object)

    def __init__(
        self,
        settings: AppSettings,
        specs: Iterable[ActionSpec],
        devices: Iterable[Choice],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._settings = settings
        self.theme = _combo([Choice("dark", self.tr("Dark")), Choice("light", self.tr("Light"))], settings.theme)
        languages = [Choice("system", self.tr("As the system"))]
        languages.extend(Choice(code, name) for code, name in LANGUAGES.items())
        self.language = _combo(languages, settings.language)
        self.device = _combo([Choice("auto", self.tr("Automatic")), *devices], settings.device)
        self.memory = QSpinBox()
        self.memory.setRange(_MIN_MEGABYTES, _MAX_MEGABYTES)
        self.memory.setSingleStep(256)
        self.memory.setSuffix(" MB")
        self.memory.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.memory.setValue(settings.history_megabytes)
        self.shortcuts = ShortcutsPage(specs, settings.shortcuts)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._arrange()
        self._connect()
        self.resize(560, 520)

    def changes(self) -> dict[str, object]:
        """The fields that differ from the settings given."""
        values: dict[str, object] = {
            "theme": self.theme.currentData(),
            "language": self.language.currentData(),
            "device": self.device.currentData(),
            "history_megabytes": self.memory.value(),
            "shortcuts": self.shortcuts.changed(),
        }
        return {name: value for name, value in values.items() if value != getattr(self._settings, name)}

    def _arrange(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("role", "primary")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Apply"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        tabs = QTabWidget()
        tabs.addTab(self._general(), self.tr("General"))
        tabs.addTab(_padded(self.shortcuts), self.tr("Shortcuts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(tabs, 1)
        column.addWidget(self.buttons)

    def _general(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        form.setHorizontalSpacing(4 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Language"), self.language)
        form.addRow("", _muted(self.tr("Another language shows at the next start.")))
        form.addRow(self.tr("Generate on"), self.device)
        form.addRow(self.tr("Memory for history"), self.memory)
        form.addRow("", _muted(self.tr("When it is full, the oldest steps are forgotten.")))
        return page

    def _connect(self) -> None:
        accept = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.shortcuts.valid_changed.connect(accept.setEnabled)
        accept.setEnabled(self.shortcuts.is_valid())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(self.changes()))


def _combo(choices: Iterable[Choice], current: str) -> QComboBox:
    box = QComboBox()
    for choice in choices:
        box.addItem(choice.name, choice.value)
    if box.findData(current) < 0:
        box.addItem(current, current)
    box.setCurrentIndex(box.findData(current))
    return box


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


def _padded(page: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(2 * GRID, 3 * GRID, 2 * GRID, 2 * GRID)
    column.addWidget(page)
    return holder
