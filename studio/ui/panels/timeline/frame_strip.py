"""The row of frames in the Timeline panel: choosing, ranges, dragging, and keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from studio.document import Document, LayerId, current_frame
from studio.session import Session
from studio.ui.panels.timeline.frame_delegate import ITEM_HEIGHT
from studio.ui.panels.timeline.frame_model import FrameModel
from studio.ui.style.theme import GRID

_COMMANDS: Final = {
    QKeySequence.StandardKey.Copy: "copy",
    QKeySequence.StandardKey.Cut: "cut",
    QKeySequence.StandardKey.Paste: "paste",
    QKeySequence.StandardKey.Delete: "delete",
    QKeySequence.StandardKey.SelectAll: "select_all",
}


class FrameStrip(QListView):
    """Shows a `FrameModel` in one row; the current item is the frame on the canvas.

    Signals: ``command(str)`` for the keys of "copy", "cut", "paste" and "delete"; ``chosen_changed()`` when other
    frames are selected.
    """

    command = Signal(str)
    chosen_changed = Signal()

    def __init__(self, session: Session, model: FrameModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._frames = model
        self._following = False
        self.setModel(model)
        self._configure()
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(lambda *_ranges: self.chosen_changed.emit())
        self.follow_document(session.document)

    def chosen_ids(self) -> tuple[LayerId, ...]:
        """The selected frames in their order; the current one if none is selected."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        shown = current_frame(self._session.document)
        if not rows and shown is not None:
            rows = [shown]
        found = (self._frames.frame_at(self._frames.index(row)) for row in rows)
        return tuple(frame.id for frame in found if frame is not None)

    def follow_document(self, document: Document) -> None:
        """Bring the items up to date; selected frames that moved stay selected."""
        chosen = self.chosen_ids() if self.selectionModel().hasSelection() else ()
        self._following = True
        rebuilt = self._frames.sync(document)
        shown = current_frame(document)
        index = QModelIndex() if shown is None else self._frames.index(shown)
        if index.isValid() and (rebuilt or self.currentIndex() != index):
            self._select(chosen if rebuilt else (), index)
            self.scrollTo(index)
        self._following = False
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(120 * GRID, self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        """Keys that are commands here must not become shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _command(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = _command(event)
        if command == "select_all":
            self.selectAll()
        elif command:
            self.command.emit(command)
        else:
            super().keyPressEvent(event)

    # --- parts ------------------------------------------------------------------------------------

    def _configure(self) -> None:
        self.setAccessibleName(self.tr("Frames"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMinimumHeight(ITEM_HEIGHT + self.horizontalScrollBar().sizeHint().height())

    def _select(self, chosen: tuple[LayerId, ...], current: QModelIndex) -> None:
        """Make a frame current, and keep the selection if that frame is part of it."""
        rows = [row for frame_id in chosen if (row := self._frames.row_of(frame_id)) is not None]
        selection = QItemSelection()
        for row in rows if current.row() in rows else [current.row()]:
            selection.select(self._frames.index(row), self._frames.index(row))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flag.ClearAndSelect)
        self.selectionModel().setCurrentIndex(current, flag.NoUpdate)

    def _current_changed(self, current: QModelIndex) -> None:
        if not self._following and current.isValid():
            self._session.show_frame(current.row())


def _command(event: QKeyEvent) -> str:
    return next((command for key, command in _COMMANDS.items() if event.matches(key)), "")
