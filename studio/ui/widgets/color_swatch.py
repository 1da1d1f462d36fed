"""A button that shows a colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.ui.style.theme import current_theme

_RADIUS = 3.0


class ColorSwatch(QAbstractButton):
    """A square of ``side`` pixels; its accessible name is the colour."""

    def __init__(self, color: QColor, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = QColor(color)
        self._side = side
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def color(self) -> QColor:
        return QColor(self._color)

    def set_color(self, color: QColor) -> None:
        self._color = QColor(color)
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._color)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.outline), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _tell(self) -> None:
        self.setAccessibleName(self._color.name())
        if not self.toolTip() or self.toolTip().startswith("#"):
            self.setToolTip(self._color.name())
