"""One LoRA of the list: switch, name, weight, trigger words, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QToolButton, QWidget

from studio.generation import LoraUse
from studio.generation.loras import MOST_LORA_WEIGHT
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.icon_label import IconLabel
from studio.ui.widgets.number_boxes import DecimalBox
from studio.ui.widgets.wheel_guard import guard_wheel


class LoraRow(QWidget):
    """Signals: ``changed()``; ``removed()``; ``word_wanted(str)`` for a trigger word that was chosen.

    ``words`` is asked when its menu is opened.
    """

    changed = Signal()
    removed = Signal()
    word_wanted = Signal(str)

    def __init__(self, use: LoraUse, words: Callable[[str], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use = use
        self._words = words
        self.switch = QCheckBox(self)
        self.label = ElidedLabel(use.name, self)
        self.warning = IconLabel(icon("warning"), self)
        self.weight = DecimalBox(self)
        self.words_button = QToolButton(self)
        self.remove_button = QToolButton(self)
        self._menu = QMenu(self.words_button)
        self._arrange()
        self._show()
        self.switch.toggled.connect(self._switched)
        self.weight.valueChanged.connect(self.changed)
        self.remove_button.clicked.connect(self.removed)
        self._menu.aboutToShow.connect(self._fill_menu)

    def name(self) -> str:
        return self._use.name

    def is_on(self) -> bool:
        return self.switch.isChecked()

    def use(self) -> LoraUse:
        """What it asks for, switched on or not."""
        weight = round(self.weight.value(), 2)
        return self._use if weight == self._use.weight else LoraUse(self._use.name, weight, self._use.text_weight)

    def set_use(self, use: LoraUse) -> None:
        """Show another weight, and switch it on."""
        self._use = use
        self._show()

    def set_on(self, is_on: bool) -> None:
        self.switch.setChecked(is_on)

    def show_choice(self, name: str, problem: str) -> None:
        """Show its name, and why it cannot be used now, if so."""
        self.label.setText(name)
        self.label.setToolTip(problem)
        self.warning.setToolTip(problem)
        self.warning.setVisible(bool(problem))
        self.switch.setAccessibleName(name)
        self.weight.setAccessibleName(self.tr("Weight of {name}").format(name=name))

    def _show(self) -> None:
        self.switch.setChecked(True)
        self.weight.setValue(self._use.weight)
        self.show_choice(self._use.name, "")

    def _switched(self, is_on: bool) -> None:
        self.label.setEnabled(is_on)
        self.weight.setEnabled(is_on)
        self.changed.emit()

    def _fill_menu(self) -> None:
        self._menu.clear()
        words = self._words(self._use.name)
        for word in words:
            action = self._menu.addAction(word.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, chosen=word: self.word_wanted.emit(chosen))
        if not words:
            self._menu.addAction(self.tr("It names no trigger words")).setEnabled(False)

    def _arrange(self) -> None:
        self.switch.setToolTip(self.tr("Draw with it or without it"))
        self.weight.setRange(-MOST_LORA_WEIGHT, MOST_LORA_WEIGHT)
        self.weight.setDecimals(2)
        self.weight.setSingleStep(0.05)
        self.weight.setToolTip(self.tr("How strongly it changes the picture: 1 as it was made, below 0 the opposite"))
        guard_wheel(self.weight)
        self.words_button.setIcon(icon("prompt"))
        self.words_button.setMenu(self._menu)
        self.words_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.words_button.setAccessibleName(self.tr("Trigger words"))
        self.words_button.setToolTip(self.tr("Trigger words: puts them into the prompt"))
        self.remove_button.setIcon(icon("close"))
        self.remove_button.setAccessibleName(self.tr("Remove"))
        self.remove_button.setToolTip(self.tr("Remove from the list"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.switch)
        row.addWidget(self.label, 1)
        for widget in (self.warning, self.weight, self.words_button, self.remove_button):
            row.addWidget(widget)
