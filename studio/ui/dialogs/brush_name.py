"""Asks for the name of a brush."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.raster.brushes.preset import LONGEST_NAME
from studio.ui.dialogs.form_dialog import FormDialog


class BrushNameDialog(FormDialog):
    """Signal: ``chosen(str)``."""

    chosen = Signal(str)

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.textChanged.connect(self._look)
        self.form.addRow(self.tr("Name"), self.name)
        self.accept_button.setText(self.tr("Save"))
        self.accepted.connect(lambda: self.chosen.emit(self.name.text().strip()))
        self._look()

    def _look(self) -> None:
        self.accept_button.setEnabled(bool(self.name.text().strip()))
