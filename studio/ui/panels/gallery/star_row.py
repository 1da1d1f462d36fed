"""Five stars to click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from studio.files.gallery.values import MOST_STARS
from studio.ui.panels.gallery.gallery_delegate import stars_text
from studio.ui.style.icons import icon


class StarRow(QWidget):
    """Shows the rating of what is selected. Signal: ``rated(int)``; the last star that is lit puts it out."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self.buttons = [self._button(number) for number in range(1, MOST_STARS + 1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in self.buttons:
            row.addWidget(button)
        self.show_ratings(())

    def show_ratings(self, ratings: Sequence[int]) -> None:
        """Show what some pictures have in common."""
        self._rating = min(ratings, default=0) if len(set(ratings)) <= 1 else 0
        for number, button in enumerate(self.buttons, 1):
            is_lit = number <= self._rating
            button.setIcon(icon("star-lit", "warning") if is_lit else icon("star"))
        self.setEnabled(bool(ratings))

    def _button(self, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setAccessibleName(stars_text(number))
        button.setToolTip(self.tr("{stars} (key {number})").format(stars=stars_text(number), number=number))
        button.clicked.connect(lambda: self.rated.emit(0 if number == self._rating else number))
        return button
