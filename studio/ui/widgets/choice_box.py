"""A combo box over (id, name) choices that also shows an id which is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.wheel_guard import guard_wheel


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One entry. ``problem`` says why it cannot be used; it then stays visible but is marked."""

    id: str
    name: str
    help: str = ""
    problem: str = ""


class ChoiceBox(QWidget):
    """A label and a combo box in one line. Signal: ``value_changed(str id)``, by the user only."""

    value_changed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(text, self)
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(text)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(6)
        self.label.setBuddy(self.combo)
        guard_wheel(self.combo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self.label)
        row.addWidget(self.combo, 1)
        self._choices: dict[str, Choice] = {}
        self.combo.activated.connect(self._activated)

    def set_choices(self, choices: Sequence[Choice], chosen: str = "") -> None:
        """Offer other choices, with ``chosen`` or what was chosen before, also if it is no longer among them."""
        chosen = chosen or self.value()
        self._choices = {choice.id: choice for choice in choices}
        self.combo.clear()
        for choice in choices:
            self._append(choice)
        if chosen:
            self.set_value(chosen)

    def value(self) -> str:
        """The chosen id, or an empty text if there is nothing to choose."""
        data = self.combo.currentData()
        return data if isinstance(data, str) else ""

    def set_value(self, choice_id: str) -> None:
        """Choose an id; an unknown one is added and marked as missing."""
        row = self.combo.findData(choice_id)
        if row < 0:
            missing = self.tr("{name} (missing)").format(name=choice_id)
            self._append(Choice(id=choice_id, name=missing))
            row = self.combo.count() - 1
        self.combo.setCurrentIndex(row)
        self._show_help()

    def chosen(self) -> Choice | None:
        """The chosen choice, or ``None`` for an id that is missing."""
        return self._choices.get(self.value())

    def _append(self, choice: Choice) -> None:
        self.combo.addItem(choice.name, choice.id)
        row = self.combo.count() - 1
        self.combo.setItemData(row, choice.problem or choice.help, Qt.ItemDataRole.ToolTipRole)

    def _activated(self) -> None:
        self._show_help()
        self.value_changed.emit(self.value())

    def _show_help(self) -> None:
        choice = self.chosen()
        self.combo.setToolTip((choice.problem or choice.help) if choice else "")
