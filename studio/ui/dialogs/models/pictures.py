"""Pictures of models, read one after the other off the window's thread when they are first looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from studio.engine.models.companions import picture_of
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.model_notes import embedded_picture
from studio.ui.background.background import Background

_HOLDING: Final = ("lora", "embedding")
"""Kinds of files that are small enough to look into them for a picture."""
_MOST_PIXELS: Final = 1 << 27


class ModelPictures(QObject):
    """Keeps a picture of each model, ``side`` pixels at most. Signal: ``ready(Path)`` when another one can be drawn."""

    ready = Signal(object)

    def __init__(self, side: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._background = Background("model-pictures", self, expendable=True)
        self._known: dict[Path, QPixmap] = {}
        self._asked: set[Path] = set()

    def of(self, model: ModelInfo) -> QPixmap:
        """The picture of a model; none while it is read, and where it has none."""
        if model.path not in self._asked:
            self._asked.add(model.path)
            side, looks_inside = self._side, model.kind in _HOLDING
            self._background.run(
                lambda: _read(model.path, side, looks_inside), lambda image: self._take(model.path, image)
            )
        return self._known.get(model.path, QPixmap())

    def forget(self, model: Path) -> None:
        """Another picture was chosen for a model: read it when it is looked at again."""
        self._asked.discard(model)
        self._known.pop(model, None)
        self.ready.emit(model)

    def stop(self) -> None:
        """Read no more; nobody waits for what is being read."""
        self._background.stop()

    def _take(self, path: Path, image: QImage) -> None:
        if not image.isNull():
            self._known[path] = QPixmap.fromImage(image)
            self.ready.emit(path)


def _read(model: Path, side: int, looks_inside: bool) -> QImage:
    """On the background thread. Nothing for a picture that cannot be read."""
    file = picture_of(model)
    if file is not None:
        return _scaled(QImageReader(str(file)), side)
    content = embedded_picture(model) if looks_inside and not model.is_dir() else b""
    if not content:
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return _scaled(QImageReader(buffer), side)


def _scaled(reader: QImageReader, side: int) -> QImage:
    """The picture as a square would hold it; JPEG is decoded at about that size, not whole."""
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() * size.height() > _MOST_PIXELS:
        return QImage()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    return reader.read()
