"""The gradient: from the foreground colour to the background, or to nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from studio.api.parameters import BoolParameter, ChoiceParameter
from studio.document import Raster
from studio.history import StepKind
from studio.ui.background.background import Background
from studio.ui.canvas.targets import NewLayerAbove, Target, changed_nothing, new_layer_remark, paint_target
from studio.ui.canvas.tools.area_tool import paint_outline
from studio.ui.canvas.tools.fill import AT_ONCE
from studio.ui.canvas.tools.layer_options import LIMIT, PART, edited_part, paint_clip
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.shapes import in_steps_of_45
from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext
from studio.ui.canvas.view.pointer import Pointer

translate = QCoreApplication.translate

GRADIENT_STEP: Final = StepKind("paint.gradient", "Gradient", "gradient")
_OPTIONS: Final = OptionGroup(
    id="gradient",
    parameters=(
        ChoiceParameter(
            id="shape",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Shape")),
            default="linear",
            choices=(
                ("linear", str(QT_TRANSLATE_NOOP("CanvasTools", "Straight"))),
                ("radial", str(QT_TRANSLATE_NOOP("CanvasTools", "Round"))),
            ),
        ),
        ChoiceParameter(
            id="ends",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "To")),
            default="background",
            choices=(
                ("background", str(QT_TRANSLATE_NOOP("CanvasTools", "To background"))),
                ("nothing", str(QT_TRANSLATE_NOOP("CanvasTools", "To nothing"))),
            ),
        ),
        BoolParameter(id="reverse", label=str(QT_TRANSLATE_NOOP("CanvasTools", "The other way round"))),
    ),
)


class GradientTool(Tool):
    """A drag says from where to where; Shift keeps to steps of 45 degrees. In large pictures it takes a moment."""

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._background = Background("gradient")
        self._start: QPointF | None = None
        self._end = QPointF()

    @property
    def is_active(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        if self._background.is_busy:
            self.context.say(translate("CanvasView", "The last fill is still being worked out. Wait a moment."))
            return
        self._start = self._end = pointer.document

    def move(self, pointer: Pointer) -> None:
        if self._start is not None:
            self._end = in_steps_of_45(self._start, pointer.document) if pointer.shift else pointer.document
            self.context.redraw()

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        start, self._start = self._start, None
        self.context.redraw()
        if start is not None and start != self._end:
            self._lay(start, self._end)

    def cancel(self) -> None:
        self._start = None
        self.context.redraw()

    def paint(self, painter: QPainter) -> None:
        if self._start is not None:
            path = QPainterPath(self.context.view.to_view(self._start))
            path.lineTo(self.context.view.to_view(self._end))
            paint_outline(painter, path)

    def _lay(self, start: QPointF, end: QPointF) -> None:
        document = self.context.session.document
        target = paint_target(document, edited_part(self.context))
        if isinstance(target, str):
            self.context.say(target)
            return
        before = target.raster(document)
        if before is None:
            return
        work = self._work(target, before, start, end)
        if document.width * document.height <= AT_ONCE:
            self._commit(target, before, work())
        else:
            self._background.run(work, lambda after: self._commit(target, before, after), self._failed)

    def _work(self, target: Target, before: Raster, start: QPointF, end: QPointF) -> Callable[[], Raster]:
        from studio.raster.pouring import Gradient, laid_gradient

        document, options = self.context.session.document, self.context.options(_OPTIONS)
        front, back = _rgba(self.context.color), _rgba(self.context.other_color)
        ends = (back, front) if options["reverse"] and options["ends"] == "background" else (front, back)
        if options["reverse"] and options["ends"] == "nothing":
            start, end = end, start
        gradient = Gradient(
            start=(start.x(), start.y()),
            end=(end.x(), end.y()),
            first=ends[0],
            second=ends[1] if options["ends"] == "background" else None,
            is_radial=options["shape"] == "radial",
        )
        clip, lock = paint_clip(self.context), target.keeps_alpha(document)
        return partial(laid_gradient, before, gradient, document.canvas, clip=clip, lock_alpha=lock)

    def _failed(self, error: Exception) -> None:
        self.context.say(translate("CanvasView", "The fill did not work: {reason}").format(reason=error))

    def _commit(self, target: Target, before: Raster, after: Raster) -> None:
        document = self.context.session.document
        if target.raster(document) is not before:
            self.context.say(translate("CanvasView", "The fill was dropped because its layer changed meanwhile."))
        elif before.changed_tiles(after):
            made = target.with_raster(document, after)
            self.context.commit(GRADIENT_STEP, made)
            if isinstance(target, NewLayerAbove):
                self.context.say(new_layer_remark(made, target))
        elif (remark := changed_nothing(document, target)) is not None:
            self.context.say(remark)


def _rgba(color: QColor) -> tuple[int, int, int, int]:
    return color.red(), color.green(), color.blue(), color.alpha()


GRADIENT: Final = CanvasTool(
    id="gradient",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Gradient")),
    icon="gradient",
    shortcut="G",
    hint=str(
        QT_TRANSLATE_NOOP("CanvasTools", "Drag from where the foreground colour is to where the other one begins.")
    ),
    section=Section.PAINT,
    make=GradientTool,
    options=(PART, _OPTIONS, LIMIT),
    alt_picks=True,
    group="fill",
)
