"""What the window of animation projects shows before there is one: what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, work_as


class EmptyPage(QWidget):
    """A title, a sentence, and ``buttons`` for the commands "example", "new" and "open" of projects."""

    def __init__(self, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Keyframe Animation"))
        title.setProperty("role", "title")
        column = QVBoxLayout(self)
        column.setSpacing(3 * GRID)
        column.addStretch(2)
        for label in (title, self._text()):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self.buttons = self._made_buttons(actions)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addStretch(1)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)

    def _text(self) -> QLabel:
        text = QLabel(
            self.tr(
                "Prompts, seeds and numbers change over the frames by keyframes and formulas. The same project file "
                "is drawn here and by “shoreline animate”."
            )
        )
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setFixedWidth(110 * GRID)
        text.setMinimumHeight(text.heightForWidth(110 * GRID))
        text.setProperty("role", "muted")
        return text

    def _made_buttons(self, actions: ActionTable) -> dict[str, QPushButton]:
        buttons = {
            "example": QPushButton(self.tr("New from the Example")),
            "new": QPushButton(self.tr("New from the Generate Panel")),
            "open": QPushButton(self.tr("Open…")),
        }
        for name, button in buttons.items():
            work_as(button, actions[f"keyframes/project.{name}"])
        buttons["example"].setProperty("role", "primary")
        return buttons
