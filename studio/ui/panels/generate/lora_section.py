"""The LoRAs that pictures are drawn with: a button in line with the fields around it, and below it the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from studio.generation import LoraUse
from studio.ui.panels.generate.list_layout import lay_out_list
from studio.ui.panels.generate.lora_choice import LoraChoice, choice_named, lora_choices
from studio.ui.panels.generate.lora_row import LoraRow
from studio.ui.style.theme import GRID
from studio.ui.widgets.dialog_opening import open_dialog

if TYPE_CHECKING:
    from studio.engine.models.library import ModelInfo


class LoraSection(QWidget):
    """A row for each LoRA. ``library`` is everything in the models folders, ``model`` the id of the chosen model.

    Signals: ``changed()``; ``words_wanted(list[str])`` to have trigger words in the prompt,
    ``words_unwanted(list[str])`` to have those out that were put there; ``adds_words_changed()`` they are to be put
    there from now on, or no more.
    """

    changed = Signal()
    adds_words_changed = Signal()
    words_wanted = Signal(list)
    words_unwanted = Signal(list)

    def __init__(
        self,
        library: Callable[[], Sequence[ModelInfo]],
        model: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._model = model
        self.adds_words = True
        self.rows: list[LoraRow] = []
        self.label = QLabel(self.tr("LoRAs"), self)
        self.add_button = QPushButton(self.tr("Add LoRA…"), self)
        self._list = QVBoxLayout()
        self._arrange()
        self.add_button.clicked.connect(self.pick)
        self.refresh()

    def uses(self) -> tuple[LoraUse, ...]:
        """What is switched on, in order."""
        return tuple(row.use() for row in self.rows if row.is_on())

    def show_uses(self, uses: Iterable[LoraUse]) -> None:
        """Have these switched on; others that are in the list stay there, switched off."""
        wanted = {use.name: use for use in uses}
        for row in self.rows:
            if row.name() in wanted:
                row.set_use(wanted.pop(row.name()))
            else:
                row.set_on(False)
        for use in wanted.values():
            self._append(use)
        self.refresh()

    def add(self, choice: LoraChoice) -> None:
        """Draw with one more, with the weight that its maker advises and the words that it listens to."""
        from studio.engine.models.lora_facts import lora_facts

        facts = lora_facts(choice.path)
        use = LoraUse(choice.id, 1.0 if facts.weight is None else facts.weight)
        self.show_uses((*(each for each in self.uses() if each.name != choice.id), use))
        if self.adds_words and facts.trigger_words:
            self.words_wanted.emit(list(facts.trigger_words))
        self.changed.emit()

    def refresh(self) -> None:
        """Show what is there now, and what suits the chosen model."""
        for row in self.rows:
            choice = self._choice(row.name())
            missing = self.tr("It is not in the models folders.")
            row.show_choice(*((row.name(), missing) if choice is None else (choice.name, choice.problem)))

    def problem(self) -> str:
        """Why the first of those that are switched on cannot be used; empty where all can."""
        for row in self.rows:
            if row.is_on() and (problem := row.warning.toolTip()):
                return self.tr("The LoRA {name} cannot be used: {problem}").format(
                    name=row.label.text(), problem=problem
                )
        return ""

    def pick(self) -> None:
        """Ask for one to add."""
        from studio.ui.panels.generate.lora_picker import LoraPicker

        picker = LoraPicker(lora_choices(self._library(), self._model()), self, adds_words=self.adds_words)
        picker.chosen.connect(self.add)
        picker.words_switch.toggled.connect(self.set_adds_words)
        open_dialog(picker)

    def set_adds_words(self, adds: bool) -> None:
        """From now on LoRAs bring their trigger words into the prompt, or do not."""
        self.adds_words = adds
        self.adds_words_changed.emit()

    def _choice(self, name: str) -> LoraChoice | None:
        return choice_named(name, self._library(), self._model())

    def _words(self, name: str) -> Sequence[str]:
        from studio.engine.models.lora_facts import lora_facts

        choice = self._choice(name)
        return () if choice is None else lora_facts(choice.path).trigger_words

    def _append(self, use: LoraUse) -> None:
        row = LoraRow(use, self._words, self)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        row.word_wanted.connect(lambda word: self.words_wanted.emit([word]))
        self.rows.append(row)
        self._list.addWidget(row)

    def _remove(self, row: LoraRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        if self.adds_words and (words := self._words(row.name())):
            self.words_unwanted.emit(list(words))
        self.refresh()
        self.changed.emit()

    def _arrange(self) -> None:
        self.add_button.setToolTip(self.tr("LoRAs teach the model a style, a person or a thing"))
        self._list.setSpacing(GRID)
        lay_out_list(self, self.label, self.add_button, self._list)
