"""Draws the frames of the timeline: a thumbnail with its number, as wide as the frame is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.document import Layer
from studio.ui.panels.layers.layer_delegate import paint_thumbnail
from studio.ui.panels.timeline.frame_model import FRAME_ROLE, HOLD_ROLE
from studio.ui.style.theme import GRID, current_theme

THUMBNAIL: Final = 56
_NUMBER_HEIGHT: Final = 18
_TICK_WIDTH: Final = 16
"""How much wider a frame is drawn for each tick that it is held longer."""
_MOST_TICKS: Final = 24
_BAR: Final = 3
_LEAST: Final = QSize(4, 4)

_Index = QModelIndex | QPersistentModelIndex

ITEM_HEIGHT: Final = THUMBNAIL + _NUMBER_HEIGHT + 2 * GRID + _BAR


class FrameDelegate(QStyledItemDelegate):
    """``picture(frame)`` gives a frame's thumbnail, ``None`` where there is none yet.

    ``current`` is the row of the frame that is shown on the canvas, ``playing`` that of the one being played;
    ``canvas`` is the size of the picture, for thumbnails that are still to come.
    """

    def __init__(self, picture: Callable[[Layer], QPixmap | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = picture
        self.current: int | None = None
        self.playing: int | None = None
        self.canvas = QSize(THUMBNAIL, THUMBNAIL)

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        longer = min(_MOST_TICKS, (index.data(HOLD_ROLE) or 1) - 1)
        return QSize(THUMBNAIL + 2 * GRID + longer * _TICK_WIDTH, ITEM_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        frame, ticks = index.data(FRAME_ROLE), index.data(HOLD_ROLE)
        if frame is None:
            return
        is_current = index.row() == self.current
        box: QRect = option.rect.adjusted(0, 0, -1, 0)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(theme.hover))
        painter.setPen(QColor(theme.border))
        painter.drawLine(box.right() + 1, box.top(), box.right() + 1, box.bottom())
        if index.row() == (self.current if self.playing is None else self.playing):
            painter.fillRect(QRect(box.left(), box.top(), box.width(), _BAR), QColor(theme.accent))
        self._paint_picture(painter, box, frame, ticks, is_current=is_current)
        _paint_number(painter, box, index.row() + 1, ticks, is_current=is_current)
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(QPen(QColor(theme.text), 1, Qt.PenStyle.DotLine))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, frame: Layer, ticks: int, *, is_current: bool) -> None:
        theme = current_theme()
        place = QRect(box.left() + GRID, box.top() + _BAR + GRID, THUMBNAIL, THUMBNAIL)
        shape = QRect(QPoint(), self.canvas.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(_LEAST))
        shape.moveCenter(place.center())
        drawn = paint_thumbnail(painter, shape, self._picture(frame), checked=True)
        if is_current:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(drawn.adjusted(0, 0, -1, -1))
        if ticks > 1:
            middle = place.center().y()
            line = QRect(place.right() + GRID, middle, box.right() - place.right() - 2 * GRID, 1)
            painter.setPen(QPen(QColor(theme.outline), 2))
            painter.drawLine(line.left(), middle, line.right(), middle)
            painter.drawLine(line.right(), middle - GRID, line.right(), middle + GRID)


def _paint_number(painter: QPainter, box: QRect, number: int, ticks: int, *, is_current: bool) -> None:
    theme = current_theme()
    top = box.top() + _BAR + GRID + THUMBNAIL
    line = QRect(box.left() + GRID, top, box.width() - 2 * GRID, _NUMBER_HEIGHT)
    font = painter.font()
    font.setBold(is_current)
    painter.setFont(font)
    painter.setPen(QColor(theme.accent if is_current else theme.text))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(number))
    if ticks > 1:
        painter.setPen(QColor(theme.text_muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"×{ticks}")
