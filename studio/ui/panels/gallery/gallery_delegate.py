"""Draws the pictures of the gallery."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.files.gallery.values import MOST_STARS, GalleryEntry
from studio.ui.panels.gallery.gallery_model import ENTRY_ROLE, PIXMAP_ROLE
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID

CELL: Final = 23 * GRID
"""The side of a cell at least; what is left of a row is shared."""
_STAR: Final = 9
_STRIP: Final = 14
"""The dark strip below the stars, so that they are seen on any picture."""
_SIGN: Final = 24

_Index = QModelIndex | QPersistentModelIndex


class GalleryDelegate(QStyledItemDelegate):
    """A picture in the middle of its cell, its stars over its lower edge, and a sign where its file is gone."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """All of a cell."""
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        blank = QStyleOptionViewItem(option)
        blank.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, blank, painter, blank.widget)
        room: QRect = option.rect.adjusted(GRID, GRID, -GRID, -GRID)
        entry: GalleryEntry | None = index.data(ENTRY_ROLE)
        pixmap: QPixmap | None = index.data(PIXMAP_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if entry is not None and pixmap is not None:
            _paint_entry(painter, room, entry, pixmap)
        painter.restore()


def stars_text(rating: int) -> str:
    """A rating in words."""
    if rating == 0:
        return QCoreApplication.translate("Gallery", "No stars")
    if rating == 1:
        return QCoreApplication.translate("Gallery", "1 star")
    return QCoreApplication.translate("Gallery", "{count} stars").format(count=rating)


def _paint_entry(painter: QPainter, room: QRect, entry: GalleryEntry, pixmap: QPixmap) -> None:
    place = _fitted(pixmap.size() if not pixmap.isNull() else room.size(), room)
    if not pixmap.isNull():
        painter.setOpacity(1.0 if entry.is_there else 0.4)
        painter.drawPixmap(place, pixmap)
        painter.setOpacity(1.0)
    if not entry.is_there or pixmap.isNull():
        side = min(_SIGN, place.width(), place.height())
        sign = QRect(0, 0, side, side)
        sign.moveCenter(place.center())
        icon("unlink", "warning").paint(painter, sign)
    if entry.rating:
        _paint_stars(painter, place, room, entry.rating)


def _paint_stars(painter: QPainter, place: QRect, room: QRect, rating: int) -> None:
    """On the picture, or below it where it is narrower than they are."""
    width = MOST_STARS * (_STAR + 1) + GRID
    strip = QRect(0, 0, min(width, room.width()), _STRIP)
    strip.moveCenter(place.center())
    strip.moveBottom(min(place.bottom(), room.bottom()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawRoundedRect(strip, 3, 3)
    for number in range(MOST_STARS):
        painter.setBrush(QColor("#f0c152") if number < rating else QColor(255, 255, 255, 60))
        centre = QPointF(strip.left() + GRID / 2 + (number + 0.5) * (_STAR + 1), strip.center().y() + 0.5)
        painter.drawPolygon(_star(centre, _STAR / 2))


def _star(centre: QPointF, radius: float) -> QPolygonF:
    points = []
    for number in range(10):
        angle, reach = math.pi * number / 5 - math.pi / 2, radius if number % 2 == 0 else radius * 0.45
        points.append(centre + QPointF(reach * math.cos(angle), reach * math.sin(angle)))
    return QPolygonF(points)


def _fitted(size: QSize, room: QRect) -> QRect:
    place = QRect(room.topLeft(), size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(room.center())
    return place
