"""The pictures of the gallery in rows, with keys to rate, open and delete them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from studio.files.gallery.values import MOST_STARS
from studio.ui.panels.gallery.gallery_delegate import CELL, GalleryDelegate
from studio.ui.panels.gallery.gallery_model import GalleryModel

_RATINGS: Final = {Qt.Key(Qt.Key.Key_0.value + stars): stars for stars in range(MOST_STARS + 1)}
_DELETE: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_OPEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OWN: Final = (*_RATINGS, *_DELETE, *_OPEN)


class GalleryView(QListView):
    """Signals: ``rated(int)`` by the keys 0 to 5, ``delete_asked()``, ``open_asked()``: about what is selected."""

    rated = Signal(int)
    delete_asked = Signal()
    open_asked = Signal()

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(GalleryDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else cells change with the last row
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Pictures of the gallery"))
        self.doubleClicked.connect(lambda _index: self.open_asked.emit())

    def rows(self) -> list[int]:
        """The rows that are selected, from the top."""
        # Not by an index a row, which takes a quarter of a second for 10,000.
        ranges = cast("Iterable[QItemSelectionRange]", self.selectionModel().selection())
        return sorted(row for each in ranges for row in range(each.top(), each.bottom() + 1))

    def selectAll(self) -> None:
        """As one range: Qt would look at each row of thousands."""
        model = self.model()
        whole = QItemSelection(model.index(0, 0), model.index(model.rowCount() - 1, 0))
        self.selectionModel().select(whole, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def event(self, event: QEvent) -> bool:
        """Keys that mean something here do not reach the commands that have them too."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not _is_own(event):
            super().keyPressEvent(event)
        elif key in _RATINGS:
            self.rated.emit(_RATINGS[key])
        elif key in _DELETE:
            self.delete_asked.emit()
        else:
            self.open_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cells in a row as have room, which share it."""
        width = self.viewport().width()
        columns = max(1, width // CELL)
        side = max(1, (width - 1) // columns)
        if self.gridSize().width() != side:
            self.setGridSize(QSize(side, side))
        super().resizeEvent(event)


def _is_own(event: QKeyEvent) -> bool:
    """Whether a key means something here; with Ctrl and the like it belongs to the window."""
    return event.key() in _OWN and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
