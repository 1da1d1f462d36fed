"""A picture of what the regions of a document cover, made off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from studio.document import Document, LayerId
from studio.errors import ShorelineError
from studio.raster.limits import thumbnail_size
from studio.ui.background.background import Background
from studio.ui.panels.thumbnails import image_of
from studio.ui.style.theme import GRID

if TYPE_CHECKING:
    from studio.generation.regions import Division

_SIDE: Final = 128
"""Longest side of the picture in pixels."""
_HEIGHT: Final = 9 * GRID
"""Height at which the panel shows it, hardly more than that of a button: the rows below are what is worked with."""
_WAIT: Final = 250
"""Milliseconds without a change of the document after which it is made anew."""
_COLORS: Final = ("#d1495b", "#2e86ab", "#edae49", "#66a182", "#8d6a9f", "#d98032", "#4fb0ae", "#b8627d")
_REST: Final = "#7a7f87"


@dataclass(frozen=True)
class Cover:
    """``shares`` says how much of the picture each region is, 0..1, and ``None`` for one that is left out; ``alone`` is
    the one that is all that counts, if there is one."""

    image: QImage
    shares: Mapping[LayerId, float | None]
    alone: LayerId | None = None


def region_color(place: int) -> QColor:
    """The colour of a region by its place in the list."""
    return QColor(_COLORS[place % len(_COLORS)])


class CoverMaker(QObject):
    """Makes covers of a document while it is asked to. Signal: ``made(Cover)``."""

    made = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background("regions", self, expendable=True)
        self._document: Document | None = None
        self._timer = QTimer(self, singleShot=True, interval=_WAIT)
        self._timer.timeout.connect(self._start)

    def want(self, document: Document) -> None:
        """Make one of this document soon, unless another is wanted before."""
        self._document = document
        self._timer.start()

    def stop(self) -> None:
        """None is wanted any more."""
        self._document = None
        self._timer.stop()

    def _start(self) -> None:
        document = self._document
        if document is not None:
            self._background.run(lambda: cover_of(document), self._deliver, lambda _error: None)

    def _deliver(self, cover: Cover | None) -> None:
        if self._document is not None and cover is not None:
            self.made.emit(cover)


def cover_of(document: Document) -> Cover | None:
    """What the regions of a document cover; ``None`` where none is there to be drawn in. As slow as its layers."""
    from studio.jobs.regions import RegionMap, region_uses  # not needed by the first window

    uses = tuple(use for use in region_uses(document) if any(layer.id == use.layer_id for layer in document.walk()))
    if not uses:
        return None
    try:
        division = RegionMap(document, uses).division(document.canvas, *thumbnail_size(document.canvas, _SIDE))
    except ShorelineError:
        return None
    places = {region.layer_id: place for place, region in enumerate(document.regions)}
    ids = [use.layer_id for use in uses]
    shares = dict(zip(ids, (None if mask is None else float(mask.mean()) for mask in division.masks), strict=True))
    alone = None if division.alone is None else ids[division.alone]
    return Cover(_painted(division, [places[each] for each in ids]), shares, alone)


def _painted(division: Division, places: list[int]) -> QImage:
    """Each region in its colour."""
    import numpy as np

    parts = [(mask, region_color(place)) for mask, place in zip(division.masks, places, strict=True)]
    parts.append((division.rest, QColor(_REST)))
    shown = [(mask, color) for mask, color in parts if mask is not None]
    rgb = sum(mask[..., None] * np.array([color.red(), color.green(), color.blue()]) for mask, color in shown)
    return image_of(np.asarray(rgb).clip(0, 255).astype(np.uint8))


class CoverView(QLabel):
    """Shows a cover in a line of its panel, smaller where there is no room; the pointer over it shows it in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(self.tr("What the regions cover"))
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumWidth(1)  # a label is no narrower than its picture else

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.setToolTip(_as_html(image))
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        wide = self._image.size().scaled(_SIDE, _HEIGHT, Qt.AspectRatioMode.KeepAspectRatio)
        return QSize(wide.width(), _HEIGHT) if not self._image.isNull() else QSize(1, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        room = QSize(max(1, self.width()), _HEIGHT)
        kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self.setPixmap(QPixmap.fromImage(self._image.scaled(room, kept, smooth)))


def _as_html(image: QImage) -> str:
    """A picture as a tool tip shows it."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return f'<img src="data:image/png;base64,{buffer.data().toBase64().toStdString()}">'
