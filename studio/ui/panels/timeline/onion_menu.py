"""The settings of the onion skin, in a small menu: how many frames, how strong, and in which colours."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QColorDialog, QGridLayout, QLabel, QMenu, QWidget, QWidgetAction

from studio.settings import MAX_ONION_FRAMES, OnionSkinSettings
from studio.ui.style.theme import GRID
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.number_boxes import WholeBox
from studio.ui.widgets.slider_row import Scale, SliderRow


class OnionMenu(QMenu):
    """Signal: ``settings_changed(OnionSkinSettings)``, by the user only."""

    settings_changed = Signal(object)

    def __init__(self, settings: OnionSkinSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._page = QWidget(self)
        self.before = self._count(self.tr("Frames shown before this one"))
        self.after = self._count(self.tr("Frames shown after this one"))
        self.tint_before = self._swatch(self.tr("Colour of the frames before"))
        self.tint_after = self._swatch(self.tr("Colour of the frames after"))
        self.opacity = SliderRow(self.tr("Opacity"), Scale(minimum=5, maximum=100, default=40, suffix=" %"), self._page)
        self.on_top = QCheckBox(self.tr("Over the frame"), self._page)
        self.on_top.setToolTip(self.tr("For frames that cover the whole picture, so that nothing below them shows"))
        self._arrange()
        self.show_settings(settings)
        self._connect()

    @property
    def settings(self) -> OnionSkinSettings:
        return self._settings

    def show_settings(self, settings: OnionSkinSettings) -> None:
        """Show settings without announcing them."""
        self._settings = settings
        for widget, value in ((self.before, settings.before), (self.after, settings.after)):
            widget.blockSignals(True)
            widget.setValue(value)
            widget.blockSignals(False)
        self.opacity.blockSignals(True)
        self.opacity.set_value(settings.opacity * 100)
        self.opacity.blockSignals(False)
        self.on_top.blockSignals(True)
        self.on_top.setChecked(settings.on_top)
        self.on_top.blockSignals(False)
        self.tint_before.set_color(QColor(settings.tint_before))
        self.tint_after.set_color(QColor(settings.tint_after))

    # --- building ---------------------------------------------------------------------------------

    def _count(self, tip: str) -> WholeBox:
        box = WholeBox(self._page)
        box.setRange(0, MAX_ONION_FRAMES)
        box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box.setToolTip(tip)
        box.setAccessibleName(tip)
        return box

    def _swatch(self, tip: str) -> ColorSwatch:
        swatch = ColorSwatch(QColor(), 5 * GRID, self._page)
        swatch.setToolTip(tip)
        return swatch

    def _arrange(self) -> None:
        grid = QGridLayout(self._page)
        grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        grid.setSpacing(2 * GRID)
        for row, (text, count, swatch) in enumerate(
            (
                (self.tr("Frames before"), self.before, self.tint_before),
                (self.tr("Frames after"), self.after, self.tint_after),
            )
        ):
            grid.addWidget(QLabel(text, self._page), row, 0)
            grid.addWidget(count, row, 1)
            grid.addWidget(swatch, row, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.opacity, 2, 0, 1, 3)
        grid.addWidget(self.on_top, 3, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        action = QWidgetAction(self)
        action.setDefaultWidget(self._page)
        self.addAction(action)

    def _connect(self) -> None:
        self.before.valueChanged.connect(lambda value: self._change(before=value))
        self.after.valueChanged.connect(lambda value: self._change(after=value))
        self.opacity.value_changed.connect(lambda value: self._change(opacity=value / 100))
        self.on_top.toggled.connect(lambda checked: self._change(on_top=checked))
        self.tint_before.clicked.connect(lambda: self._ask_color("tint_before", self.tint_before))
        self.tint_after.clicked.connect(lambda: self._ask_color("tint_after", self.tint_after))

    # --- changing ---------------------------------------------------------------------------------

    def _change(self, **changes: object) -> None:
        self._settings = self._settings.with_changes(**changes)
        self.settings_changed.emit(self._settings)

    def _ask_color(self, name: str, swatch: ColorSwatch) -> None:
        dialog = QColorDialog(swatch.color(), self.parentWidget())
        dialog.colorSelected.connect(lambda color: self._use_color(name, swatch, color))
        self.close()
        open_dialog(dialog)

    def _use_color(self, name: str, swatch: ColorSwatch, color: QColor) -> None:
        if color.isValid():
            swatch.set_color(color)
            self._change(**{name: color.name()})
