"""Asks for the cells of the grid over the picture."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.document import MAX_CELL, MAX_SIDE, Grid
from studio.ui.dialogs.form_dialog import FormDialog, pixel_box


class GridCellsDialog(FormDialog):
    """Emits ``chosen(Grid)``."""

    chosen = Signal(object)

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Grid cells"))
        self.accept_button.setText(self.tr("Change"))
        self.width_box = pixel_box(grid.width, 1, MAX_CELL)
        self.height_box = pixel_box(grid.height, 1, MAX_CELL)
        self.x_box = pixel_box(grid.x, -MAX_SIDE, MAX_SIDE)
        self.y_box = pixel_box(grid.y, -MAX_SIDE, MAX_SIDE)
        self.form.addRow(self.tr("Width"), self.width_box)
        self.form.addRow(self.tr("Height"), self.height_box)
        self.form.addRow(self.tr("Begins at x"), self.x_box)
        self.form.addRow(self.tr("Begins at y"), self.y_box)
        self.accepted.connect(lambda: self.chosen.emit(self.grid()))

    def grid(self) -> Grid:
        """What is typed."""
        boxes = {"width": self.width_box, "height": self.height_box, "x": self.x_box, "y": self.y_box}
        return Grid(**{name: box.value() for name, box in boxes.items()})
