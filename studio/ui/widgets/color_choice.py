"""A button that shows a colour and asks for another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.dialog_opening import open_dialog

_SAMPLE = 4 * GRID


class ColorChoice(ColorSwatch):
    """Offers some colours by name, and every other one. Signal: ``color_changed()``, by the user only.

    Colours are ``#rrggbb``, or ``#rrggbbaa`` with ``has_alpha``.
    """

    color_changed = Signal()

    def __init__(
        self, value: str, swatches: Sequence[tuple[str, str]], *, has_alpha: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(color_of(value), 5 * GRID, parent)
        self._has_alpha = has_alpha
        self.color_menu = QMenu(self)
        for code, name in swatches:
            self._offer(code, name)
        other = self.color_menu.addAction(icon("color"), self.tr("Other colour…"))
        other.triggered.connect(self.ask)
        self.clicked.connect(self._clicked)

    def value(self) -> str:
        color = self.color()
        return color.name() + (f"{color.alpha():02x}" if self._has_alpha else "")

    def set_value(self, value: str) -> None:
        """Show a colour without announcing it."""
        self.set_color(color_of(value))

    def ask(self) -> None:
        """Ask for any colour."""
        dialog = QColorDialog(self.color(), self)
        dialog.setOption(QColorDialog.ColorDialogOption.ShowAlphaChannel, self._has_alpha)
        dialog.colorSelected.connect(self._choose)
        open_dialog(dialog)

    def _offer(self, code: str, name: str) -> None:
        sample = QPixmap(_SAMPLE, _SAMPLE)
        sample.fill(color_of(code))
        entry = self.color_menu.addAction(QIcon(sample), name)
        entry.triggered.connect(lambda: self._choose(color_of(code)))

    def _clicked(self) -> None:
        if len(self.color_menu.actions()) > 1:
            self.color_menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            self.ask()

    def _choose(self, color: QColor) -> None:
        if color.isValid() and color != self.color():
            self.set_color(color)
            self.color_changed.emit()


def color_of(value: str) -> QColor:
    """The colour that ``#rrggbb`` or ``#rrggbbaa`` means; Qt itself reads alpha from the front."""
    color = QColor(value[:7])
    if len(value) > len("#rrggbb"):
        color.setAlpha(int(value[7:9], 16))
    return color
