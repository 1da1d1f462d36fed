"""Draws how often each value is in what an adjustment acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from studio.ui.style.theme import GRID, current_theme

if TYPE_CHECKING:
    from studio.raster.histogram import Histogram


class HistogramView(QWidget):
    """A square or strip with the histogram of one channel: 0 is all of them, then red, green and blue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self.channel = 0
        self.setMinimumHeight(24 * GRID)

    def sizeHint(self) -> QSize:
        return QSize(64 * GRID, 24 * GRID)

    def show_histogram(self, histogram: Histogram) -> None:
        """Show another one; see `studio.raster.histogram`."""
        self._histogram = histogram
        self.update()

    def show_channel(self, channel: int) -> None:
        self.channel = channel
        self.update()

    def plot(self) -> QRectF:
        """Where 0..255 and 0..1 lie."""
        return QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.sunken))
        painter.setPen(QColor(theme.outline))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_histogram(painter)

    def paint_histogram(self, painter: QPainter) -> None:
        """Draw the shape, its height by the root of the share, so that rare values are seen."""
        if self._histogram is None:
            return
        plot = self.plot()
        points = [plot.bottomLeft()]
        for value, share in enumerate(self._histogram[self.channel]):
            height = min(1.0, float(share)) ** 0.5 * plot.height()
            points.append(QPointF(plot.left() + value / 255 * plot.width(), plot.bottom() - height))
        painter.save()
        painter.setPen(QColor(0, 0, 0, 0))
        color = QColor(current_theme().text_muted)
        color.setAlpha(110)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([*points, plot.bottomRight()]))
        painter.restore()
