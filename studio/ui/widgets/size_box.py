"""Width and height of the picture to make, with presets."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.number_edit import NumberEdit

SIDE_MULTIPLE = 8
"""Latent diffusion works on sides that are multiples of this (the VAE shrinks by 8)."""
MINIMUM_SIDE = 64
MAXIMUM_SIDE = 8192

_RATIOS = ((1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16))


def valid_side(side: int) -> int:
    """The nearest side that a model can make."""
    snapped = round(side / SIDE_MULTIPLE) * SIDE_MULTIPLE
    return min(MAXIMUM_SIDE, max(MINIMUM_SIDE, snapped))


def preset_size(native_side: int, ratio: tuple[int, int]) -> tuple[int, int]:
    """A size of about ``native_side`` squared pixels in a ratio width : height."""
    width = native_side * math.sqrt(ratio[0] / ratio[1])
    return valid_side(round(width)), valid_side(round(native_side * native_side / width))


class SizeBox(QWidget):
    """Two sides in pixels, a swap button and a menu.

    Signals: ``changed()`` on every change; ``corrected(str)`` says which side could not be as it was typed.

    ``native_side()`` gives the side that the chosen model was trained at, ``canvas_size()`` the document's.
    """

    changed = Signal()
    corrected = Signal(str)

    def __init__(
        self,
        native_side: Callable[[], int],
        canvas_size: Callable[[], tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._native_side = native_side
        self._canvas_size = canvas_size
        self.label = QLabel(self.tr("Size"), self)
        self.width_edit = self._side(self.tr("Width"))
        self.height_edit = self._side(self.tr("Height"))
        self.label.setBuddy(self.width_edit)
        self.swap_button = self._button("swap", self.tr("Swap width and height"))
        self.menu_button = self._button("chevron-down", self.tr("Sizes to choose from"))
        self.menu = QMenu(self)
        self.menu_button.setMenu(self.menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._arrange()
        self.menu.aboutToShow.connect(self.fill_menu)
        self.swap_button.clicked.connect(lambda: self.set_size(self.size_pixels()[1], self.size_pixels()[0]))

    def size_pixels(self) -> tuple[int, int]:
        return self.width_edit.value(), self.height_edit.value()

    def problem(self) -> str:
        """What is typed and cannot be a side; empty if nothing is."""
        for edit in (self.width_edit, self.height_edit):
            if not edit.is_taken:
                return self.tr("{text} cannot be a side: sides are whole numbers from {least} to {most}.").format(
                    text=repr(edit.text()), least=MINIMUM_SIDE, most=MAXIMUM_SIDE
                )
        return ""

    def set_size(self, width: int, height: int) -> None:
        if (width, height) == self.size_pixels():
            return
        for edit, side in ((self.width_edit, width), (self.height_edit, height)):
            blocked = edit.blockSignals(True)
            edit.set_value(side)
            edit.blockSignals(blocked)
        self.changed.emit()

    def fill_menu(self) -> None:
        """List the sizes that suit the chosen model, and the canvas."""
        self.menu.clear()
        for ratio in _RATIOS:
            self._add_size(preset_size(self._native_side(), ratio), f"{ratio[0]}:{ratio[1]}")
        self.menu.addSeparator()
        width, height = self._canvas_size()
        self._add_size((valid_side(width), valid_side(height)), self.tr("From canvas"))

    def _add_size(self, size: tuple[int, int], name: str) -> None:
        action = self.menu.addAction(f"{name}\t{size[0]} × {size[1]}")
        action.triggered.connect(lambda: self.set_size(*size))

    def _side(self, name: str) -> NumberEdit:
        edit = NumberEdit(MINIMUM_SIDE, MAXIMUM_SIDE, SIDE_MULTIPLE, self)
        edit.setAccessibleName(name)
        edit.setToolTip(self.tr("{name} in pixels").format(name=name))
        edit.value_changed.connect(self.changed)
        edit.corrected.connect(lambda text: self._say_corrected(text, edit.value()))
        return edit

    def _say_corrected(self, text: str, side: int) -> None:
        self.corrected.emit(
            self.tr("Sides are whole numbers from {least} to {most}: {text} became {side}.").format(
                least=MINIMUM_SIDE, most=MAXIMUM_SIDE, text=text, side=side
            )
        )

    def _button(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.label)
        row.addSpacing(GRID)
        row.addWidget(self.width_edit, 1)
        row.addWidget(QLabel("×", self))
        row.addWidget(self.height_edit, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.swap_button)
        buttons.addWidget(self.menu_button)
        row.addLayout(buttons)
