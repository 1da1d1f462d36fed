"""The Colour panel: the colour to paint with, the other one, and those used before."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QColor, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.color_field import HueStrip, SaturationValueSquare
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.flow_layout import FlowLayout

_RECENT = 16


class ColorPanel(QWidget):
    """Signal: ``color_changed(QColor)`` when the user chooses another foreground colour here."""

    color_changed = Signal(QColor)

    def __init__(self, color: QColor, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hsv = (0.0, 0.0, 0.0)
        self._recent: list[str] = []
        self.square = SaturationValueSquare(self)
        self.strip = HueStrip(self)
        self.foreground = ColorSwatch(color, 8 * GRID, self)
        self.background = ColorSwatch(QColor("white"), 6 * GRID, self)
        self.swap_button = stand_for(QToolButton(self), actions["edit.swap_colors"])
        self.hex = QLineEdit(self)
        self.swatches = QWidget(self)
        self._flow = FlowLayout(self.swatches, GRID)
        self._arrange()
        self._connect()
        self.set_color(color)

    def color(self) -> QColor:
        """The foreground colour."""
        return self.foreground.color()

    def set_color(self, color: QColor) -> None:
        """Show another foreground colour without announcing it (as when it was picked from the canvas)."""
        # A grey has no hue: keep the one that is shown, so that the square does not jump to red.
        hue = self._hsv[0] if color.hueF() < 0 or color.saturationF() == 0.0 else color.hueF()
        self._show((hue, color.saturationF(), color.valueF()), color)

    def remember(self, color: QColor) -> None:
        """Put a colour that was painted with first among the recent ones."""
        name = color.name()
        self._recent = [name, *(item for item in self._recent if item != name)][:_RECENT]
        self._fill_swatches()

    def recent(self) -> tuple[str, ...]:
        """The recent colours as ``#rrggbb``, newest first."""
        return tuple(self._recent)

    def swap(self) -> None:
        """Exchange foreground and background."""
        front, back = self.foreground.color(), self.background.color()
        self.background.set_color(front)
        self._use(back)

    def take_black_and_white(self) -> None:
        """Paint with white, and with black after a swap; the colour until now is among the recent ones."""
        self.remember(self.color())
        self.background.set_color(QColor("black"))
        self._use(QColor("white"))

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
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.square, 1)
        column.addWidget(self.strip)
        column.addLayout(row)
        column.addWidget(self.recent_label)
        column.addWidget(self.swatches)
        self._fill_swatches()

    def _connect(self) -> None:
        self.square.picked.connect(lambda saturation, value: self._pick(self._hsv[0], saturation, value))
        self.strip.picked.connect(lambda hue: self._pick(hue, self._hsv[1], self._hsv[2]))
        self.hex.textEdited.connect(self._hex_typed)
        self.hex.editingFinished.connect(lambda: self.hex.setText(self.color().name()))
        self.background.clicked.connect(self.swap)

    def _fill_swatches(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            swatch = item.widget()
            if swatch is not None:
                swatch.hide()
                swatch.deleteLater()
        for name in self._recent:
            swatch = ColorSwatch(QColor(name), 5 * GRID, self.swatches)
            swatch.clicked.connect(lambda _checked=False, chosen=name: self._use(QColor(chosen)))
            self._flow.addWidget(swatch)
            swatch.show()
        self.recent_label.setVisible(bool(self._recent))
        self.swatches.updateGeometry()

    # --- choosing ---------------------------------------------------------------------------------

    def _pick(self, hue: float, saturation: float, value: float) -> None:
        color = QColor.fromHsvF(hue, saturation, value)
        self._show((hue, saturation, value), color)
        self.color_changed.emit(color)

    def _hex_typed(self, text: str) -> None:
        digits = text.removeprefix("#")
        if len(digits) == 6:
            self._use(QColor(f"#{digits}"))

    def _use(self, color: QColor) -> None:
        self.set_color(color)
        self.color_changed.emit(color)

    def _show(self, hsv: tuple[float, float, float], color: QColor) -> None:
        self._hsv = hsv
        self.square.show_color(*hsv)
        self.strip.show_hue(hsv[0])
        self.foreground.set_color(color)
        if not self.hex.hasFocus():
            self.hex.setText(color.name())
