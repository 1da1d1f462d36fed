"""Areas with corners by clicks, made when they are closed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from studio.history import StepKind
from studio.raster.limits import MaskMode
from studio.ui.canvas.tools.area_tool import Area, AreaTool, paint_outline
from studio.ui.canvas.tools.shapes import closed_outline
from studio.ui.canvas.tools.tool import CanvasTool, ToolContext, Unfinished
from studio.ui.canvas.view.pointer import Pointer

_REACH: Final = 6.0
"""Logical view pixels around a corner that count as a click on it."""
_CORNER: Final = 5.0
_CLOSING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PolygonTool(AreaTool):
    """Each click sets a corner; a double click, Enter, or a click on the first corner closes the polygon.

    Backspace and Ctrl+Z take the last corner back. Shift adds, Alt subtracts, both intersect, as held at the first
    corner.
    """

    spans_clicks = True

    def __init__(self, info: CanvasTool, context: ToolContext, *, area: Area, step: StepKind) -> None:
        super().__init__(info, context, area=area, step=step)
        self._corners: list[QPointF] = []
        self._hovered = QPointF()
        self._is_pressed = False
        self._mode = MaskMode.REPLACE

    @property
    def is_active(self) -> bool:
        return super().is_active or bool(self._corners)

    def press(self, pointer: Pointer) -> None:
        if not self._corners and self.grab(pointer):
            return
        if self._corners and (self._is_on(self._corners[0], pointer) or self._is_on(self._corners[-1], pointer)):
            # The second press of a double click lies on the corner that the first one set.
            self._close()
            return
        if not self._corners:
            self._mode = self.area.mode(pointer, self.context)
        self._corners.append(self._placed(pointer))
        self._is_pressed = True
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        super().move(pointer)
        self._hovered = self._placed(pointer)
        if self._is_pressed and self._corners:
            self._corners[-1] = self._hovered
        self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        super().release(pointer)
        self._is_pressed = False

    def let_go(self) -> None:
        self._is_pressed = False
        super().finish()

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """The window's other shortcuts work between the clicks."""
        if not self._corners:
            return super().wants_key(key, modifiers)
        return _closes(key, modifiers) or key == Qt.Key.Key_Escape or _takes_back(key, modifiers)

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        if not self._corners:
            return super().key(key, modifiers)
        if _closes(key, modifiers):
            self._close()
        elif _takes_back(key, modifiers):
            self._take_back()
            self._is_pressed = False
            self.context.redraw()
        else:
            return False
        return True

    def cancel(self) -> None:
        self._drop_corners()
        super().cancel()

    def finish(self) -> None:
        """Close what encloses something already."""
        self._close()
        self._drop_corners()
        super().finish()

    def so_far(self) -> Unfinished | None:
        """What the corners so far would make."""
        path = self._path()
        if path is None:
            return super().so_far()
        return Unfinished(kind=self.step, document=self.area.outlined(self.context, path, self._mode))

    def paint(self, painter: QPainter) -> None:
        if not self._corners:
            return
        to_view = self.context.view.to_view
        points = (*self._points(), *self._next_points())
        paint_outline(painter, closed_outline([to_view(point) for point in points]))
        painter.save()
        painter.setPen(QPen(QColor(0, 0, 0, 220), 1))
        painter.setBrush(QColor(255, 255, 255))
        for corner in map(to_view, self._corners):
            painter.drawRect(QRectF(corner.x() - _CORNER / 2, corner.y() - _CORNER / 2, _CORNER, _CORNER))
        painter.restore()

    def _placed(self, pointer: Pointer) -> QPointF:
        """Where a corner comes to lie that is set now."""
        return self.context.snapping.point(pointer.document)

    def _points(self) -> list[QPointF]:
        """What the outline runs through."""
        return list(self._corners)

    def _next_points(self) -> list[QPointF]:
        """What it would run through from the last corner on, if the next one were where the pointer is."""
        return [self._hovered]

    def _take_back(self) -> None:
        self._corners.pop()

    def _close(self) -> None:
        """Make the area; fewer than three corners, or such in one line, stay as they are."""
        path = self._path()
        if path is None:
            return
        document = self.area.outlined(self.context, path, self._mode)
        self._drop_corners()
        self.commit(document())

    def _drop_corners(self) -> None:
        self._corners = []
        self._is_pressed = False
        self.context.redraw()

    def _path(self) -> QPainterPath | None:
        """The outline; ``None`` while it encloses nothing."""
        points = self._points()
        path = closed_outline(points)
        return None if len(points) < 3 or path.boundingRect().isEmpty() else path

    def _is_on(self, corner: QPointF, pointer: Pointer) -> bool:
        to_view = self.context.view.to_view
        return (to_view(corner) - to_view(pointer.document)).manhattanLength() <= _REACH


def _closes(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """With Ctrl or Alt, Enter is the window's: it generates, say."""
    held = modifiers & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return key in _CLOSING and held == Qt.KeyboardModifier.NoModifier


def _takes_back(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    return key == Qt.Key.Key_Backspace or (key == Qt.Key.Key_Z and modifiers == Qt.KeyboardModifier.ControlModifier)
