"""What a search found as a Qt list model; entries and their small pictures are read as they are seen."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QImage, QPixmap

from studio.files.gallery.values import PICTURES, Found, GalleryEntry, is_inside
from studio.ui.background.gallery_work import GalleryWork
from studio.ui.widgets.dragged_pictures import mark

if TYPE_CHECKING:
    from studio.files.gallery.gallery import Gallery

ENTRY_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `GalleryEntry` of a row, ``None`` until it is read."""
PIXMAP_ROLE: Final = ENTRY_ROLE + 1
MOST_READ: Final = 48
"""Entries that are read at once: what a panel shows, about."""
MOST_KEPT: Final = 600
"""Entries that are kept with their pictures, 150 KB each."""
_MOST_ASKED: Final = 240
_MOST_DRAGGED: Final = 200

_Index = QModelIndex | QPersistentModelIndex
_Read = tuple[GalleryEntry, QImage]


class GalleryModel(QAbstractListModel):
    """One row a picture, the newest first."""

    def __init__(self, work: GalleryWork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._pictures = work.folder / PICTURES
        self._found = Found()
        self._count = 0
        self._rows: dict[int, int] = {}
        self._known: OrderedDict[int, tuple[GalleryEntry, QPixmap]] = OrderedDict()
        self._asked: dict[int, None] = {}
        self._reading: frozenset[int] = frozenset()
        self._rated: dict[int, int] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)  # what one painting asks for is read together
        self._timer.timeout.connect(self._read_next)

    # --- what is shown ----------------------------------------------------------------------------

    def show_found(self, found: Found) -> None:
        """Show what a search found; rows that stay are not read again."""
        old, new = self._found, found.ids
        gone = len(old.ids) - len(new)
        if gone <= 0 and new[-len(old.ids) or len(new) :] == old.ids:
            self._insert_above(found, -gone)
        else:
            self.beginResetModel()
            self._take(found)
            self.endResetModel()

    def forget(self) -> None:
        """Read what is seen again: others may have changed it."""
        self._known.clear()
        self._asked.clear()
        self._rated.clear()
        if self._found.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._found.ids) - 1))

    def ids(self, rows: Iterable[int]) -> tuple[int, ...]:
        """The ids of some rows."""
        return tuple(self._found.ids[row] for row in rows if 0 <= row < len(self._found.ids))

    def row_of(self, picture_id: int) -> int:
        """The row of a picture, -1 if it is not shown."""
        return self._rows.get(picture_id, -1)

    def entry_at(self, row: int) -> GalleryEntry | None:
        """What is known of a row by now."""
        known = self._known.get(self._found.ids[row]) if 0 <= row < len(self._found.ids) else None
        return None if known is None else known[0]

    def known_among(self, rows: Sequence[int]) -> list[GalleryEntry]:
        """What is known by now of some rows; of thousands that are those that were seen lately."""
        wanted = set(self.ids(rows))
        return [entry for picture_id, (entry, _pixmap) in self._known.items() if picture_id in wanted]

    def show_rating(self, ids: Iterable[int], rating: int) -> None:
        """Show another rating at once; it is on its way to the disk."""
        shown = tuple(ids)
        for picture_id in shown:
            self._rated[picture_id] = rating  # what is being read may tell the old one
            known = self._known.get(picture_id)
            if known is not None:
                self._known[picture_id] = replace(known[0], rating=rating), known[1]
        self._announce(shown)

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count  # Qt asks several times a row

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not 0 <= row < len(self._found.ids):
            return None
        known = self._seen(self._found.ids[row])
        if role == ENTRY_ROLE:
            return None if known is None else known[0]
        if role == PIXMAP_ROLE:
            return None if known is None else known[1]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None if known is None else known[0].prompt
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        """Never moved: the gallery keeps what is dragged out of it."""
        return Qt.DropAction.CopyAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted(index.row() for index in indexes)[:_MOST_DRAGGED]
        files = [self._found.files[row] for row in rows if is_inside(self._found.files[row])]
        paths = [self._pictures / file for file in files]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(os.fspath(path)) for path in paths])
        mark(data)
        return data

    def path_at(self, row: int) -> Path:
        """Where the picture of a row lies."""
        return self._pictures / self._found.files[row]

    # --- reading ----------------------------------------------------------------------------------

    def _seen(self, picture_id: int) -> tuple[GalleryEntry, QPixmap] | None:
        known = self._known.get(picture_id)
        if known is not None:
            self._known.move_to_end(picture_id)
            return known
        if picture_id not in self._reading:
            self._asked.pop(picture_id, None)
            self._asked[picture_id] = None
            while len(self._asked) > _MOST_ASKED:
                self._asked.pop(next(iter(self._asked)))
            self._timer.start()
        return None

    def _read_next(self) -> None:
        """Read what was looked at last: who scrolls on does not want what went by."""
        if self._reading or not self._asked:
            return
        ids = tuple(reversed(self._asked))[:MOST_READ]
        for picture_id in ids:
            del self._asked[picture_id]
        self._reading = frozenset(ids)
        self._work.ask(lambda gallery: _read(gallery, ids), self._deliver, lambda _error: self._deliver(()))

    def _deliver(self, read: Sequence[_Read]) -> None:
        self._reading = frozenset()
        for entry, image in read:
            rating = self._rated.get(entry.id, entry.rating)
            self._known[entry.id] = replace(entry, rating=rating), QPixmap.fromImage(image)
        self._announce(entry.id for entry, _image in read)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        self._read_next()

    def _announce(self, ids: Iterable[int]) -> None:
        """At once for all that lies between them: a view draws only what is in sight."""
        rows = [row for row in map(self.row_of, ids) if row >= 0]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    # --- rows -------------------------------------------------------------------------------------

    def _insert_above(self, found: Found, count: int) -> None:
        if count:
            self.beginInsertRows(QModelIndex(), 0, count - 1)
        self._take(found)
        if count:
            self.endInsertRows()

    def _take(self, found: Found) -> None:
        self._found = found
        self._count = len(found.ids)
        self._rows = {picture_id: row for row, picture_id in enumerate(found.ids)}


def _read(gallery: Gallery, ids: Sequence[int]) -> list[_Read]:
    """On a thread of the gallery."""
    from studio.ui.panels.gallery.small_pictures import image_of_thumbnail

    return [(entry, image_of_thumbnail(entry.thumbnail)) for entry in gallery.entries(ids)]
