"""The seed: a number, and whether the next picture gets a new one."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from studio.generation import MAX_SEED
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.segmented import SegmentedButtons

_RANDOM = "random"
_LOCKED = "locked"


class SeedBox(QWidget):
    """A seed from 0 to `MAX_SEED`. Typing a number locks it, typing -1 asks for a new one each time.

    Signal: ``changed()``, by the user only.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(self.tr("Seed"), self)
        self.edit = QLineEdit("0", self)
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression("-?[0-9]{0,40}"), self.edit))
        self.edit.setAccessibleName(self.tr("Seed"))
        self.edit.setToolTip(self.tr("The same seed and settings give the same picture; -1 is a new one each time"))
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
        """What stands there, within the range."""
        return min(MAX_SEED, max(0, self._number()))

    def problem(self) -> str:
        """What is wrong with what was typed; empty if nothing is."""
        if self._number() <= MAX_SEED:
            return ""
        return self.tr("The seed {seed} is too large: the largest is {largest}.").format(
            seed=self.edit.text(), largest=MAX_SEED
        )

    def set_value(self, seed: int) -> None:
        self.edit.setText(str(seed))
        self.edit.setCursorPosition(0)

    def is_random(self) -> bool:
        """Whether every request gets a new seed."""
        return self.mode.value() == _RANDOM

    def set_random(self, is_random: bool) -> None:
        self.mode.set_value(_RANDOM if is_random else _LOCKED)

    def _number(self) -> int:
        text = self.edit.text()
        return int(text) if text.strip("-") else 0

    def _typed(self, text: str) -> None:
        self.set_random(text.startswith("-"))
        self.changed.emit()

    def _tidy(self) -> None:
        """A seed that is too large stays to be seen; it is not made smaller unasked."""
        if not self.problem():
            self.edit.setText(str(self.value()))
