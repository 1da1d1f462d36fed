"""A live picture over the document; what was painted since it was asked for lies over it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QRegion

from studio.document import Pixels, Rect
from studio.ui.canvas.view.live_preview import LivePreview
from studio.ui.canvas.view.view_transform import ViewTransform

_MOST_RECTS: Final = 400
"""A region of more is slow to paint through: its bounding box stands for it then."""


class LivePicture:
    """Paint is seen under the pen at once, and the next picture comes later: the document shows where it is new."""

    def __init__(self) -> None:
        self._preview = LivePreview()
        self._open = QRegion()
        self._fresh = QRegion()

    @property
    def rect(self) -> Rect | None:
        """Where it lies; ``None`` while there is none."""
        return self._preview.rect

    def set(self, rect: Rect | None, pixels: Pixels | None, mask: Pixels | None = None) -> None:
        """Show another picture, see `LivePreview.set`: one of the document as it was at the last `ask`."""
        self._preview.set(rect, pixels, mask)
        self._open = QRegion(self._fresh)

    def ask(self) -> None:
        """The next picture holds what is painted until now, and nothing that is painted later."""
        self._fresh = QRegion()

    def paint_on(self, near: Rect) -> None:
        """Something was painted there."""
        area = QRect(near.x, near.y, near.width, near.height)
        self._open, self._fresh = _with(self._open, area), _with(self._fresh, area)

    def paint(self, painter: QPainter, view: ViewTransform, accent: QColor) -> None:
        """``painter`` is in view coordinates."""
        place = self._preview.rect
        if place is None:
            return
        if self._open.isEmpty():
            self._preview.paint(painter, view, accent)
            return
        painter.save()
        to_view = view.matrix()
        area = to_view.map(QRegion(QRect(place.x, place.y, place.width, place.height).adjusted(-2, -2, 2, 2)))
        painter.setClipRegion(area.subtracted(to_view.map(self._open)), Qt.ClipOperation.IntersectClip)
        self._preview.paint(painter, view, accent)
        painter.restore()


def _with(region: QRegion, area: QRect) -> QRegion:
    more = region.united(area)
    return more if more.rectCount() <= _MOST_RECTS else QRegion(more.boundingRect())
