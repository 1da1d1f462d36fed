"""The picture that is being generated, shown on its place until the job ends."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from studio.document import Pixels, Rect
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.view_transform import ViewTransform

FRAME_WIDTH: Final = 2
"""Width of the accent frame in device pixels."""


class LivePreview:
    """A small picture stretched over a rectangle of the document, or over the part of it that a mask shows."""

    def __init__(self) -> None:
        self.rect: Rect | None = None
        self._image: QImage | None = None

    def set(self, rect: Rect | None, pixels: Pixels | None, mask: Pixels | None = None) -> None:
        """Show ``pixels``, uint8 ``(h, w, 3)`` RGB or ``(h, w, 4)`` premultiplied RGBA, over ``rect``.

        With a ``mask``, uint8 ``(rect.height, rect.width)``, they show as far as it is white, and `rect` and the frame
        are the part of the rectangle where it is not black. Without pixels only the frame is shown; without a
        rectangle nothing. Raises ``ValueError`` for another shape.
        """
        place = None if rect is None or rect.is_empty else rect
        if place is None or mask is None:
            self.rect = place
            self._image = None if pixels is None or place is None else _image(pixels)
            return
        if mask.shape != (place.height, place.width) or mask.dtype != np.uint8:
            raise ValueError(f"a mask of {place} is uint8 of its shape, not {mask.dtype} {mask.shape}")
        shown = _shown_part(mask)
        self.rect = None if shown.is_empty else Rect(place.x + shown.x, place.y + shown.y, shown.width, shown.height)
        self._image = None if pixels is None or shown.is_empty else _masked(_image(pixels), mask, shown)

    def paint(self, painter: QPainter, view: ViewTransform, accent: QColor) -> None:
        """``painter`` is in view coordinates."""
        if self.rect is None:
            return
        area = qrectf(self.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setTransform(view.matrix(), combine=True)
        if self._image is not None:
            painter.drawImage(area, self._image, QRectF(self._image.rect()))
        pen = QPen(accent, FRAME_WIDTH)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        painter.restore()


def _shown_part(mask: Pixels) -> Rect:
    """The bounding box of what a mask shows."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return Rect(0, 0, 0, 0)
    x, y = int(columns[0]), int(rows[0])
    return Rect(x, y, int(columns[-1]) + 1 - x, int(rows[-1]) + 1 - y)


def _masked(image: QImage, mask: Pixels, part: Rect) -> QImage:
    """``part`` of an image that is stretched over a mask, as far as the mask shows it."""
    height, width = mask.shape
    data = np.ascontiguousarray(mask[part.y : part.bottom, part.x : part.right])
    alpha = QImage(data.data, part.width, part.height, part.width, QImage.Format.Format_Alpha8)
    masked = QImage(part.width, part.height, QImage.Format.Format_ARGB32_Premultiplied)
    masked.fill(Qt.GlobalColor.transparent)
    painter = QPainter(masked)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(-part.x, -part.y, width, height), image, QRectF(image.rect()))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, alpha)
    painter.end()
    return masked


def _image(pixels: Pixels) -> QImage:
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or pixels.dtype != np.uint8:
        raise ValueError(f"a preview is uint8 of shape (h, w, 3) or (h, w, 4), not {pixels.dtype} {pixels.shape}")
    height, width, channels = pixels.shape
    source = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888_Premultiplied
    data = np.ascontiguousarray(pixels)
    wrapped = QImage(data.data, width, height, width * channels, source)
    return wrapped.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
