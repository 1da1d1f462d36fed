"""Draws the rows of the command search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme

FOUND_ROLE: Final = Qt.ItemDataRole.UserRole
_ICON: Final = 16
_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, kw_only=True)
class Found:
    """A row of results. ``obstacle`` says why the command is of no use now, "" where it is."""

    id: str
    title: str
    place: str
    hint: str
    keys: str
    obstacle: str
    icon: str
    is_checked: bool


class CommandDelegate(QStyledItemDelegate):
    """Icon, title and keys; below them where the command is found, and what it does or why it cannot."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, option.fontMetrics.height() * 2 + 4 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        found: Found = index.data(FOUND_ROLE)
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        blank.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        painter.save()
        self._paint_found(painter, option.rect.adjusted(2 * GRID, 0, -2 * GRID, 0), found)
        painter.restore()

    def _paint_found(self, painter: QPainter, rect: QRect, found: Found) -> None:
        theme, metrics = current_theme(), painter.fontMetrics()
        top = QRect(rect.left(), rect.center().y() - metrics.height(), rect.width(), metrics.height())
        drawing = _drawing(found)
        if drawing is not None:
            mode = QIcon.Mode.Disabled if found.obstacle else QIcon.Mode.Normal
            drawing.paint(painter, QRect(top.left(), top.center().y() - _ICON // 2 + 1, _ICON, _ICON), mode=mode)
        painter.setPen(QColor(theme.text_muted))
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | _LINE, found.keys)
        keys = metrics.horizontalAdvance(found.keys)
        title = top.adjusted(_ICON + 2 * GRID, 0, -(keys + 2 * GRID if keys else 0), 0)
        painter.setPen(QColor(theme.text_disabled if found.obstacle else theme.text))
        painter.drawText(title, _LINE, _fitting(metrics, found.title, title))
        below = QRect(title.left(), top.bottom() + 1, rect.right() - title.left(), metrics.height())
        painter.setPen(QColor(theme.warning if found.obstacle else theme.text_muted))
        painter.drawText(below, _LINE, _fitting(metrics, f"{found.place} · {found.obstacle or found.hint}", below))


def _drawing(found: Found) -> QIcon | None:
    if found.is_checked:
        return icon("check", "accent")
    return icon(found.icon) if found.icon else None


def _fitting(metrics: QFontMetrics, text: str, rect: QRect) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
