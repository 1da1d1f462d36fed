"""The mask polygon: corners by clicks, made the mask when it is closed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from studio.history import StepKind
from studio.raster.limits import MaskMode
from studio.ui.canvas.tools.mask_options import MASK_SHAPE, MASK_VIEW
from studio.ui.canvas.tools.shape_tool import masked, paint_outline, shape_mode
from studio.ui.canvas.tools.shapes import closed_outline
from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext, Unfinished
from studio.ui.canvas.view.pointer import Pointer

_STEP: Final = StepKind("mask.polygon", "Mask polygon", "mask-polygon")
_REACH: Final = 6.0
"""Logical view pixels around a corner that count as a click on it."""
_CORNER: Final = 5.0
_CLOSING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PolygonTool(Tool):
    """Each click sets a corner; a double click, Enter, or a click on the first corner closes the polygon.

    Backspace and Ctrl+Z take the last corner back. Shift adds to the mask, Alt subtracts, both intersect, as held at
    the first corner.
    """

    spans_clicks = True

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._corners: list[QPointF] = []
        self._hovered = QPointF()
        self._is_pressed = False
        self._mode = MaskMode.REPLACE

    @property
    def is_active(self) -> bool:
        return bool(self._corners)

    def press(self, pointer: Pointer) -> None:
        if self._corners and (self._is_on(self._corners[0], pointer) or self._is_on(self._corners[-1], pointer)):
            # The second press of a double click lies on the corner that the first one set.
            self._close()
            return
        if not self._corners:
            self._mode = shape_mode(pointer, self.context)
        self._corners.append(pointer.document)
        self._is_pressed = True
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        self._hovered = pointer.document
        if self._is_pressed and self._corners:
            self._corners[-1] = pointer.document
        self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self._is_pressed = False

    def let_go(self) -> None:
        self._is_pressed = False

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """The window's other shortcuts work between the clicks."""
        return self.is_active and (_closes(key, modifiers) or key == Qt.Key.Key_Escape or _takes_back(key, modifiers))

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        if not self.is_active:
            return False
        if _closes(key, modifiers):
            self._close()
        elif _takes_back(key, modifiers):
            self._corners.pop()
            self._is_pressed = False
            self.context.redraw()
        else:
            return False
        return True

    def cancel(self) -> None:
        self._corners = []
        self._is_pressed = False
        self.context.redraw()

    def finish(self) -> None:
        """Close what encloses something already."""
        self._close()
        self.cancel()

    def so_far(self) -> Unfinished | None:
        """The mask that the corners so far would make."""
        path = self._path()
        return None if path is None else Unfinished(kind=_STEP, document=masked(self.context, path, self._mode))

    def paint(self, painter: QPainter) -> None:
        if not self._corners:
            return
        to_view = self.context.view.to_view
        paint_outline(painter, closed_outline([to_view(point) for point in (*self._corners, self._hovered)]))
        painter.save()
        painter.setPen(QPen(QColor(0, 0, 0, 220), 1))
        painter.setBrush(QColor(255, 255, 255))
        for corner in map(to_view, self._corners):
            painter.drawRect(QRectF(corner.x() - _CORNER / 2, corner.y() - _CORNER / 2, _CORNER, _CORNER))
        painter.restore()

    def _close(self) -> None:
        """Make it the mask; fewer than three corners, or such in one line, stay as they are."""
        path = self._path()
        if path is None:
            return
        document = masked(self.context, path, self._mode)
        self.cancel()
        self.context.commit(_STEP, document())

    def _path(self) -> QPainterPath | None:
        """The outline; ``None`` while it encloses nothing."""
        path = closed_outline(self._corners)
        return None if len(self._corners) < 3 or path.boundingRect().isEmpty() else path

    def _is_on(self, corner: QPointF, pointer: Pointer) -> bool:
        return (self.context.view.to_view(corner) - pointer.view).manhattanLength() <= _REACH


def _closes(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """With Ctrl or Alt, Enter is the window's: it generates, say."""
    held = modifiers & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    return key in _CLOSING and held == Qt.KeyboardModifier.NoModifier


def _takes_back(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    return key == Qt.Key.Key_Backspace or (key == Qt.Key.Key_Z and modifiers == Qt.KeyboardModifier.ControlModifier)


MASK_POLYGON: Final = CanvasTool(
    id="mask_polygon",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask polygon")),
    icon="mask-polygon",
    shortcut="Shift+L",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Click corners; a double click or Enter closes it. Shift adds to the mask, Alt takes away.",
        )
    ),
    section=Section.MASK,
    make=PolygonTool,
    options=(MASK_SHAPE, MASK_VIEW),
)
