"""Eyes that read what partial paints have left on the screen, and what a full repaint would show there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.document import Pixels
from studio.ui.canvas.canvas_view import CanvasView

STILL_MS = 12
"""Longer than the window system takes to ask for a paint that was put off."""


class PaintCount(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.paints = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.paints += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def come_to_rest(canvas: CanvasView) -> None:
    """Let the event loop paint until nothing is left to paint."""
    count = PaintCount(canvas)
    is_at_rest = False
    while not is_at_rest:
        before, was_settled = count.paints, canvas.is_settled
        QTest.qWait(STILL_MS)
        QApplication.processEvents()  # all that waits, however slow the machine
        # What was fetched just now may still wait for its paint.
        is_at_rest = was_settled and canvas.is_settled and count.paints == before
    canvas.removeEventFilter(count)
    count.deleteLater()


def on_screen(widget: QWidget) -> Pixels:
    """What the paints so far left in the window's backing store where ``widget`` is: uint8 RGB, device pixels."""
    left = widget.window().backingStore().paintDevice()
    assert isinstance(left, QImage)
    return _part(left, widget)


def repainted(widget: QWidget) -> Pixels:
    """What painting the whole window anew gives where ``widget`` is: uint8 RGB, device pixels."""
    return _part(widget.window().grab().toImage(), widget)


def _part(whole: QImage, widget: QWidget) -> Pixels:
    ratio = widget.devicePixelRatioF()
    corner = widget.mapTo(widget.window(), QPoint(0, 0)) * ratio
    size = widget.size() * ratio
    image = whole.copy(corner.x(), corner.y(), size.width(), size.height()).convertToFormat(
        QImage.Format.Format_RGBX8888
    )
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()


def assert_screen_is_as_repainted(canvas: CanvasView, what: str) -> None:
    """Wait until the canvas is at rest; then every pixel on the screen must be as a full repaint makes it."""
    come_to_rest(canvas)
    seen, whole = on_screen(canvas), repainted(canvas)
    wrong = np.argwhere((seen != whole).any(axis=2))
    if wrong.size:
        (top, left), (bottom, right) = wrong.min(axis=0), wrong.max(axis=0)
        most = int(np.abs(seen.astype(int) - whole).max())
        raise AssertionError(
            f"after {what}: {len(wrong)} stale pixels in x {left}..{right}, y {top}..{bottom}, by up to {most}"
        )
