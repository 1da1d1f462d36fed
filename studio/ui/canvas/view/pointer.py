"""One position of the mouse or pen, as the tools see it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTabletEvent

from studio.document import Rect
from studio.ui.canvas.view.view_transform import ViewTransform

_FLATTEST: Final = 60.0
"""Degrees that pens report at most."""


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """Where the pointer is and how it is held.

    ``document`` is in document pixels (fractional; pixel (0, 0) spans 0..1), ``view`` in logical pixels
    of the view. ``pressure`` is 0..1, always 1 for a mouse; ``tilt`` is 0 (upright, as a mouse) to 1, and ``azimuth``
    where on the document the pen leans to, in radians clockwise from the right. ``time`` is in seconds on the clock of
    the input events. ``is_eraser`` tells that the pen is held upside down.
    """

    document: QPointF
    view: QPointF
    pressure: float = 1.0
    tilt: float = 0.0
    azimuth: float = 0.0
    time: float = 0.0
    button: Qt.MouseButton = Qt.MouseButton.NoButton
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    is_eraser: bool = False

    @property
    def shift(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def alt(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)

    @property
    def control(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)

    @property
    def pixel(self) -> tuple[int, int]:
        """The document pixel under the pointer."""
        return int(self.document.x() // 1), int(self.document.y() // 1)

    def pixel_within(self, around: Rect | None) -> tuple[int, int]:
        """The same, of a picture that is repeated ``around`` itself that of the picture."""
        x, y = self.pixel
        return (x, y) if around is None else (x % around.width, y % around.height)


def mouse_pointer(event: QMouseEvent, view: ViewTransform) -> Pointer:
    """The pointer of a mouse event."""
    return _pointer(event, view, 1.0, is_eraser=False)


def tablet_pointer(event: QTabletEvent, view: ViewTransform) -> Pointer:
    """The pointer of a pen event, with sub-pixel position and pressure."""
    is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
    pressure = min(1.0, max(0.0, event.pressure()))
    lean = math.hypot(event.xTilt(), event.yTilt())
    pointer = _pointer(event, view, pressure, is_eraser=is_eraser)
    return replace(pointer, tilt=min(1.0, lean / _FLATTEST), azimuth=_azimuth(event, view)) if lean else pointer


def _azimuth(event: QTabletEvent, view: ViewTransform) -> float:
    """Where on the document a pen leans to, in radians."""
    here = event.position()
    way = view.to_document(here + QPointF(event.xTilt(), event.yTilt())) - view.to_document(here)
    return math.atan2(way.y(), way.x())


def _pointer(event: QMouseEvent | QTabletEvent, view: ViewTransform, pressure: float, *, is_eraser: bool) -> Pointer:
    position = event.position()
    return Pointer(
        document=view.to_document(position),
        view=position,
        pressure=pressure,
        time=event.timestamp() / 1000.0,
        button=event.button(),
        modifiers=event.modifiers(),
        is_eraser=is_eraser,
    )
