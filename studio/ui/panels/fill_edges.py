"""The rarer options of the fill tool, in a pop-up: what becomes of the edge of the area that it found."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.slider_row import Scale, SliderRow, align_labels, align_spins

MOST_GROWN: Final = 64
MOST_FEATHERED: Final = 100
_POPUP_WIDTH: Final = 280


class FillEdges(QToolButton):
    """A button with the options "grow", "feather" and "antialias" of `FillOptions`. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grow = Scale(minimum=-MOST_GROWN, maximum=MOST_GROWN, default=0, suffix=" px")
        self.grow = SliderRow(self.tr("Grow"), grow, self)
        self.grow.setToolTip(
            self.tr("Fill beyond the edge of the area, under lines for instance; less than 0 stays away")
        )
        self.feather = SliderRow(
            self.tr("Feather"), Scale(minimum=0, maximum=MOST_FEATHERED, default=0, suffix=" px"), self
        )
        self.feather.setToolTip(self.tr("How far the fill fades out at its edge"))
        self.antialias = QCheckBox(self.tr("Smooth edge"), self)
        self.antialias.setToolTip(self.tr("Fill the pixels along the edge in part, so that it shows no steps"))
        self.antialias.setChecked(True)
        self.setIcon(icon("sliders"))
        self.setAccessibleName(self.tr("More fill options"))
        self.setToolTip(self.tr("More fill options: grow, feather and smooth edge"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self._popup())
        self.grow.value_changed.connect(self.changed)
        self.feather.value_changed.connect(self.changed)
        self.antialias.toggled.connect(self.changed)

    def values(self) -> dict[str, Any]:
        """Fields of the fill tool's options."""
        return {
            "grow": self.grow.int_value(),
            "feather": self.feather.int_value(),
            "antialias": self.antialias.isChecked(),
        }

    def _popup(self) -> QMenu:
        menu = QMenu(self)
        holder = QWidget(menu)
        holder.setMinimumWidth(_POPUP_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (self.grow, self.feather, self.antialias):
            column.addWidget(widget)
        align_labels([self.grow.label, self.feather.label])
        align_spins([self.grow, self.feather])
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        return menu
