"""Wheel, touchpad and pinch: what they make of the view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from studio.ui.canvas.view.view_transform import ViewTransform

WHEEL_FACTOR: Final = 1.25
"""Zoom of one wheel notch."""

_NOTCH: Final = 120.0
_SCROLL_PER_ANGLE: Final = 0.5
"""Logical pixels for an eighth of a degree, where a touchpad reports no pixels."""


def scrolled_view(view: ViewTransform, event: QWheelEvent) -> ViewTransform:
    """A wheel zooms about the pointer (with Shift it pans sideways); a touchpad pans, and zooms with Ctrl."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if _is_touchpad(event) and not control:
        return view.panned(_scroll(event))
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not control:
        angle = event.angleDelta()
        return view.panned(QPointF((angle.x() or angle.y()) * _SCROLL_PER_ANGLE, 0))
    angle = event.angleDelta()
    notches = (angle.y() or angle.x()) / _NOTCH
    return _zoomed(view, WHEEL_FACTOR**notches, event.position())


def touched_view(
    view: ViewTransform, event: QNativeGestureEvent | QGestureEvent, widget: QWidget
) -> ViewTransform | None:
    """Two fingers zoom about their middle, on a screen also carrying the picture along; ``None`` for other gestures."""
    if isinstance(event, QNativeGestureEvent):
        is_zoom = event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        return _zoomed(view, max(0.1, 1.0 + event.value()), event.position()) if is_zoom else view
    gesture = event.gesture(Qt.GestureType.PinchGesture)
    if not isinstance(gesture, QPinchGesture):
        return None
    center = QPointF(widget.mapFromGlobal(gesture.hotSpot()))
    moved = gesture.centerPoint() - gesture.lastCenterPoint()
    return _zoomed(view.panned(moved), gesture.scaleFactor() or 1.0, center)


def _zoomed(view: ViewTransform, factor: float, anchor: QPointF) -> ViewTransform:
    zoom = view.zoom * factor
    if (view.zoom < 1.0 < zoom) or (view.zoom > 1.0 > zoom):
        zoom = 1.0
    return view.zoomed(zoom, anchor)


def _is_touchpad(event: QWheelEvent) -> bool:
    if event.phase() != Qt.ScrollPhase.NoScrollPhase:
        return True
    return event.device() is not None and event.device().type() == QInputDevice.DeviceType.TouchPad


def _scroll(event: QWheelEvent) -> QPointF:
    pixels = event.pixelDelta()
    return QPointF(pixels) if not pixels.isNull() else QPointF(event.angleDelta()) * _SCROLL_PER_ANGLE
