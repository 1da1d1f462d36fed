"""Lines and shapes that are drawn with the brush, filled, or both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QTransform

from studio.api.parameters import BoolParameter
from studio.document import Document, Raster
from studio.history import StepKind
from studio.ui.canvas.targets import NewLayerAbove, Target, changed_nothing, is_outside, new_layer_remark, paint_target
from studio.ui.canvas.tools.area_tool import paint_outline
from studio.ui.canvas.tools.brush import BRUSH_OPTIONS
from studio.ui.canvas.tools.brush_options import brush_of
from studio.ui.canvas.tools.layer_options import LIMIT, PART, edited_part, outside_remark, paint_clip
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.shape_tool import Outline
from studio.ui.canvas.tools.shapes import in_steps_of_45, shape_mask, spanned
from studio.ui.canvas.tools.symmetry_options import SYMMETRY, paint_axes, symmetry_of
from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext, Unfinished
from studio.ui.canvas.view.pointer import Pointer

SHAPE_STEP: Final = StepKind("paint.shape", "Shape", "draw-rectangle")
SHAPE_OPTIONS: Final = OptionGroup(
    id="drawn_shape",
    parameters=(
        BoolParameter(
            id="outline", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Outline")), default=True, icon="draw-rectangle"
        ),
        BoolParameter(id="filled", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Filled")), icon="fill"),
    ),
)
_CLOSING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class DrawnTool(Tool):
    """Draws a path with the brush, or fills it, as one step."""

    can_fill = True

    def draw(self, path: QPainterPath) -> None:
        """Draw a path of the document on the layer."""
        document = self.context.session.document
        target = paint_target(document, edited_part(self.context))
        if isinstance(target, str):
            self.context.say(target)
            return
        after = self._drawn(document, target, path)
        if after is None:
            area = shape_mask(path, document.canvas).bounds()
            remark = changed_nothing(document, target)
            is_hidden = is_outside(paint_clip(self.context), area)
            self.context.say(outside_remark(self.context, area) if is_hidden else remark or "")
            return
        self.context.commit(SHAPE_STEP, after)
        if isinstance(target, NewLayerAbove):
            self.context.say(new_layer_remark(after, target))

    def _drawn(self, document: Document, target: Target, path: QPainterPath) -> Document | None:
        """The document with the path on it; ``None`` if nothing changed."""
        before = target.raster(document)
        if before is None:
            return None
        options = self.context.options(SHAPE_OPTIONS)
        after = self._filled(document, target, before, path) if self.can_fill and options["filled"] else before
        if options["outline"] or not self.can_fill or after is before:
            after = self._outlined(document, target, after, path)
        return target.with_raster(document, after) if before.changed_tiles(after) else None

    def _filled(self, document: Document, target: Target, before: Raster, path: QPainterPath) -> Raster:
        from studio.raster.pouring import pour

        whole = QPainterPath()
        for matrix in self._copies(document):
            whole = whole.united(matrix.map(path))
        clip, lock = paint_clip(self.context), target.keeps_alpha(document)
        return pour(before, shape_mask(whole, document.canvas), self._rgba(), clip=clip, lock_alpha=lock)

    def _outlined(self, document: Document, target: Target, before: Raster, path: QPainterPath) -> Raster:
        from studio.raster.brush import Stroke

        brush = brush_of(self.context.options(BRUSH_OPTIONS), self._rgba(), eraser=False)
        for polygon in path.toSubpathPolygons():
            stroke = Stroke(
                before,
                brush.with_changes(smoothing=0.0, rope=0.0),
                clip=paint_clip(self.context),
                around=self.context.around,
                lock_alpha=target.keeps_alpha(document),
                symmetry=symmetry_of(self.context.options(SYMMETRY), document.canvas),
                seed=self.context.session.history.index,
            )
            for index in range(polygon.size()):
                stroke.move_to(*polygon.at(index).toTuple())
            before = stroke.commit()
        return before

    def _copies(self, document: Document) -> list[QTransform]:
        symmetry = symmetry_of(self.context.options(SYMMETRY), document.canvas)
        return [QTransform()] if symmetry is None else [QTransform(*each) for each in symmetry.matrices()]

    def _rgba(self) -> tuple[int, int, int, int]:
        color = self.context.color
        return color.red(), color.green(), color.blue(), color.alpha()


class DraggedShapeTool(DrawnTool):
    """A drag spans the shape. Shift gives it equal sides, a line steps of 45 degrees; Alt begins in its middle."""

    def __init__(self, info: CanvasTool, context: ToolContext, *, outline: Outline, is_line: bool = False) -> None:
        super().__init__(info, context)
        self._outline = outline
        self.can_fill = not is_line
        self._first: QPointF | None = None
        self._points: list[QPointF] = []

    @property
    def is_active(self) -> bool:
        return self._first is not None

    def press(self, pointer: Pointer) -> None:
        self._first = self.context.snapping.point(pointer.document)
        self._points = []

    def move(self, pointer: Pointer) -> None:
        if self._first is None:
            return
        start, end = self._first, self.context.snapping.point(pointer.document)
        if not self.can_fill:
            end = in_steps_of_45(start, end) if pointer.shift else end
            self._points = [start + (start - end) if pointer.alt else start, end]
        else:
            self._points = spanned(start, end, square=pointer.shift, from_centre=pointer.alt)
        self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        points, first = self._points, self._first
        self.cancel()
        if first is not None and len(points) > 1 and points[0] != points[-1]:
            self.draw(self._outline(points))

    def cancel(self) -> None:
        self._first, self._points = None, []
        self.context.redraw()

    def paint(self, painter: QPainter) -> None:
        paint_axes(painter, self.context)
        if len(self._points) > 1:
            paint_outline(painter, self.context.view.matrix().map(self._outline(self._points)))


class DrawnPathTool(DrawnTool):
    """Clicks set points; with ``bends``, a drag from one bends the path there.

    A double click or Enter ends it, a click on the first point closes it; Backspace takes the last point back.
    """

    spans_clicks = True

    def __init__(self, info: CanvasTool, context: ToolContext, *, bends: bool) -> None:
        super().__init__(info, context)
        self._bends = bends
        self._points: list[tuple[QPointF, QPointF]] = []  # where, and the way to the handle after it
        self._hovered = QPointF()
        self._is_pressed = False

    @property
    def is_active(self) -> bool:
        return bool(self._points)

    def press(self, pointer: Pointer) -> None:
        place = self.context.snapping.point(pointer.document)
        if len(self._points) > 1 and self._is_on(self._points[-1][0], pointer):
            self._end(closed=False)
        elif len(self._points) > 1 and self._is_on(self._points[0][0], pointer):
            self._end(closed=True)
        else:
            self._points.append((place, QPointF()))
            self._is_pressed = True
            self.context.redraw()

    def move(self, pointer: Pointer) -> None:
        self._hovered = pointer.document
        if self._is_pressed and self._bends and self._points:
            place, _ = self._points[-1]
            self._points[-1] = (place, pointer.document - place)
        if self._points:
            self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self._is_pressed = False

    def let_go(self) -> None:
        self._is_pressed = False

    def wants_key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        is_plain = not modifiers & Qt.KeyboardModifier.ControlModifier
        return self.is_active and is_plain and key in (*_CLOSING, Qt.Key.Key_Escape, Qt.Key.Key_Backspace)

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        if not self.is_active or modifiers & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in _CLOSING:
            self._end(closed=False)
        elif key == Qt.Key.Key_Backspace:
            self._points.pop()
            self.context.redraw()
        else:
            return False
        return True

    def cancel(self) -> None:
        self._points, self._is_pressed = [], False
        self.context.redraw()

    def finish(self) -> None:
        self._end(closed=False)

    def so_far(self) -> Unfinished | None:
        """The path as far as it goes."""
        document = self.context.session.document
        target = paint_target(document, edited_part(self.context))
        if len(self._points) < 2 or isinstance(target, str):
            return None
        after = self._drawn(document, target, self._path(self._points, closed=False))
        return None if after is None else Unfinished(kind=SHAPE_STEP, document=lambda: after)

    def paint(self, painter: QPainter) -> None:
        paint_axes(painter, self.context)
        if self._points:
            next_point = [] if self._is_pressed else [(self._hovered, QPointF())]
            path = self._path([*self._points, *next_point], closed=False)
            paint_outline(painter, self.context.view.matrix().map(path))

    def _end(self, *, closed: bool) -> None:
        points = list(self._points)
        self.cancel()
        if len(points) > 1:
            self.draw(self._path(points, closed=closed))

    def _path(self, points: list[tuple[QPointF, QPointF]], *, closed: bool) -> QPainterPath:
        path = QPainterPath(points[0][0])
        for (start, way), (end, other) in zip(points, [*points[1:], points[0]], strict=True):
            if end is not points[0][0] or closed:
                path.cubicTo(start + way, end - other, end) if self._bends else path.lineTo(end)
        return path

    def _is_on(self, point: QPointF, pointer: Pointer) -> bool:
        to_view = self.context.view.to_view
        return (to_view(point) - to_view(pointer.document)).manhattanLength() <= 6.0


def drawn_tool(
    tool_id: str,
    name: str,
    hint: str,
    *,
    make: Callable[[CanvasTool, ToolContext], Tool],
    shortcut: str = "",
    can_fill: bool = True,
) -> CanvasTool:
    """A tool that draws a shape on the layer with the brush of the brush tool."""
    options = (PART, *((SHAPE_OPTIONS,) if can_fill else ()), BRUSH_OPTIONS, LIMIT)
    return CanvasTool(
        id=tool_id,
        name=name,
        icon=tool_id.replace("_", "-"),
        shortcut=shortcut,
        hint=hint,
        section=Section.PAINT,
        make=make,
        options=options,
        group="draw",
    )
