"""Files, pictures of the gallery, and layers of other open pictures, that are dropped on a widget."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.dragged_ids import LAYERS, Dragged, unpack
from studio.ui.widgets.dragged_pictures import marked_files

_ON_THE_WAY: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrops(QObject):
    """Lets files be dropped on a widget. Signal: ``dropped(list)`` with ``pathlib.Path`` items."""

    dropped = Signal(list)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what carries files of this machine, and leave the rest."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        if marked_files(event.mimeData()):  # those of the gallery are not to be saved over: see `PictureDrops`
            return super().eventFilter(watched, event)
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
        if files and event.type() == QEvent.Type.Drop:
            self.dropped.emit(files)
        return True


class _OwnDrops(QObject):
    """Lets something of this window be dropped on a widget: what `given` finds in a drag."""

    dropped = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def given(self, data: QMimeData) -> object:
        """What is dragged, if it is of this kind."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is of this kind, and leave the rest."""
        if event.type() not in _ON_THE_WAY or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        given = self.given(event.mimeData())
        if not given:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(given)
        return event.type() != QEvent.Type.DragMove


class PictureDrops(_OwnDrops):
    """Pictures of the gallery. Signal: ``dropped(list)`` with ``pathlib.Path`` items."""

    def given(self, data: QMimeData) -> list[Path]:
        """Their files."""
        return marked_files(data)


class LayerDrops(_OwnDrops):
    """Layers of another open picture. Signal: ``dropped(Dragged)``."""

    def given(self, data: QMimeData) -> Dragged | None:
        """Which layers of which picture."""
        return unpack(data, LAYERS)
