"""The seed: a number, and whether the next picture gets a new one."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from studio.generation import MAX_SEED
from studio.ui.icons import icon
from studio.ui.theme import GRID
from studio.ui.widgets.segmented import SegmentedButtons

_RANDOM = "random"
_LOCKED = "locked"


class SeedBox(QWidget):
    """A seed from 0 to `MAX_SEED`. Typing a number locks it. Signal: ``changed()``, by the user only."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(self.tr("Seed"), self)
        self.edit = QLineEdit("0", self)
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,10}"), self.edit))
        self.edit.setAccessibleName(self.tr("Seed"))
        self.edit.setToolTip(self.tr("The same seed and settings give the same picture"))
        self.label.setBuddy(self.edit)
        self.mode = SegmentedButtons(self)
        self.mode.add(_RANDOM, self.tr("New seed"), icon=icon("dice"), tooltip=self.tr("A new seed for every picture"))
        self.mode.add(_LOCKED, self.tr("Keep seed"), icon=icon("lock"), tooltip=self.tr("Keep this seed"))
        self.mode.set_value(_RANDOM)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self.label)
        row.addWidget(self.edit, 1)
        row.addWidget(self.mode)
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._tidy)
        self.mode.value_changed.connect(self.changed)

    def value(self) -> int:
        return min(MAX_SEED, int(self.edit.text() or 0))

    def set_value(self, seed: int) -> None:
        self.edit.setText(str(seed))
        self.edit.setCursorPosition(0)

    def is_random(self) -> bool:
        """Whether every request gets a new seed."""
        return self.mode.value() == _RANDOM

    def set_random(self, is_random: bool) -> None:
        self.mode.set_value(_RANDOM if is_random else _LOCKED)

    def _typed(self) -> None:
        self.set_random(False)
        self.changed.emit()

    def _tidy(self) -> None:
        self.edit.setText(str(self.value()))
