"""The system's clipboard: parts of the picture go there, and pictures come from there as layers."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QImage

from studio.document import MAX_SIDE
from studio.editing import clips
from studio.editing.clips import Clip
from studio.session import Session
from studio.ui.widgets.notice_bar import NoticeBar

_PLACE_FORMAT: Final = "application/x-shoreline-place"


class Clipboard(QObject):
    """Cuts, copies and pastes between a session and ``board``."""

    def __init__(self, session: Session, board: QClipboard, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._board = board
        self._notices = notices

    def copy(self) -> bool:
        """Whether there was something to copy."""
        return self._put(clips.copy_layer(self._session.document))

    def copy_merged(self) -> bool:
        return self._put(clips.copy_merged(self._session.document))

    def cut(self) -> None:
        if self.copy():
            self._session.apply(clips.CUT, clips.cleared(self._session.document))

    def clear(self) -> None:
        self._session.apply(clips.CLEAR, clips.cleared(self._session.document))

    def paste(self) -> None:
        """Put the clipboard's picture into a new layer: where it was copied from, else in the middle."""
        image = self._board.image()
        if image.isNull():
            self._notices.show_remark(self.tr("There is no picture on the clipboard."), key="clipboard")
        elif max(image.width(), image.height()) > MAX_SIDE:
            text = self.tr("The picture on the clipboard is larger than {side} pixels.").format(side=MAX_SIDE)
            self._notices.show_notice(text, "warning", key="clipboard")
        else:
            clip = self._placed(_from_image(image))
            self._session.apply(clips.PASTE, clips.with_pasted(self._session.document, clip, self.tr("Pasted")))

    def _put(self, clip: Clip | None) -> bool:
        if clip is None:
            text = self.tr("There is nothing to copy: the layer is empty here.")
            self._notices.show_remark(text, key="clipboard")
            return False
        data = QMimeData()
        data.setImageData(_to_image(clip))
        data.setData(_PLACE_FORMAT, f"{clip.x} {clip.y}".encode())
        self._board.setMimeData(data)
        return True

    def _placed(self, clip: Clip) -> Clip:
        canvas = self._session.document.canvas
        place = _read_place(self._board.mimeData())
        if place is not None and canvas.contains(*place):
            return Clip(clip.pixels, *place)
        return clips.centred(clip, canvas)


def _to_image(clip: Clip) -> QImage:
    """A copy for the system's clipboard."""
    height, width = clip.pixels.shape[:2]
    data = np.ascontiguousarray(clip.pixels)
    image = QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied)
    return image.convertToFormat(QImage.Format.Format_RGBA8888)


def _from_image(image: QImage) -> Clip:
    """A picture of the system's clipboard at the canvas origin."""
    rgba = image.convertToFormat(QImage.Format.Format_RGBA8888_Premultiplied)
    rows = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
    return Clip(rows[:, : 4 * rgba.width()].reshape(rgba.height(), rgba.width(), 4).copy(), 0, 0)


def _read_place(data: QMimeData) -> tuple[int, int] | None:
    parts = bytes(data.data(_PLACE_FORMAT).data()).split()
    if len(parts) != 2:
        return None
    try:
        return int(parts[0]), int(parts[1])
    except ValueError:
        return None
