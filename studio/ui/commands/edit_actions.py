"""The Edit menu: undo, redo and the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QImage

from studio.document import MAX_SIDE
from studio.history import StepKind
from studio.session import Session
from studio.ui.commands import clipboard
from studio.ui.commands.clipboard import Clip
from studio.ui.widgets.notice_bar import NoticeBar

CUT: Final = StepKind("edit.cut", "Cut", "cut")
CLEAR: Final = StepKind("edit.clear", "Clear", "trash")
PASTE: Final = StepKind("edit.paste", "Paste", "paste")

_PLACE_FORMAT: Final = "application/x-shoreline-place"


class EditActions(QObject):
    """Acts on the session and the clipboard. ``before_change`` ends an open stroke before anything else happens."""

    def __init__(
        self,
        session: Session,
        board: QClipboard,
        notices: NoticeBar,
        before_change: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._board = board
        self._notices = notices
        self._before_change = before_change

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "edit.undo": self.undo,
            "edit.redo": self.redo,
            "edit.cut": self.cut,
            "edit.copy": self.copy,
            "edit.copy_merged": self.copy_merged,
            "edit.paste": self.paste,
            "edit.clear": self.clear,
        }

    def undo(self) -> None:
        self._before_change()
        self._session.undo()

    def redo(self) -> None:
        self._before_change()
        self._session.redo()

    def copy(self) -> bool:
        """Whether there was something to copy."""
        return self._put(clipboard.copy_layer(self._session.document))

    def copy_merged(self) -> bool:
        return self._put(clipboard.copy_merged(self._session.document))

    def cut(self) -> None:
        if self.copy():
            self._session.apply(CUT, clipboard.cleared(self._session.document))

    def clear(self) -> None:
        self._session.apply(CLEAR, clipboard.cleared(self._session.document))

    def paste(self) -> None:
        """Put the clipboard's picture into a new layer: where it was copied from, else in the middle."""
        image = self._board.image()
        if image.isNull():
            self._notices.show_remark(self.tr("There is no picture on the clipboard."), key="clipboard")
        elif max(image.width(), image.height()) > MAX_SIDE:
            text = self.tr("The picture on the clipboard is larger than {side} pixels.").format(side=MAX_SIDE)
            self._notices.show_notice(text, "warning", key="clipboard")
        else:
            clip = self._placed(clipboard.from_image(image))
            name = self.tr("Pasted")
            self._session.apply(PASTE, clipboard.with_pasted(self._session.document, clip, name))

    def _put(self, clip: Clip | None) -> bool:
        if clip is None:
            text = self.tr("There is nothing to copy: the layer is empty here.")
            self._notices.show_remark(text, key="clipboard")
            return False
        data = QMimeData()
        image: QImage = clipboard.to_image(clip)
        data.setImageData(image)
        data.setData(_PLACE_FORMAT, f"{clip.x} {clip.y}".encode())
        self._board.setMimeData(data)
        return True

    def _placed(self, clip: Clip) -> Clip:
        canvas = self._session.document.canvas
        place = _read_place(self._board.mimeData())
        if place is not None and canvas.contains(*place):
            return Clip(clip.pixels, *place)
        return clipboard.centred(clip, canvas)


def _read_place(data: QMimeData) -> tuple[int, int] | None:
    parts = bytes(data.data(_PLACE_FORMAT).data()).split()
    if len(parts) != 2:
        return None
    try:
        return int(parts[0]), int(parts[1])
    except ValueError:
        return None
