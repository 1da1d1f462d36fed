"""Words as pixels, in the fonts of the window: Chinese too, wrapped, and shortened where there is no room.

Needs a QGuiApplication, which has the fonts; works on any thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QTextLayout, QTextOption

from studio.document import Pixels, Rgb

_MARGIN: Final = 2
"""Pixels around the words for what reaches out of a letter's box."""


@dataclass(frozen=True, kw_only=True)
class Lettering:
    """How words are set: letters of ``size`` pixels, at most ``lines`` lines of at most ``width`` pixels."""

    size: int
    width: int
    lines: int = 1
    bold: bool = False
    color: Rgb = (0, 0, 0)
    centred: bool = False

    def pixels(self, text: str) -> Pixels:
        """The words on transparent ground, premultiplied RGBA, no larger than they need: at most ``width`` wide."""
        lines = self.wrapped(text)
        metrics = QFontMetricsF(self._font())
        widths = [metrics.horizontalAdvance(line) for line in lines]
        width = min(self.width, ceil(max(widths, default=0.0)) + 2 * _MARGIN)
        height = ceil(metrics.height() * max(1, len(lines))) + 2 * _MARGIN
        image = QImage(width, height, QImage.Format.Format_RGBA8888_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setFont(self._font())
        painter.setPen(QColor(*self.color))
        for number, (line, own) in enumerate(zip(lines, widths, strict=True)):
            left = (width - own) / 2 if self.centred else float(_MARGIN)
            painter.drawText(QPointF(left, _MARGIN + metrics.height() * number + metrics.ascent()), line)
        painter.end()
        return _array(image)

    def wrapped(self, text: str) -> tuple[str, ...]:
        """The lines of a text; the last is shortened where there are more than fit."""
        plain = " ".join(text.split())
        lines: list[str] = []
        while plain and len(lines) < self.lines - 1:
            taken = self._first_line(plain)
            lines.append(plain[:taken].rstrip())
            plain = plain[taken:].lstrip()
        if plain:
            lines.append(self._shortened(plain))
        return tuple(lines)

    def width_of(self, text: str) -> int:
        """How wide a text is in one line, with what is left around it."""
        return ceil(QFontMetricsF(self._font()).horizontalAdvance(" ".join(text.split()))) + 2 * _MARGIN

    def height_of(self, lines: int) -> int:
        """How high so many lines are, with what is left around them."""
        return ceil(QFontMetricsF(self._font()).height() * lines) + 2 * _MARGIN

    def _shortened(self, line: str) -> str:
        room = self.width - 2 * _MARGIN
        return QFontMetricsF(self._font()).elidedText(line, Qt.TextElideMode.ElideRight, room)

    def _first_line(self, text: str) -> int:
        """How many characters go into a line."""
        layout = QTextLayout(text, self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(self.width - 2 * _MARGIN)
        taken = line.textLength()
        layout.endLayout()
        return max(1, _characters(text, taken))

    def _font(self) -> QFont:
        font = QFont()
        font.setPixelSize(self.size)
        font.setBold(self.bold)
        return font


def _characters(text: str, units: int) -> int:
    """How many characters Qt's so many units are, of which it counts two for an emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))


def _array(image: QImage) -> Pixels:
    """The pixels of an image of four bytes each: a new array ``(h, w, 4)``."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return np.ascontiguousarray(rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)).copy()
