"""Files, pictures of the gallery, and layers of other open pictures, that are dropped on a widget."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.dragged_ids import LAYERS, unpack
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


class PictureDrops(QObject):
    """Lets pictures of the gallery be dropped on a widget. Signal: ``dropped(list)`` with ``pathlib.Path`` items."""

    dropped = Signal(list)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take pictures of the gallery, and leave the rest."""
        if event.type() not in _ON_THE_WAY or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        files = marked_files(event.mimeData())
        if not files:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(files)
        return True


class LayerDrops(QObject):
    """Lets layers be dropped on a widget. Signal: ``dropped(Dragged)``."""

    dropped = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take layers, and leave the rest."""
        if event.type() not in _ON_THE_WAY or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        given = unpack(event.mimeData(), LAYERS)
        if given is None:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(given)
        return event.type() != QEvent.Type.DragMove
