"""Asks for a new size of the picture or of its canvas."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QToolButton, QWidget

from studio.document import MAX_SIDE, Rect
from studio.ui.dialogs.form_dialog import FormDialog, pixel_box
from studio.ui.widgets.number_boxes import WholeBox


class ResizeDialog(FormDialog):
    """Scales the picture. Emits ``chosen(width, height)``."""

    chosen = Signal(int, int)

    def __init__(self, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Resize image"))
        self.accept_button.setText(self.tr("Resize"))
        self._ratio = width / height
        self.width_box = pixel_box(width, 1, MAX_SIDE)
        self.height_box = pixel_box(height, 1, MAX_SIDE)
        self.keep = QCheckBox(self.tr("Keep the proportions"))
        self.keep.setChecked(True)
        self.form.addRow(self.tr("Width"), self.width_box)
        self.form.addRow(self.tr("Height"), self.height_box)
        self.form.addRow(self.keep)
        self.width_box.valueChanged.connect(self._follow_width)
        self.height_box.valueChanged.connect(self._follow_height)
        self.accepted.connect(lambda: self.chosen.emit(self.width_box.value(), self.height_box.value()))

    def _follow_width(self, width: int) -> None:
        if self.keep.isChecked():
            self._set_quietly(self.height_box, width / self._ratio)

    def _follow_height(self, height: int) -> None:
        if self.keep.isChecked():
            self._set_quietly(self.width_box, height * self._ratio)

    def _set_quietly(self, box: WholeBox, value: float) -> None:
        with QSignalBlocker(box):
            box.setValue(max(1, round(value)))


class CanvasSizeDialog(FormDialog):
    """Cuts or widens the canvas. Emits ``chosen(Rect)``: the new canvas in the coordinates of the old one."""

    chosen = Signal(object)

    def __init__(self, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Canvas size"))
        self.accept_button.setText(self.tr("Change"))
        self._old = (width, height)
        self.width_box = pixel_box(width, 1, MAX_SIDE)
        self.height_box = pixel_box(height, 1, MAX_SIDE)
        self.anchors = [self._anchor(index) for index in range(9)]
        self.anchors[4].setChecked(True)
        self.form.addRow(self.tr("Width"), self.width_box)
        self.form.addRow(self.tr("Height"), self.height_box)
        self.form.addRow(self.tr("Picture stays"), self._anchor_grid())
        self.accepted.connect(lambda: self.chosen.emit(self.canvas()))

    def canvas(self) -> Rect:
        """The new canvas, relative to the old one."""
        row, column = divmod(next(index for index, anchor in enumerate(self.anchors) if anchor.isChecked()), 3)
        width, height = self.width_box.value(), self.height_box.value()
        x = (self._old[0] - width) * column // 2
        y = (self._old[1] - height) * row // 2
        return Rect(x, y, width, height)

    def _anchor(self, index: int) -> QToolButton:
        names = (
            self.tr("top left"),
            self.tr("top"),
            self.tr("top right"),
            self.tr("left"),
            self.tr("centre"),
            self.tr("right"),
            self.tr("bottom left"),
            self.tr("bottom"),
            self.tr("bottom right"),
        )
        button = QToolButton()
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setText("•")
        button.setToolTip(names[index])
        button.setAccessibleName(names[index])
        return button

    def _anchor_grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for index, button in enumerate(self.anchors):
            grid.addWidget(button, index // 3, index % 3)
        grid.setColumnStretch(3, 1)
        return holder


class AmountDialog(FormDialog):
    """Asks for one number of pixels. Emits ``chosen(int)``."""

    chosen = Signal(int)

    def __init__(self, title: str, value: int, maximum: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.accept_button.setText(self.tr("Apply"))
        self.amount = pixel_box(value, 1, maximum)
        self.form.addRow(self.tr("Pixels"), self.amount)
        self.accepted.connect(lambda: self.chosen.emit(self.amount.value()))
