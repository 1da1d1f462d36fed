"""The options of one brush, in one line: size, hardness, opacity, and the rarer ones in a pop-up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from studio.settings import BrushSettings
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.slider_row import Scale, SliderRow, align_labels, align_spins

_POPUP_WIDTH = 260


class BrushOptions(QWidget):
    """Shows and edits `BrushSettings`. Signal: ``changed(BrushSettings)``, by the user only."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        percent = Scale(minimum=0, maximum=100, default=100, suffix=" %")
        self.size_row = SliderRow(
            self.tr("Size"), Scale(minimum=1, maximum=2000, default=24, suffix=" px", logarithmic=True), self
        )
        self.size_row.setToolTip(self.tr("Diameter of the brush ([ and ])"))
        self.hardness = SliderRow(self.tr("Hardness"), percent, self)
        self.hardness.setToolTip(self.tr("100 % has a sharp edge"))
        self.opacity = SliderRow(self.tr("Opacity"), percent, self)
        self.opacity.setToolTip(self.tr("The most that one stroke covers"))
        self.flow = SliderRow(self.tr("Flow"), percent, self)
        self.flow.setToolTip(self.tr("How much each dab of the stroke adds"))
        self.smoothing = SliderRow(self.tr("Smoothing"), percent, self)
        self.smoothing.setToolTip(self.tr("How much a shaky hand is evened out"))
        self.pressure_size = self._toggle("pressure-size", self.tr("Pen pressure changes the size"))
        self.pressure_opacity = self._toggle("pressure-opacity", self.tr("Pen pressure changes the opacity"))
        self.more = QToolButton(self)
        self._showing = False
        self._arrange()
        for row in (self.size_row, self.hardness, self.opacity, self.flow, self.smoothing):
            row.value_changed.connect(self._announce)
        for button in (self.pressure_size, self.pressure_opacity):
            button.toggled.connect(self._announce)
        self.show_brush(BrushSettings())

    def brush(self) -> BrushSettings:
        return BrushSettings(
            diameter=self.size_row.value(),
            hardness=self.hardness.value() / 100,
            opacity=self.opacity.value() / 100,
            flow=self.flow.value() / 100,
            smoothing=self.smoothing.value() / 100,
            pressure_size=self.pressure_size.isChecked(),
            pressure_opacity=self.pressure_opacity.isChecked(),
        )

    def show_brush(self, brush: BrushSettings) -> None:
        """Show another brush without announcing it."""
        self._showing = True
        self.size_row.set_value(brush.diameter)
        self.hardness.set_value(brush.hardness * 100)
        self.opacity.set_value(brush.opacity * 100)
        self.flow.set_value(brush.flow * 100)
        self.smoothing.set_value(brush.smoothing * 100)
        self.pressure_size.setChecked(brush.pressure_size)
        self.pressure_opacity.setChecked(brush.pressure_opacity)
        self._showing = False

    def show_paint_rows(self, *, paints: bool) -> None:
        """Masks have no use for opacity, flow and pressure on opacity."""
        for widget in (self.opacity, self.pressure_opacity, self.flow):
            widget.setVisible(paints)

    def _arrange(self) -> None:
        self.more.setIcon(icon("sliders"))
        self.more.setAccessibleName(self.tr("More brush options"))
        self.more.setToolTip(self.tr("More brush options: flow and smoothing"))
        self.more.setMenu(self._popup())
        self.row = OverflowRow(self.more, spacing=2 * GRID, always=True, parent=self)
        self.row.add(self.size_row, 1, stays=True)
        self.row.add(self.hardness, 1)
        self.row.add(self.opacity, 1)
        self.row.add(self.pressure_size)
        self.row.add(self.pressure_opacity)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)

    def _popup(self) -> QMenu:
        menu = QMenu(self)
        holder = QWidget(menu)
        holder.setMinimumWidth(_POPUP_WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.flow)
        column.addWidget(self.smoothing)
        align_labels([self.flow.label, self.smoothing.label])
        align_spins([self.flow, self.smoothing])
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        return menu

    def _toggle(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setIcon(icon(icon_name))
        button.setAccessibleName(text)
        button.setToolTip(text)
        return button

    def _announce(self) -> None:
        if not self._showing:
            self.changed.emit(self.brush())
