"""The live picture on its own, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.document import Pixels
from studio.ui.panels.thumbnails import image_of
from studio.ui.style.theme import GRID, current_theme


class LiveView(QWidget):
    """Shows one picture after the other; a word where there is none yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Live picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._pixmap = QPixmap()
        self._word = ""

    @property
    def has_picture(self) -> bool:
        return not self._pixmap.isNull()

    def show_pixels(self, pixels: Pixels | None) -> None:
        """``pixels`` is uint8 ``(h, w, 3)`` RGB, or ``None`` for none."""
        self._pixmap = QPixmap() if pixels is None else QPixmap.fromImage(image_of(pixels))
        self.update()

    def show_word(self, text: str) -> None:
        """What is said where there is no picture."""
        if text != self._word:
            self._word = text
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(event.rect(), QColor(theme.workspace))
        if self._pixmap.isNull():
            painter.setPen(QColor(theme.text_muted))
            words = self.rect().adjusted(2 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._word)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self._place(), self._pixmap)
        painter.end()

    def _place(self) -> QRect:
        """The middle of the widget, in the shape of the picture."""
        room = self.size() - QSize(4 * GRID, 4 * GRID)
        size = self._pixmap.size().scaled(room.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        return place
