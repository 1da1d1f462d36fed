"""An icon that stands alone; unlike a pixmap on a label it follows the theme, the state and the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

_SIDE: Final = 16


class IconLabel(QLabel):
    """Shows an icon of 16 pixels; a label, so that it can have a buddy."""

    def __init__(self, icon: QIcon | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon or QIcon()

    def set_icon(self, icon: QIcon) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        box = QRect(0, 0, _SIDE, _SIDE)
        box.moveCenter(self.rect().center())
        self._icon.paint(QPainter(self), box, Qt.AlignmentFlag.AlignCenter, mode)
