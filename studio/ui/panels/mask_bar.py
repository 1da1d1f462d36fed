"""What can be done to the whole generation mask, in one line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, name_like, stand_for
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.slider_row import ValueSpin

_FIRST_RADIUS: Final = 8
_MAX_RADIUS: Final = 512
_MORE: Final = ("mask.all", "mask.from_layer", "layer.add_mask")


class MaskBar(QWidget):
    """Commands as buttons, and the number of pixels that some of them work by."""

    def __init__(self, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.radius = ValueSpin(self)
        self.more_button = QToolButton(self)
        self.more_menu = QMenu(self)
        self._arrange()

    def pixels(self) -> int:
        """By how many pixels the mask is grown, shrunk or feathered."""
        return round(self.radius.value())

    def set_pixels(self, pixels: int) -> None:
        self.radius.setValue(pixels)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.more_button.setIcon(icon("more"))
        self.more_button.setAccessibleName(self.tr("More for the mask"))
        self.more_button.setToolTip(self.tr("More for the mask"))
        self.more_button.setMenu(self.more_menu)
        row = self.row = OverflowRow(self.more_button, spacing=GRID, always=True, parent=self)
        column = QHBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        self.invert_button = stand_for(QToolButton(self), self._actions["mask.invert"])
        self.clear_button = stand_for(QToolButton(self), self._actions["mask.clear"])
        row.add(self.invert_button)
        row.add(self.clear_button)
        row.add(self._radius_group())
        self.more_menu.addActions([self._actions[name] for name in _MORE])

    def _radius_group(self) -> QWidget:
        """The edits that need a number of pixels, and that number; they stay together."""
        group = QWidget(self)
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        self.shrink_button = self._edit("mask.shrink")
        self.grow_button = self._edit("mask.grow")
        self.feather_button = self._edit("mask.feather")
        for button in (self.shrink_button, self.grow_button, self.feather_button):
            row.addWidget(button)
        self.radius.setDecimals(0)
        self.radius.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.radius.setRange(1, _MAX_RADIUS)
        self.radius.setValue(_FIRST_RADIUS)
        self.radius.setSuffix(self.tr(" px"))
        self.radius.setAccessibleName(self.tr("Pixels to grow, shrink or feather by"))
        self.radius.setToolTip(self.tr("Pixels to grow, shrink or feather by"))
        self.radius.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.radius)
        return group

    def _edit(self, command_id: str) -> QToolButton:
        """A button for a command that asks for pixels: here their number is set beside it."""
        action, button = self._actions[command_id], QToolButton(self)
        name_like(button, action)
        button.setIcon(action.icon())
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        button.clicked.connect(lambda: self._actions.run_by(command_id, self.pixels()))
        return button
