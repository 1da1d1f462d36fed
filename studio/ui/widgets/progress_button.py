"""A primary button that fills up while its work runs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from studio.ui.style.theme import current_theme

_RADIUS = 4.0


class ProgressButton(QPushButton):
    """Looks like any primary button until `set_progress` gives it a fraction to show."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "primary")
        self._fraction: float | None = None

    def progress(self) -> float | None:
        return self._fraction

    def set_progress(self, fraction: float | None) -> None:
        """Show ``fraction`` 0..1 as a fill from the leading edge; ``None`` is the plain button."""
        clipped = None if fraction is None else min(1.0, max(0.0, fraction))
        if clipped != self._fraction:
            self._fraction = clipped
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fraction is None:
            super().paintEvent(event)
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(box, _RADIUS, _RADIUS)
        filled = QRectF(self.rect())
        filled.setWidth(self.width() * self._fraction)
        rest = QRectF(self.rect())
        rest.setLeft(filled.right())
        raised = QColor(theme.hover if self.underMouse() else theme.raised)
        self._paint_part(painter, outline, rest, raised, QColor(theme.text))
        self._paint_part(painter, outline, filled, QColor(theme.accent), QColor(theme.on_accent))
        painter.setClipping(False)
        painter.setPen(QPen(QColor(theme.accent), 2 if self.hasFocus() else 1))
        painter.drawPath(outline)

    def _paint_part(self, painter: QPainter, outline: QPainterPath, part: QRectF, fill: QColor, text: QColor) -> None:
        """The text is drawn once in each part, so that it can be read on either side of the edge."""
        painter.setClipRect(part)
        painter.fillPath(outline, fill)
        painter.setPen(text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.text())
