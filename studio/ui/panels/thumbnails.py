"""Small pictures of layers and masks, made one after the other off the window's thread."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPixmap

from studio.document import Layer, Pixels, Raster, Rect, TileSource
from studio.document.plain import raster_color
from studio.raster.limits import thumbnail_size
from studio.ui.background.background import Background

THUMBNAIL_SIDE: Final = 64
"""Longest side in pixels of what is made; views draw it smaller."""

_Source = Layer | TileSource


def image_of(pixels: Pixels) -> QImage:
    """A `QImage` with its own copy of premultiplied RGBA ``(h, w, 4)``, RGB ``(h, w, 3)`` or grey ``(h, w)`` pixels."""
    formats = {
        4: QImage.Format.Format_RGBA8888_Premultiplied,
        3: QImage.Format.Format_RGB888,
        1: QImage.Format.Format_Grayscale8,
    }
    height, width = pixels.shape[:2]
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    return QImage(pixels.tobytes(), width, height, width * channels, formats[channels]).copy()


def shrunk(pixels: Pixels, side: int) -> QImage:
    """``pixels`` as an image whose longer side is at most ``side``."""
    image = image_of(pixels)
    if max(image.width(), image.height()) <= side:
        return image
    return image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class Thumbnails(QObject):
    """Keeps one picture a key (a layer, or a layer's mask) and makes it anew when its source is another object.

    Signal: ``ready(str key)`` when another picture of a key can be drawn. Until then the old one is given.
    """

    ready = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background("thumbnails", self)
        self._sources: dict[str, tuple[_Source, Rect]] = {}
        self._pixmaps: dict[str, QPixmap] = {}
        self._waiting: dict[str, tuple[_Source, Rect]] = {}
        self._working = False

    def pixmap(self, key: str, source: _Source, canvas: Rect) -> QPixmap | None:
        """What there is of a source within ``canvas`` by now; asks for it if it is not up to date."""
        known = self._sources.get(key)
        if known is None or known[0] is not source or known[1] != canvas:
            self._sources[key] = (source, canvas)
            plain = _plain(source, canvas)
            if plain is None:
                self._waiting[key] = (source, canvas)
                self._start_next()
            else:
                self._waiting.pop(key, None)
                self._pixmaps[key] = plain
        return self._pixmaps.get(key)

    def keep_only(self, keys: set[str]) -> None:
        """Forget the pictures of all other keys."""
        for known in (self._sources, self._pixmaps, self._waiting):
            for key in [key for key in known if key not in keys]:
                del known[key]

    def _start_next(self) -> None:
        if self._working or not self._waiting:
            return
        key = next(iter(self._waiting))
        source, canvas = self._waiting.pop(key)
        self._working = True
        self._background.run(
            lambda: _made(source, canvas),
            lambda image: self._deliver(key, image),
            lambda _error: self._deliver(key, QImage()),  # also without a picture the next one must be made
        )

    def _deliver(self, key: str, image: QImage) -> None:
        self._working = False
        if key in self._sources and not image.isNull():
            self._pixmaps[key] = QPixmap.fromImage(image)
            self.ready.emit(key)
        self._start_next()


def _plain(source: _Source, canvas: Rect) -> QPixmap | None:
    """The picture of a raster of one colour, which needs no pixels; ``None`` for all others."""
    raster = source.raster if isinstance(source, Layer) else source
    color = raster_color(raster, canvas) if isinstance(raster, Raster) and raster.channels == 4 else None
    if color is None:
        return None
    pixmap = QPixmap(*thumbnail_size(canvas, THUMBNAIL_SIDE))
    pixmap.fill(QColor(*color))
    return pixmap


def _made(source: _Source, canvas: Rect) -> QImage:
    """On the background thread; composition is imported there, so that the window opens before it is loaded."""
    from studio.raster.thumbnail import layer_thumbnail, raster_thumbnail

    if isinstance(source, Layer):
        return image_of(layer_thumbnail(source, canvas, THUMBNAIL_SIDE))
    return image_of(raster_thumbnail(source.within(canvas), canvas, THUMBNAIL_SIDE))
