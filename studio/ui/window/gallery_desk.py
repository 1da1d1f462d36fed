"""Ties the gallery to the rest of the window: what is opened of it, dropped from it, and told of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from studio.ui.canvas.drops import PictureDrops
from studio.ui.commands.context import Context
from studio.ui.widgets.dragged_pictures import MOST_OPENED, too_many_text
from studio.ui.widgets.notice_bar import NoticeAction
from studio.ui.widgets.readable import bytes_text, sentences
from studio.ui.window.document_tabs import DocumentTabs
from studio.ui.window.gallery_dock import GalleryDock

if TYPE_CHECKING:
    from studio.files.gallery.values import Dropped

_NOTICE: Final = "gallery"
_ROOM: Final = "gallery-room"


class GalleryDesk(QObject):
    """Belongs to the canvas, and ends with it."""

    def __init__(self, context: Context, gallery: GalleryDock, tabs: DocumentTabs) -> None:
        super().__init__(context.canvas)
        self._context = context
        self._is_told = False
        opening, work = context.opening, gallery.work
        gallery.open_requested.connect(opening.open_copies)
        gallery.layers_requested.connect(opening.open_as_layers)
        gallery.reuse_requested.connect(context.panels.use_settings)
        gallery.message.connect(self._tell)
        PictureDrops(context.canvas).dropped.connect(self._add_dropped)
        PictureDrops(tabs).dropped.connect(self._open_dropped)
        work.failed.connect(self._tell_failure)
        work.recovered.connect(self._tell_recovery)
        work.dropped.connect(self._tell_dropped)

    def _tell(self, text: str) -> None:
        self._context.notices.show_remark(text, key=_NOTICE)

    def _add_dropped(self, files: list[Path]) -> None:
        if self._are_few(files):
            self._context.opening.open_as_layers(files)

    def _open_dropped(self, files: list[Path]) -> None:
        if self._are_few(files):
            self._context.opening.open_copies(files)

    def _are_few(self, files: list[Path]) -> bool:
        """Who drags all of the gallery by mistake is told so."""
        if len(files) > MOST_OPENED:
            self._tell(too_many_text())
        return len(files) <= MOST_OPENED

    def _tell_failure(self, error: Exception) -> None:
        self._context.notices.show_error(error, key=_NOTICE)

    def _tell_recovery(self) -> None:
        self._context.notices.clear(_NOTICE)

    def _tell_dropped(self, dropped: Dropped) -> None:
        """Once, and then as long as that is not closed: it goes on with every picture, and the panel counts it too."""
        is_open = any(notice.key == _ROOM for notice in self._context.notices.notices())
        if self._is_told and not is_open:
            return
        self._is_told = True
        texts = []
        if dropped.pictures:
            gone = self.tr("The gallery is full: the oldest pictures without stars go. So far: {count} ({size}).")
            texts.append(gone.format(count=dropped.pictures, size=bytes_text(dropped.size)))
        if dropped.is_over:
            texts.append(self.tr("Pictures with stars take more than the gallery's limit, and stay."))
        change = NoticeAction(self.tr("Preferences…"), self._context.services.show_preferences)
        self._context.notices.show_notice(sentences(*texts), actions=(change,), key=_ROOM)
