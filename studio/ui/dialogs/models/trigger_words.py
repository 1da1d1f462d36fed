"""The words that call what a LoRA was taught, to be copied with a click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.flow_layout import FlowLayout

_LONGEST = 48


class TriggerWords(QWidget):
    """A heading, the words as buttons, and one for all. Signal: ``copied(str)``."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.all_button = QPushButton(icon("copy"), self.tr("Copy All"))
        self.all_button.setAutoDefault(False)
        self.all_button.clicked.connect(lambda: self._copy(", ".join(self._words)))
        self._words: tuple[str, ...] = ()
        self._box = QWidget()
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self._box)
        self.hide()

    def show_words(self, heading: str, words: Sequence[str]) -> None:
        """Show words; with none it hides."""
        self._words = tuple(words)
        self.heading.setText(heading)
        self.all_button.setVisible(len(words) > 1)
        column = self.layout()
        assert column is not None
        column.removeWidget(self._box)
        self._box.hide()
        self._box.deleteLater()
        self._box = QWidget()
        flow = FlowLayout(self._box, GRID)
        for word in words:
            flow.addWidget(self._button(word))
        column.addWidget(self._box)
        self.setVisible(bool(words))

    def buttons(self) -> list[QPushButton]:
        """Those of single words."""
        return self._box.findChildren(QPushButton)

    def _button(self, word: str) -> QPushButton:
        button = QPushButton((word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…").replace("&", "&&"))
        button.setToolTip(self.tr("Copy “{word}”").format(word=word))
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._copy, word))
        return button

    def _copy(self, text: str, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)
