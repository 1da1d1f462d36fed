"""A short message at the control that it is about, with an optional way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.said import log_said, without_numbers
from studio.ui.widgets.styled import set_styled

NoticeKind = Literal["hint", "warning", "error"]


class Notice(QFrame):
    """Hidden until `show_text`; wraps its text; the button, if any, runs the given action."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        self.button = QPushButton(self)
        self.button.setProperty("role", "flat")
        self._action: Callable[[], None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self._run)
        self.hide()

    def show_text(
        self, text: str, kind: NoticeKind = "error", *, action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        """Show ``text``; with ``action`` also a button of that name that calls ``run`` and hides the notice."""
        if without_numbers(text) != without_numbers(self.text()):
            log_said(text, kind)
        set_styled(self, "kind", kind)
        self.label.setText(text)
        self._action = run
        self.button.setText(action)
        self.button.setVisible(run is not None)
        self.show()

    def text(self) -> str:
        """What is shown; empty while hidden."""
        return "" if self.isHidden() else self.label.text()

    def clear(self) -> None:
        self._action = None
        self.label.clear()
        self.hide()

    def _run(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()
