"""The strip below the frame: how far the drawing is, and what can be done with the frames."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, work_as
from studio.ui.widgets.elided_label import ElidedLabel

_STEPS: Final = 1000


class RenderStrip(QWidget):
    """A line of text with a thin bar below it, and commands of the frames as buttons."""

    def __init__(self, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = ElidedLabel(parent=self)
        self.status.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setProperty("role", "slim")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.render_button = QPushButton(self.tr("Render"))
        self.render_button.setProperty("role", "primary")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.timeline_button = QPushButton(icon("timeline"), self.tr("To Timeline"))
        self.picture_button = QPushButton(icon("new"), self.tr("As Picture"))
        self.export_button = QPushButton(icon("export"), self.tr("Export…"))
        for button, name in (
            (self.render_button, "render"),
            (self.cancel_button, "cancel"),
            (self.timeline_button, "to_timeline"),
            (self.picture_button, "as_picture"),
            (self.export_button, "export"),
        ):
            work_as(button, actions[f"keyframes/frames.{name}"])
        self._arrange()

    def show_state(self, text: str, fraction: float) -> None:
        """Say how far the frames are, 0 to 1."""
        self.status.setText(text)
        self.bar.setValue(round(fraction * _STEPS))

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        state = QVBoxLayout()
        state.setSpacing(GRID)
        state.addWidget(self.status)
        state.addWidget(self.bar)
        row.addLayout(state, 1)
        for button in (
            self.timeline_button,
            self.picture_button,
            self.export_button,
            self.cancel_button,
            self.render_button,
        ):
            row.addWidget(button)
