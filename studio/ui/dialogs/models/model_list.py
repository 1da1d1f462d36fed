"""The list of models as a Qt model, and how its rows are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.engine.models.identity.families import family_name
from studio.engine.models.model_info import ModelInfo
from studio.ui.dialogs.models.pictures import ModelPictures
from studio.ui.dialogs.models.words import ICONS, KINDS, is_in, summary, word
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.matching import score
from studio.ui.widgets.readable import message_text

MODEL_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `ModelInfo` of a row."""
PICTURE_ROLE: Final = MODEL_ROLE + 1
"""Its picture, a `QPixmap`; not Qt's own role, since styles would draw it too."""
PICTURE_SIDE: Final = 48
_ICON: Final = 16
_UNUSABLE_OPACITY: Final = 0.75

_Index = QModelIndex | QPersistentModelIndex


def matching(models: Sequence[ModelInfo], tab: str, query: str) -> list[ModelInfo]:
    """The models of a tab that fit what was typed: the best first, or without a query what can be used, by name."""
    listed = [model for model in models if is_in(model, tab)]
    if not query.strip():
        return sorted(listed, key=lambda model: (model.problem is not None, model.name.casefold()))
    fits = ((_fit(query, model), model) for model in listed)
    found = [(fit, model) for fit, model in fits if fit]
    return [model for _fit_, model in sorted(found, key=lambda each: (-each[0], each[1].name.casefold()))]


def _fit(query: str, model: ModelInfo) -> int:
    texts = ((model.name, 4), (model.id, 2), (family_name(model.family), 1), (word(KINDS[model.kind]), 1))
    whats = dict.fromkeys((model.what, message_text(model.what)))
    return score(query, (*texts, (model.family, 1), *((what, 1) for what in whats), (model.path.parent.name, 1)))


class ModelList(QAbstractListModel):
    """One row a model, as `show` was given them."""

    def __init__(self, pictures: ModelPictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models: list[ModelInfo] = []
        self._pictures = pictures
        pictures.ready.connect(self._announce)

    def show(self, models: list[ModelInfo]) -> None:
        if models == self._models:
            return
        self.beginResetModel()
        self._models = models
        self.endResetModel()

    def model_at(self, row: int) -> ModelInfo | None:
        return self._models[row] if 0 <= row < len(self._models) else None

    def row_of(self, model_id: str) -> int:
        """The row of a model, -1 where it is not listed."""
        return next((row for row, model in enumerate(self._models) if model.id == model_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._models)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        model = self.model_at(index.row())
        if model is None:
            return None
        if role == MODEL_ROLE:
            return model
        if role == PICTURE_ROLE:
            return self._pictures.of(model)
        if role == Qt.ItemDataRole.DisplayRole:
            return model.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (model.name, summary(model), message_text(model.problem or ""))))
        return message_text(model.problem or str(model.path)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _announce(self, path: Path) -> None:
        for row, model in enumerate(self._models):
            if model.path == path:
                self.dataChanged.emit(self.index(row), self.index(row))


class ModelDelegate(QStyledItemDelegate):
    """A picture, the name, and below it kind, family and size; a sign at what cannot be used."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, PICTURE_SIDE + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model: ModelInfo = index.data(MODEL_ROLE)
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        blank.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        area = option.rect.adjusted(2 * GRID, 0, -2 * GRID, 0)
        box = QRect(area.left(), area.center().y() - PICTURE_SIDE // 2 + 1, PICTURE_SIDE, PICTURE_SIDE)
        painter.save()
        painter.setOpacity(1.0 if model.problem is None else _UNUSABLE_OPACITY)
        _paint_picture(painter, box, index.data(PICTURE_ROLE), ICONS[model.kind])
        painter.setOpacity(1.0)
        _paint_texts(painter, area.adjusted(PICTURE_SIDE + 3 * GRID, 0, 0, 0), model)
        painter.restore()


def _paint_texts(painter: QPainter, area: QRect, model: ModelInfo) -> None:
    theme, metrics = current_theme(), painter.fontMetrics()
    if model.problem is not None:
        sign = QRect(area.right() - _ICON, area.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        icon("warning", "warning").paint(painter, sign)
        area = area.adjusted(0, 0, -_ICON - 2 * GRID, 0)
    top = QRect(area.left(), area.center().y() - metrics.height(), area.width(), metrics.height())
    below = top.translated(0, metrics.height() + 1)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    for line, text, color in ((top, model.name, theme.text), (below, summary(model), theme.text_muted)):
        painter.setPen(QColor(color))
        painter.drawText(line, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width()))


def _paint_picture(painter: QPainter, box: QRect, picture: QPixmap, drawing: str) -> None:
    """The middle of the picture in a square with round corners, or a drawing where there is none."""
    theme = current_theme()
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(box), GRID, GRID)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillPath(outline, QColor(theme.sunken))
    if picture.isNull():
        place = QRect(box.center().x() - _ICON // 2 + 1, box.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        icon(drawing, "text_muted").paint(painter, place)
        return
    side = min(picture.width(), picture.height())
    part = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    painter.save()
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.drawPixmap(box, picture, part)
    painter.restore()
