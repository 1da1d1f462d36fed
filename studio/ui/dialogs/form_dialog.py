"""The frame that the small dialogs share: a form, OK and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.number_boxes import WholeBox


class FormDialog(QDialog):
    """Rows go into ``form``; ``accept_button`` wants a text; it is the default. Shown with ``open()``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(3 * GRID)
        self.form.setVerticalSpacing(2 * GRID)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.accept_button.setProperty("role", "primary")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        column.addLayout(self.form)
        column.addStretch()
        column.addWidget(self.buttons)


def pixel_box(value: int, minimum: int, maximum: int) -> WholeBox:
    """A spin box for a number of pixels."""
    box = WholeBox()
    box.setRange(minimum, maximum)
    box.setValue(value)
    box.setSuffix(" px")
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setAccelerated(True)
    return box
