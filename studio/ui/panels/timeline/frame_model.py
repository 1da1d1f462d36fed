"""The frames of the timeline as a Qt item model; dragging puts them in another order."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from studio.document import Document, Layer, LayerId, frames, hold_of
from studio.editing import timeline
from studio.session import Session
from studio.ui.widgets.dragged_ids import pack, unpack

FRAME_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The frame's `Layer`."""
HOLD_ROLE: Final = FRAME_ROLE + 1
"""For how many ticks the frame is shown."""

MIME_TYPE: Final = "application/x-shoreline-frame-ids"

_Index = QModelIndex | QPersistentModelIndex


class FrameModel(QAbstractListModel):
    """One row a frame, the first frame first. `sync` follows the document; edits go to the session."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._frames: tuple[Layer, ...] = ()
        self._holds: tuple[int, ...] = ()
        self.sync(session.document)

    def sync(self, document: Document) -> bool:
        """Show ``document``; returns whether rows came, went or moved."""
        before, held = self._frames, self._holds
        now = frames(document)
        holds = tuple(hold_of(document, frame.id) for frame in now)
        if [frame.id for frame in before] != [frame.id for frame in now]:
            self.beginResetModel()
            self._frames, self._holds = now, holds
            self.endResetModel()
            return True
        self._frames, self._holds = now, holds
        for row, (one, other) in enumerate(zip(before, now, strict=True)):
            if one is not other or held[row] != holds[row]:
                self.dataChanged.emit(self.index(row), self.index(row))
        if held != holds:
            self.layoutChanged.emit()
        return False

    def frame_at(self, index: _Index) -> Layer | None:
        return self._frames[index.row()] if index.isValid() and index.row() < len(self._frames) else None

    def row_of(self, frame_id: LayerId) -> int | None:
        return next((row for row, frame in enumerate(self._frames) if frame.id == frame_id), None)

    # --- what a view asks -------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._frames)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        frame = self.frame_at(index)
        if frame is None:
            return None
        if role == FRAME_ROLE:
            return frame
        if role == HOLD_ROLE:
            return self._holds[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._explanation(index.row(), frame)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def _explanation(self, row: int, frame: Layer) -> str:
        text = self.tr("Frame {number}: {name}").format(number=row + 1, name=frame.name)
        if self._holds[row] == 1:
            return text
        return text + "\n" + self.tr("held for {ticks} ticks").format(ticks=self._holds[row])

    # --- drag and drop ----------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        ids = [frame.id for index in indexes if (frame := self.frame_at(index)) is not None]
        return pack(self._session.current.id, ids, MIME_TYPE)

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, _row: int, _column: int, _parent: _Index) -> bool:
        return action == Qt.DropAction.MoveAction and bool(self._dragged(data))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        """Move the dragged frames before ``row``, or (-1) to the end."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        timeline.move(self._session, self._dragged(data), row if row >= 0 else len(self._frames))
        return True

    def _dragged(self, data: QMimeData) -> tuple[LayerId, ...]:
        """Ids of the dragged frames that are on this timeline."""
        given = unpack(data, MIME_TYPE)
        if given is None or given.document_id != self._session.current.id:
            return ()
        known = {frame.id for frame in self._frames}
        return tuple(item for item in given.ids if item in known)
