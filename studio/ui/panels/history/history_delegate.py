"""Draws the rows of the History panel."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.history import DEFAULT_ICON, Step
from studio.ui.panels.history.history_model import STATE_ROLE, STEP_ROLE, step_settings, step_title
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme

_ICON = 16
_UNDONE_OPACITY = 0.55

_Index = QModelIndex | QPersistentModelIndex


class HistoryDelegate(QStyledItemDelegate):
    """An icon, the label and the time; steps from generation have their prompt on a second line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        lines = 2 if _prompt(index.data(STEP_ROLE)) else 1
        return QSize(0, option.fontMetrics.height() * lines + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        step: Step[Any] = index.data(STEP_ROLE)
        state: int = index.data(STATE_ROLE)
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        blank.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        painter.save()
        painter.setOpacity(_UNDONE_OPACITY if state > 0 else 1.0)
        self._paint_step(painter, option.rect.adjusted(2 * GRID, 0, -2 * GRID, 0), step, is_current=state == 0)
        painter.restore()

    def _paint_step(self, painter: QPainter, rect: QRect, step: Step[Any], *, is_current: bool) -> None:
        theme = current_theme()
        metrics = painter.fontMetrics()
        prompt = _prompt(step)
        block = metrics.height() * (2 if prompt else 1)
        line = QRect(rect.left(), rect.center().y() - block // 2 + 1, rect.width(), metrics.height())
        _step_icon(step).paint(painter, QRect(line.left(), line.center().y() - _ICON // 2 + 1, _ICON, _ICON))
        clock = _clock(step.created)
        painter.setPen(QColor(theme.text_muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, clock)
        text = line.adjusted(_ICON + 2 * GRID, 0, -metrics.horizontalAdvance(clock) - 2 * GRID, 0)
        if prompt:
            below = QRect(text.left(), text.bottom() + 1, rect.right() - text.left(), metrics.height())
            shown = metrics.elidedText(prompt, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        font = QFont(painter.font())
        font.setBold(is_current)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        title = painter.fontMetrics().elidedText(step_title(step), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, title)


def _step_icon(step: Step[Any]) -> QIcon:
    try:
        return icon(step.kind.icon)
    except KeyError:  # a journal of another release may name a drawing that is not here
        return icon(DEFAULT_ICON)


def _prompt(step: Step[Any]) -> str:
    settings = step_settings(step)
    return " ".join(settings.prompt.split()) if settings is not None else ""


def _clock(created: float) -> str:
    moment = QDateTime.fromSecsSinceEpoch(round(created))
    return QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
