"""A small picture to click on, of something that was drawn."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QMouseEvent, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from studio.document import Pixels
from studio.ui.panels.thumbnails import shrunk
from studio.ui.style.theme import GRID


class PictureButton(QToolButton):
    """Shows pixels, uint8 ``(h, w, 4)`` premultiplied RGBA, on ``side`` pixels of the screen at most.

    Signals: ``clicked()``, and ``double_clicked()`` in place of a second click.
    """

    double_clicked = Signal()

    def __init__(self, pixels: Pixels, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ratio = self.devicePixelRatioF()
        step = max(1, max(pixels.shape[:2]) // (4 * side))
        pixmap = QPixmap.fromImage(shrunk(pixels[::step, ::step], round(side * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        self.setIcon(QIcon(pixmap))
        self.setIconSize(QSize(side, side))
        self.setFixedSize(side + 2 * GRID, side + 2 * GRID)

    def tell(self, text: str) -> None:
        """Say what it is, to eyes and to screen readers."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()
