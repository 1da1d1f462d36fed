"""How many variations of a picture, and how far they go from it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.style.theme import GRID
from studio.ui.widgets.slider_row import Scale, SliderRow, align_labels, align_spins
from studio.ui.widgets.wrapped_label import wrapped_label

DEFAULT_PERCENT: Final = 20
DEFAULT_COUNT: Final = 4


class VaryDialog(FormDialog):
    """Signal: ``chosen(float amount, int count)`` with the amount in 0..1."""

    chosen = Signal(float, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Variations"))
        scale = Scale(minimum=1, maximum=100, default=DEFAULT_PERCENT, suffix=" %")
        self.amount = SliderRow(self.tr("How different"), scale, self)
        self.amount.set_value(DEFAULT_PERCENT)
        self.count = SliderRow(self.tr("Pictures"), Scale(minimum=1, maximum=16, default=DEFAULT_COUNT), self)
        self.count.set_value(DEFAULT_COUNT)
        align_labels([self.amount.label, self.count.label])
        align_spins([self.amount, self.count])
        told = self.tr(
            "Each starts from noise between that of the picture and that of another seed. All else stays the same."
        )
        self.form.addRow(wrapped_label(told, "muted"))
        self.form.addRow(self.amount)
        self.form.addRow(self.count)
        self.accept_button.setText(self.tr("Draw"))
        self.setMinimumWidth(100 * GRID)
        self.accepted.connect(lambda: self.chosen.emit(self.amount.value() / 100, self.count.int_value()))
