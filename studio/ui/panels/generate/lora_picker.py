"""Choosing a LoRA: by a few letters, with what it does as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.ui.panels.generate.lora_choice import LoraChoice
from studio.ui.style.theme import GRID
from studio.ui.widgets.matching import score

if TYPE_CHECKING:
    from pathlib import Path

_SIDE: Final = 44 * GRID
_WIDTH: Final = 130 * GRID
_HEIGHT: Final = 100 * GRID
_CHOICE: Final = Qt.ItemDataRole.UserRole


class LoraPicker(QDialog):
    """Signal: ``chosen(LoraChoice)``. Those that cannot be used with the chosen model are listed and say why."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[LoraChoice], parent: QWidget | None, *, adds_words: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add LoRA"))
        self._choices = tuple(choices)
        self.search = QLineEdit(self)
        self.list = QListWidget(self)
        self.picture = QLabel(self)
        self.facts = QLabel(self)
        self.nothing = QLabel(self)
        self.words_switch = QCheckBox(self.tr("Add its trigger words to the prompt"), self)
        self.words_switch.setChecked(adds_words)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.add_button = self.buttons.addButton(self.tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._arrange()
        self.search.textChanged.connect(self._find)
        self.list.currentItemChanged.connect(self._show_current)
        self.list.itemDoubleClicked.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._find("")

    def accept(self) -> None:
        choice = self.current()
        if choice is None or choice.problem:
            return
        self.chosen.emit(choice)
        super().accept()

    def current(self) -> LoraChoice | None:
        """The marked one."""
        item = self.list.currentItem()
        found: LoraChoice | None = None if item is None else item.data(_CHOICE)
        return found

    def _find(self, text: str) -> None:
        fits = {choice: score(text, ((choice.name, 4), (choice.id, 3))) for choice in self._choices}
        found = [choice for choice in self._choices if fits[choice] or not text.strip()]
        found.sort(key=lambda choice: (bool(choice.problem), -fits[choice]))
        self.list.clear()
        for choice in found:
            self._append(choice)
        self.list.setCurrentRow(0 if found else -1)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._show_current()

    def _append(self, choice: LoraChoice) -> None:
        item = QListWidgetItem(choice.name, self.list)
        item.setData(_CHOICE, choice)
        item.setToolTip(choice.problem or choice.id)
        if choice.problem:
            item.setForeground(self.palette().placeholderText())

    def _show_current(self) -> None:
        choice = self.current()
        self.add_button.setEnabled(choice is not None and not choice.problem)
        self.picture.clear()
        self.facts.clear()
        if choice is not None:
            self._show_facts(choice)

    def _show_facts(self, choice: LoraChoice) -> None:
        from studio.engine.models.lora_facts import lora_facts

        facts = lora_facts(choice.path)
        lines = [choice.what, choice.problem]
        if facts.trigger_words:
            lines.append(self.tr("Trigger words: {words}").format(words=", ".join(facts.trigger_words)))
        if facts.weight is not None:
            lines.append(self.tr("Advised weight: {weight}").format(weight=f"{facts.weight:g}"))
        self.facts.setText("\n\n".join(line for line in lines if line))
        picture = QPixmap() if facts.picture is None else _thumbnail(facts.picture, _SIDE)
        if picture.isNull():
            self.picture.setText(self.tr("No picture"))
        else:
            self.picture.setPixmap(picture)

    def _arrange(self) -> None:
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.list.setAccessibleName(self.tr("LoRAs"))
        self.list.setMinimumSize(60 * GRID, 60 * GRID)
        self.picture.setFixedSize(_SIDE, _SIDE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFrameShape(QLabel.Shape.StyledPanel)
        for label in (self.facts, self.nothing):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.picture.setProperty("role", "muted")
        self.nothing.setText(
            self.tr("No LoRA is called so.")
            if self._choices
            else self.tr(
                "There are no LoRAs yet. Put .safetensors files into a models folder; Models shows where it is."
            )
        )
        beside = QVBoxLayout()
        beside.addWidget(self.picture)
        beside.addWidget(self._facts_area(), 1)
        middle = QHBoxLayout()
        middle.setSpacing(3 * GRID)
        middle.addWidget(self.list, 1)
        middle.addWidget(self.nothing, 1)
        middle.addLayout(beside)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(self.search)
        column.addLayout(middle, 1)
        column.addWidget(self.words_switch)
        column.addWidget(self.buttons)
        self.resize(_WIDTH, _HEIGHT)

    def _facts_area(self) -> QScrollArea:
        """The facts below the picture, which may be more than there is room for."""
        area = QScrollArea(self)
        area.setWidget(self.facts)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_SIDE)
        area.setMinimumHeight(_SIDE // 2)
        return area


def _thumbnail(path: Path, side: int) -> QPixmap:
    """A picture no larger than ``side``; a null one where it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
