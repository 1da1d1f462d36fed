"""The picture that is being generated, shown on its place until the job ends."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from studio.document import Pixels, Rect
from studio.ui.canvas.backdrop import qrectf
from studio.ui.canvas.view_transform import ViewTransform

FRAME_WIDTH: Final = 2
"""Width of the accent frame in device pixels."""


class LivePreview:
    """A small picture stretched over a rectangle of the document."""

    def __init__(self) -> None:
        self.rect: Rect | None = None
        self._image: QImage | None = None

    def set(self, rect: Rect | None, pixels: Pixels | None) -> None:
        """Show ``pixels``, uint8 ``(h, w, 3)`` RGB or ``(h, w, 4)`` premultiplied RGBA, over ``rect``.

        Without pixels only the frame is shown; without a rectangle nothing. Raises ``ValueError`` for
        another shape.
        """
        self.rect = None if rect is None or rect.is_empty else rect
        self._image = None if pixels is None or self.rect is None else _image(pixels)

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


def _image(pixels: Pixels) -> QImage:
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or pixels.dtype != np.uint8:
        raise ValueError(f"a preview is uint8 of shape (h, w, 3) or (h, w, 4), not {pixels.dtype} {pixels.shape}")
    height, width, channels = pixels.shape
    source = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBA8888_Premultiplied
    data = np.ascontiguousarray(pixels)
    wrapped = QImage(data.data, width, height, width * channels, source)
    return wrapped.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
