"""The Colour panel: the colour to paint with, the other one, and those used before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QColor, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.color_field import HueStrip, SaturationValueSquare
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.paint_colors import PaintColors


class ColorPanel(QWidget):
    """Shows the colours to paint with, and chooses others; ``palettes`` is the folder of those to show, if any."""

    def __init__(
        self, colors: PaintColors, actions: ActionTable, parent: QWidget | None = None, *, palettes: Path | None = None
    ) -> None:
        super().__init__(parent)
        self._colors = colors
        self._hsv = (0.0, 0.0, 0.0)
        self.square = SaturationValueSquare(self)
        self.strip = HueStrip(self)
        self.foreground = ColorSwatch(colors.foreground, 8 * GRID, self)
        self.background = ColorSwatch(colors.background, 6 * GRID, self)
        self.swap_button = stand_for(QToolButton(self), actions["edit.swap_colors"])
        self.hex = QLineEdit(self)
        self.swatches = QWidget(self)
        self._flow = FlowLayout(self.swatches, GRID)
        self._arrange()
        self._connect()
        if palettes is not None:
            self._add_palettes(palettes, actions)
        self._show_colors()

    def color(self) -> QColor:
        """The foreground colour."""
        return self._colors.foreground

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.foreground.setToolTip(self.tr("Colour to paint with"))
        self.background.setToolTip(self.tr("Other colour: click to swap"))
        self.hex.setValidator(QRegularExpressionValidator(QRegularExpression("#?[0-9a-fA-F]{0,6}"), self.hex))
        self.hex.setAccessibleName(self.tr("Colour as a number"))
        self.hex.setToolTip(self.tr("Red, green and blue as six hexadecimal digits"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for widget in (self.foreground, self.background, self.swap_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.hex, 2)
        self.recent_label = QLabel(self.tr("Recent"), self)
        self.recent_label.setProperty("role", "muted")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.square, 1)
        column.addWidget(self.strip)
        column.addLayout(row)
        column.addWidget(self.recent_label)
        column.addWidget(self.swatches)
        self._fill_swatches()

    def _add_palettes(self, folder: Path, actions: ActionTable) -> None:
        from studio.ui.panels.palette_section import PaletteSection

        self.palettes = PaletteSection(self._colors, folder, self)
        self.palettes.import_asked.connect(actions["edit.import_palettes"].trigger)
        self._column.addWidget(self.palettes)

    def _connect(self) -> None:
        self.square.picked.connect(lambda saturation, value: self._pick(self._hsv[0], saturation, value))
        self.strip.picked.connect(lambda hue: self._pick(hue, self._hsv[1], self._hsv[2]))
        self.hex.textEdited.connect(self._hex_typed)
        self.hex.editingFinished.connect(lambda: self.hex.setText(self.color().name()))
        self.background.clicked.connect(self._colors.swap)
        self._colors.changed.connect(self._show_colors)
        self._colors.remembered.connect(self._fill_swatches)

    def _fill_swatches(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            swatch = item.widget()
            if swatch is not None:
                swatch.hide()
                swatch.deleteLater()
        for name in self._colors.recent:
            swatch = ColorSwatch(QColor(name), 5 * GRID, self.swatches)
            swatch.clicked.connect(lambda _checked=False, chosen=name: self._colors.choose(QColor(chosen)))
            self._flow.addWidget(swatch)
            swatch.show()
        self.recent_label.setVisible(bool(self._colors.recent))
        self.swatches.updateGeometry()

    # --- choosing ---------------------------------------------------------------------------------

    def _pick(self, hue: float, saturation: float, value: float) -> None:
        self._hsv = (hue, saturation, value)
        self._colors.choose(QColor.fromHsvF(hue, saturation, value))

    def _hex_typed(self, text: str) -> None:
        digits = text.removeprefix("#")
        if len(digits) == 6:
            self._colors.choose(QColor(f"#{digits}"))

    # --- showing ----------------------------------------------------------------------------------

    def _show_colors(self) -> None:
        color = self._colors.foreground
        if QColor.fromHsvF(*self._hsv) != color:
            # A grey has no hue: keep the one that is shown, so that the square does not jump to red.
            hue = self._hsv[0] if color.hueF() < 0 or color.saturationF() == 0.0 else color.hueF()
            self._hsv = (hue, color.saturationF(), color.valueF())
        self.square.show_color(*self._hsv)
        self.strip.show_hue(self._hsv[0])
        self.foreground.set_color(color)
        self.background.set_color(self._colors.background)
        if not self.hex.hasFocus():
            self.hex.setText(color.name())
