"""What is said in place of pictures where there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, keys_or_name, work_as
from studio.ui.widgets.wrapped_label import wrapped_label


class GalleryGuide(QWidget):
    """Signal: ``everything_wanted()`` by who searched in vain."""

    everything_wanted = Signal()

    def __init__(self, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.text: QLabel = wrapped_label(role="muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.everything = QPushButton(self.tr("Show everything"))
        self.preferences = QPushButton()
        work_as(self.preferences, actions["edit.preferences"])
        self.everything.clicked.connect(self.everything_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addStretch(1)
        column.addWidget(self.text)
        for button in (self.everything, self.preferences):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_empty(self, *, keeps_drawn: bool) -> None:
        """Nothing was kept yet."""
        if keeps_drawn:
            text = self.tr(
                "Every picture that you generate is kept here, used or not. Say what you want to see, then {keys}."
            )
            self._show(text.format(keys=keys_or_name(self._actions["generate.start"])))
        else:
            self._show(self.tr("Nothing is kept here, since “Keep everything drawn” is off."), self.preferences)

    def show_nothing_found(self) -> None:
        self._show(self.tr("No picture is like that."), self.everything)

    def show_error(self, text: str) -> None:
        """The gallery cannot be read."""
        self._show(text)

    def _show(self, text: str, button: QPushButton | None = None) -> None:
        self.text.setText(text)
        for each in (self.everything, self.preferences):
            each.setVisible(each is button)
