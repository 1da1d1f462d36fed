"""The checkerboard that shows through where a picture is transparent."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QBrush, QColor, QImage, QPainter

CHECKER_SIDE: Final = 8
"""Side of one checkerboard square in logical pixels."""

_REPEATS: Final = 16
_CHECKER_LIGHT: Final = QColor(232, 232, 232)
_CHECKER_DARK: Final = QColor(204, 204, 204)


def checker_brush(device_ratio: float) -> QBrush:
    """Squares of two light greys, the same size on every screen, for painting in view coordinates."""
    # Many squares in one image: Qt copies textures row by row, and long rows are quicker by far.
    side = round(CHECKER_SIDE * device_ratio)
    image = QImage(_REPEATS * side, _REPEATS * side, QImage.Format.Format_RGB32)
    image.fill(_CHECKER_LIGHT)
    painter = QPainter(image)
    for row in range(_REPEATS):
        for column in range(1 - row % 2, _REPEATS, 2):
            painter.fillRect(column * side, row * side, side, side, _CHECKER_DARK)
    painter.end()
    image.setDevicePixelRatio(device_ratio)
    return QBrush(image)
