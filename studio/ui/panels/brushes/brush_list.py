"""The list of presets, each with a stroke by the engine that paints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.files.brushes.presets import StoredPreset
from studio.raster.brushes.brush import Brush
from studio.ui.panels.brushes.brush_names import shown_name
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme

CELL: Final = 34 * GRID
HEIGHT: Final = 17 * GRID
_STAR: Final = 4 * GRID

PRESET_ROLE: Final = Qt.ItemDataRole.UserRole
FAVOURITE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
STROKE_ROLE: Final = Qt.ItemDataRole.UserRole + 2

_Index = QModelIndex | QPersistentModelIndex


def stroke_image(brush: Brush, size: QSize, device_ratio: float) -> QImage:
    """A stroke of a brush in the colour of texts, in logical pixels."""
    from studio.raster.brushes.preview import preview  # the kernels are not needed until a list is seen

    width, height = max(8, round(size.width() * device_ratio)), max(8, round(size.height() * device_ratio))
    color = QColor(current_theme().text)
    pixels = preview(brush, width, height, (color.red(), color.green(), color.blue()))
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied).copy()
    image.setDevicePixelRatio(device_ratio)
    return image


class BrushListModel(QAbstractListModel):
    """Presets in their order, favourites first. Strokes are drawn one a turn of the event loop, when they are seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[StoredPreset] = []
        self._favourites: frozenset[str] = frozenset()
        self._strokes: dict[tuple[Brush, str], QPixmap] = {}
        self._wanted: list[Brush] = []
        self._ratio = 1.0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw_one)

    def show_presets(self, presets: Iterable[StoredPreset], favourites: Iterable[str]) -> None:
        self.beginResetModel()
        self._favourites = frozenset(favourites)
        self._shown = sorted(presets, key=lambda each: each.id not in self._favourites)
        self._wanted.clear()
        self.endResetModel()

    def row_of(self, preset_id: str) -> int:
        """-1 if it is not shown."""
        return next((row for row, each in enumerate(self._shown) if each.id == preset_id), -1)

    def preset(self, row: int) -> StoredPreset:
        return self._shown[row]

    def forget_strokes(self) -> None:
        """Draw them anew, as in another theme."""
        self._strokes.clear()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        stored = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown_name(stored)
        if role == PRESET_ROLE:
            return stored
        if role == FAVOURITE_ROLE:
            return stored.id in self._favourites
        return self._stroke(stored.preset.brush) if role == STROKE_ROLE else None

    def _stroke(self, brush: Brush) -> QPixmap | None:
        made = self._strokes.get((brush, current_theme().name))
        if made is None and brush not in self._wanted:
            self._wanted.append(brush)
            self._timer.start()
        return made

    def _draw_one(self) -> None:
        if not self._wanted:
            self._timer.stop()
            return
        brush = self._wanted.pop(0)
        image = stroke_image(brush, QSize(CELL - 2 * GRID, HEIGHT - 6 * GRID), self._ratio)
        self._strokes[brush, current_theme().name] = QPixmap.fromImage(image)
        rows = [row for row, each in enumerate(self._shown) if each.preset.brush == brush]
        for row in rows:
            self.dataChanged.emit(self.index(row), self.index(row), [STROKE_ROLE])


class BrushDelegate(QStyledItemDelegate):
    """The stroke over the name; a star on what is a favourite, or under the pointer."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(CELL, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = current_theme()
        box = option.rect.adjusted(2, 2, -2, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_near = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent if is_chosen else theme.border), 2 if is_chosen else 1))
        painter.setBrush(QColor(theme.hover if is_near and not is_chosen else theme.sunken))
        painter.drawRoundedRect(box, 4, 4)
        stroke: QPixmap | None = index.data(STROKE_ROLE)
        if stroke is not None:
            place = QRect(box.topLeft(), stroke.deviceIndependentSize().toSize())
            place.moveCenter(box.center())
            place.moveTop(box.top() + GRID // 2)
            painter.drawPixmap(place.topLeft(), stroke)
        painter.setPen(QColor(theme.text))
        words = box.adjusted(GRID, 0, -GRID, -GRID // 2)
        name = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), name)
        if index.data(FAVOURITE_ROLE) or is_near:
            icon("star-lit" if index.data(FAVOURITE_ROLE) else "star").paint(painter, star_place(option.rect))
        painter.restore()


def star_place(cell: QRect) -> QRect:
    """Where the star of a cell is."""
    return QRect(cell.right() - _STAR - GRID, cell.top() + GRID, _STAR, _STAR)


class BrushList(QListView):
    """Signals: ``picked(str)`` with the id of a preset that was clicked, ``starred(str)`` for a click on its star."""

    picked = Signal(str)
    starred = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brushes = BrushListModel(self)
        self.setModel(self.brushes)
        self.setItemDelegate(BrushDelegate(self))
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Brushes"))
        self.activated.connect(self._pick)

    def show_chosen(self, preset_id: str) -> None:
        """Mark the preset in the hand."""
        row = self.brushes.row_of(preset_id)
        if row < 0:
            self.clearSelection()
        elif self.currentIndex().row() != row or not self.selectedIndexes():
            self.setCurrentIndex(self.brushes.index(row))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if star_place(self.visualRect(index)).contains(event.position().toPoint()):
            self.starred.emit(self.brushes.preset(index.row()).id)
        else:
            self._pick(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cells in a row as have room, which share it."""
        width = self.viewport().width()
        columns = max(1, width // CELL)
        self.setGridSize(QSize(max(1, (width - 1) // columns), HEIGHT))
        super().resizeEvent(event)

    def _pick(self, index: _Index) -> None:
        self.picked.emit(self.brushes.preset(index.row()).id)
