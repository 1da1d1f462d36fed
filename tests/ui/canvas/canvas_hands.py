"""Hands that hold a mouse and a pen, and eyes that read the document and the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.document import PaintLayer, Raster, Rect
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, ALT, CONTROL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
RED = QColor(255, 0, 0)
HARD = {"diameter": 20.0, "hardness": 100.0, "smoothing": 0.0, "pressure_size": True}

Point = tuple[float, float]


class Hand:
    """Drives the canvas with real events at document positions."""

    def __init__(self, canvas: CanvasView) -> None:
        self.canvas = canvas

    def at(self, point: Point) -> QPointF:
        return self.canvas.view_transform().to_view(QPointF(*point))

    def press(self, point: Point, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.canvas, button, modifiers, self.at(point).toPoint())

    def move(self, point: Point, modifiers: Qt.KeyboardModifier = NONE) -> None:
        if modifiers == NONE:
            QTest.mouseMove(self.canvas, self.at(point).toPoint())
            return
        place = self.at(point)
        globally = QPointF(self.canvas.mapToGlobal(place.toPoint()))
        event = QMouseEvent(QEvent.Type.MouseMove, place, globally, Qt.MouseButton.NoButton, LEFT, modifiers)
        QApplication.sendEvent(self.canvas, event)

    def release(self, point: Point, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.canvas, button, modifiers, self.at(point).toPoint())

    def drag(self, *points: Point, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(points[0], button, modifiers)
        for point in points[1:]:
            self.move(point, modifiers)
        self.release(points[-1], button, modifiers)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.canvas, key, modifiers)

    def pen(self, kind: QEvent.Type, point: Point, pressure: float, *, eraser: bool = False) -> QTabletEvent:
        """Send one pen event, "down" meaning the tip."""
        tip = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
        device = QPointingDevice("pen", 7, QInputDevice.DeviceType.Stylus, tip, QInputDevice.Capability.Pressure, 1, 3)
        place = self.at(point)
        is_move = kind == QEvent.Type.TabletMove
        event = QTabletEvent(
            kind,
            device,
            place,
            QPointF(self.canvas.mapToGlobal(place.toPoint())),
            pressure,
            *(0.0, 0.0, 0.0, 0.0, 0.0),
            NONE,
            Qt.MouseButton.NoButton if is_move else LEFT,
            Qt.MouseButton.NoButton if kind == QEvent.Type.TabletRelease else LEFT,
        )
        QApplication.sendEvent(self.canvas, event)
        return event


def labels(session: Session) -> list[str]:
    return [step.kind.label for step in session.history.steps[1 : session.history.index + 1]]


def layer_pixel(session: Session, x: int, y: int) -> tuple[int, ...]:
    """Premultiplied RGBA of the active layer."""
    layer = session.document.active_layer
    assert isinstance(layer, PaintLayer)
    return pixel(layer.raster, x, y)


def pixel(raster: Raster, x: int, y: int) -> tuple[int, ...]:
    return tuple(raster.read(Rect(x, y, 1, 1)).reshape(-1).tolist())


def mask_value(session: Session, x: int, y: int) -> int:
    return pixel(session.document.generation_mask, x, y)[0]


def shown(canvas: CanvasView, qtbot, x: float, y: float) -> QColor:
    """The colour on screen at a document position."""
    qtbot.waitUntil(lambda: canvas.is_settled)
    place = canvas.view_transform().to_view(QPointF(x, y)).toPoint()
    return canvas.grab().toImage().pixelColor(place)
