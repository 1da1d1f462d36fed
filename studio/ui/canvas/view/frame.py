"""Painting a part of the canvas so that it looks as if the whole had been painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

COLUMN: Final = 512
"""Width in logical pixels of the columns that are painted whole."""


class Frame:
    """Paints parts of an opaque widget, and knows what its screen lacks.

    Qt counts its way through a scaled picture from the left end of each row that it paints, and rounds on the way: a
    row that begins elsewhere comes out a shade different. So rows are always painted from the same ends, on a surface
    of the widget's size, and what was asked for is copied from there.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._surface = QImage()
        self._covered = QRegion()

    def expose(self, area: QRect) -> None:
        """Have view rectangle ``area`` painted soon, as far as the paint under way does not bring it to the screen."""
        missing = QRegion(area.intersected(self._widget.rect())) - self._covered
        if not missing.isEmpty():
            self._widget.update(missing)

    @contextmanager
    def covering(self, region: QRegion) -> Iterator[None]:
        """In a paint event for ``region``, before anything is painted: what changes now is painted with the rest.

        That holds for paints on the screen only; a picture taken of the widget leaves the screen as it was.
        """
        self._covered = QRegion(region) if _is_for_screen(self._widget) else QRegion()
        try:
            yield
        finally:
            self._covered = QRegion()

    def paint(self, region: QRegion, paint_part: Callable[[QPainter, QRect], None]) -> None:
        """In a paint event, paint ``region``. ``paint_part`` fills a rectangle of the widget, in its coordinates."""
        self._fit_surface()
        for part in _columns(region):
            with _open(self._surface) as painter:
                painter.setClipRect(part)
                paint_part(painter, part)
        with _open(self._widget) as painter:
            painter.setClipRegion(region)
            painter.drawImage(QPointF(0, 0), self._surface)

    def _fit_surface(self) -> None:
        ratio = self._widget.devicePixelRatioF()
        size = (self._widget.size() * ratio).expandedTo(QSize(1, 1))
        if self._surface.size() != size or self._surface.devicePixelRatio() != ratio:
            self._surface = QImage(size, QImage.Format.Format_RGB32)
            self._surface.setDevicePixelRatio(ratio)


@contextmanager
def _open(device: QImage | QWidget) -> Iterator[QPainter]:
    """A painter that is closed even if painting raises; Qt may crash over one that is left open."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def _columns(region: QRegion) -> Iterator[QRect]:
    """The rows of each whole column that ``region`` touches."""
    bounds = region.boundingRect()
    for left in range(bounds.left() // COLUMN * COLUMN, bounds.right() + 1, COLUMN):
        touched = region.intersected(QRect(left, bounds.top(), COLUMN, bounds.height())).boundingRect()
        if not touched.isEmpty():
            yield QRect(left, touched.top(), COLUMN, touched.height())


def _is_for_screen(widget: QWidget) -> bool:
    """Whether a paint event under way paints what is on the screen."""
    store = widget.backingStore()
    with _open(widget) as painter:
        engine = painter.paintEngine()
        return store is not None and engine is not None and engine.paintDevice() is store.paintDevice()
