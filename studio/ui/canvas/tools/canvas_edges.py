"""Canvas edges: drags the borders of the canvas, outwards for more room to draw in, inwards to crop."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from studio.api.parameters import IntParameter
from studio.document import MAX_SIDE, Document, Rect
from studio.ui.canvas.tools.edges_frame import WHOLE, Drag, Grip, Sides, dragged, grip_at
from studio.ui.canvas.tools.edges_painting import paint_frame
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.pointer import Pointer

APPLY: Final = "image.apply_edges"
"""The command that makes the frame the canvas."""
CANCEL: Final = "image.cancel_edges"
FILL: Final = "image.fill_edges"

_REACH: Final = 8.0
"""Logical view pixels around a side that count as on it."""
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_SHAPES: Final = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)
"""For sides that move along 0, 45, 90 and 135 degrees of the view."""


def _side(side: str, label: str) -> IntParameter:
    return IntParameter(
        id=side,
        label=label,
        help=str(QT_TRANSLATE_NOOP("CanvasTools", "Pixels that the canvas gains at this side; less than 0 cuts off")),
        default=0,
        minimum=-MAX_SIDE,
        maximum=MAX_SIDE,
        suffix=" px",
        slider=False,
    )


EDGES: Final = OptionGroup(
    id="edges",
    parameters=(
        _side("left", str(QT_TRANSLATE_NOOP("CanvasTools", "Left"))),
        _side("top", str(QT_TRANSLATE_NOOP("CanvasTools", "Top"))),
        _side("right", str(QT_TRANSLATE_NOOP("CanvasTools", "Right"))),
        _side("bottom", str(QT_TRANSLATE_NOOP("CanvasTools", "Bottom"))),
        IntParameter(
            id="multiple",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Multiples of")),
            help=str(
                QT_TRANSLATE_NOOP(
                    "CanvasTools",
                    "Dragged sides become multiples of this. Models work in multiples of 8 or 16; Ctrl drags freely",
                )
            ),
            default=16,
            minimum=1,
            maximum=512,
            suffix=" px",
            advanced=True,
        ),
    ),
    session_only=frozenset({"left", "top", "right", "bottom"}),
    on_canvas=True,
)


def sides_of(values: Mapping[str, Any]) -> Sides:
    """What the values of `EDGES` add to the canvas."""
    return Sides(**{side: values[side] for side in asdict(Sides())})


def _applies(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """With Ctrl, Enter is the window's: it generates, and fills the new area."""
    return key in _ENTER and not modifiers & Qt.KeyboardModifier.ControlModifier


class CanvasEdgesTool(Tool):
    """Drags sides and corners of a frame, or all of it; Enter makes it the canvas, Esc drops it.

    Shift keeps the picture's proportions, Alt moves the opposite side too, Ctrl leaves out the multiples. The frame
    lies in the options of the tool, so that it can be typed as well.
    """

    spans_clicks = True

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._grip: Grip | None = None
        self._pressed = QPointF()
        self._before = Rect(0, 0, 0, 0)
        self._hovered: Grip | None = None
        self._seen: Rect | None = None

    @property
    def is_active(self) -> bool:
        return self._grip is not None or bool(self._sides)

    def press(self, pointer: Pointer) -> None:
        self._grip = self._grip_at(pointer)
        self._pressed, self._before = pointer.document, self._frame

    def move(self, pointer: Pointer) -> None:
        if self._grip is None:
            self.hover(pointer)
        else:
            way = pointer.document - self._pressed
            frame = dragged(self._before, self._canvas, self._grip, (way.x(), way.y()), self._drag(pointer))
            self._choose(Sides.between(self._canvas, frame))

    def hover(self, pointer: Pointer) -> None:
        self._hovered = self._grip_at(pointer)

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self._grip = None
        self._bring_into_view()

    def let_go(self) -> None:
        self._grip = None

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        if not _applies(key, modifiers) or not self._sides:
            return False
        self._grip = None
        self.context.ask(APPLY)
        return True

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """The window's other shortcuts work while the frame waits."""
        return self.is_active and (_applies(key, modifiers) or key == Qt.Key.Key_Escape)

    def cancel(self) -> None:
        self._grip = None
        self._choose(Sides())

    def document_changed(self, document: Document) -> None:
        """A frame is for the canvas that it was seen on; one of another size has its own edges."""
        if document.canvas != self._seen:
            self.cancel()

    def paint(self, painter: QPainter) -> None:
        self._seen = self._canvas
        paint_frame(painter, self.context.view, self._canvas, self._frame)

    def cursor(self) -> Qt.CursorShape:
        grip = self._hovered if self._grip is None else self._grip
        if grip is None:
            return Qt.CursorShape.ArrowCursor
        if grip == WHOLE:
            return Qt.CursorShape.SizeAllCursor
        way = self.context.view.matrix().map(QPointF(*grip)) - self.context.view.matrix().map(QPointF())
        return _SHAPES[round(math.degrees(math.atan2(way.y(), way.x())) / 45) % 4]

    # --- the frame --------------------------------------------------------------------------------

    @property
    def _canvas(self) -> Rect:
        return self.context.session.document.canvas

    @property
    def _sides(self) -> Sides:
        return sides_of(self.context.options(EDGES))

    @property
    def _frame(self) -> Rect:
        return self._sides.around(self._canvas)

    def _choose(self, sides: Sides) -> None:
        self.context.choose(EDGES, **asdict(sides))

    def _drag(self, pointer: Pointer) -> Drag:
        return Drag(
            multiple=1 if pointer.control else self.context.options(EDGES)["multiple"],
            reach=0.0 if pointer.control else _REACH / self.context.view.scale,
            ratio=self._canvas.width / self._canvas.height if pointer.shift else None,
            both=pointer.alt,
        )

    def _grip_at(self, pointer: Pointer) -> Grip | None:
        point = pointer.document
        return grip_at(self._frame, point.x(), point.y(), _REACH / self.context.view.scale)

    def _bring_into_view(self) -> None:
        """Show the whole frame, where a side was dragged out of the view."""
        view = self.context.view
        shown = QRectF(0, 0, view.view_width, view.view_height)
        if not shown.contains(view.matrix().mapRect(qrectf(self._frame))):
            self.context.set_view(view.showing(qrectf(self._frame), self._canvas.width, self._canvas.height))


CANVAS_EDGES: Final = CanvasTool(
    id="canvas_edges",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Canvas edges")),
    icon="crop",
    shortcut="C",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Drag a border outwards for more to draw, inwards to crop. Enter applies, Esc cancels; "
            "Shift keeps the proportions, Alt moves both sides.",
        )
    ),
    section=Section.PAINT,
    make=CanvasEdgesTool,
    options=(EDGES,),
    commands=(APPLY, FILL, CANCEL),
)
