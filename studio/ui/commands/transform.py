"""What is done with a transform under way, and what turns layers about without handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.document import Document, LayerId
from studio.editing import transforming
from studio.errors import Cancelled
from studio.ui.background.background import Run, RunProgress
from studio.ui.canvas.tools.transform import APPLY, CANCEL, FLIP_HORIZONTAL, FLIP_VERTICAL, TRANSFORM_TOOL
from studio.ui.canvas.tools.transform_options import TRANSFORM, TURN, WHAT, group_of, shown_values
from studio.ui.commands.conditions import LAYER, TRANSFORM_CHOSEN
from studio.ui.commands.context import Context, WindowCommand
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command
from studio.ui.widgets.notice_bar import NoticeAction

translate = QCoreApplication.translate

_KEY: Final = "transform"


def apply_transform(context: Context) -> None:
    """Make one step of what was done with the transform tool, in the background; it stays on screen meanwhile.

    What is dragged on meanwhile, or dropped, wins: the result is of no use then. It begins anew where only something
    else of the picture was changed.
    """
    unfinished, target, notices = context.canvas.unfinished(), context.session.current, context.notices
    if unfinished is None:
        context.canvas.cancel_stroke()
        return
    before = target.document

    def work(run: Run) -> Document:
        def heed(share: float) -> None:
            run.token.raise_if_cancelled()
            run.report(share)

        return unfinished.document() if unfinished.heeding is None else unfinished.heeding(heed)

    def done(after: Document) -> None:
        notices.clear(_KEY)
        if context.canvas.unfinished() is unfinished and target.document is before:
            context.canvas.cancel_stroke()
            target.apply(unfinished.kind, after)
        elif target.document is not before and target is context.session.current and _is_transforming(context):
            apply_transform(context)

    def failed(error: Exception) -> None:
        notices.clear(_KEY)
        if not isinstance(error, Cancelled):
            notices.show_error(error, key=_KEY)

    run = context.tasks.start(work, done, failed, lambda told: _tell(context, told, run.cancel))


def _tell(context: Context, told: RunProgress, cancel: Callable[[], object]) -> None:
    """Say how far it is, once it takes its time."""
    if told.seconds_left is None:
        return
    text = translate("TransformActions", "Transforming… {percent} %").format(percent=round(told.fraction * 100))
    cancelling = NoticeAction(translate("TransformActions", "Cancel"), cancel)
    context.notices.show_notice(text, actions=(cancelling,), key=_KEY)


def fit_into_canvas(context: Context) -> None:
    """Begin a transform that fits the layers into the canvas, with their full resolution until it is applied."""
    document = context.session.document
    subject = transforming.subject_of(document, "layers", _layers(context))
    shape = transforming.fitted(transforming.box_of(document, subject), document.canvas)
    wanted = shown_values(shape)
    canvas = context.canvas
    canvas.finish_stroke()
    canvas.options.set(WHAT.id, what="layers")
    canvas.options.set(TRANSFORM.id, mode="free")
    canvas.set_tool(TRANSFORM_TOOL.id)
    for field in ("width", "height", "x", "y"):
        canvas.options.set(group_of(field).id, **{field: wanted[field]})
    canvas.setFocus()


def _layers(context: Context) -> tuple[LayerId, ...]:
    panels = context.panels
    return transforming.chosen_for(context.session.document, panels.selected_layers(), panels.chosen_frames())


def _flip(axis: Literal["horizontal", "vertical"]) -> Callable[[Context], None]:
    """Inside a transform that is under way, else of the layers themselves."""
    field = "percent_x" if axis == "horizontal" else "percent_y"

    def run(context: Context) -> None:
        options = context.canvas.options
        if _is_transforming(context):
            options.set(TRANSFORM.id, **{field: -options.values(TRANSFORM.id)[field]})
        else:
            transforming.flip_layers(context.session, _layers(context), axis)

    return run


def _turn(quarters: Literal[1, 2, 3]) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        if _is_transforming(context):
            options = context.canvas.options
            angle = options.values(TURN.id)["angle"] + 90.0 * quarters
            options.set(TURN.id, angle=180.0 - (180.0 - angle) % 360.0)
        else:
            transforming.turn_layers(context.session, _layers(context), quarters)

    return run


def _is_transforming(context: Context) -> bool:
    return context.canvas.tool() == TRANSFORM_TOOL.id and context.canvas.is_stroke_active


APPLY_TRANSFORM: Final = Command(
    id=APPLY,
    text=str(QT_TRANSLATE_NOOP("Actions", "Apply Transform")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Make one step of what was done with the transform tool")),
    icon="check",
    needs=(TRANSFORM_CHOSEN,),
    run=apply_transform,
)
CANCEL_TRANSFORM: Final[WindowCommand] = Command(
    id=CANCEL,
    text=str(QT_TRANSLATE_NOOP("Actions", "Drop Transform")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Leave everything where it was")),
    icon="close",
    needs=(TRANSFORM_CHOSEN,),
    run=lambda context: context.canvas.cancel_stroke(),
)
TURN_MENU: Final = Menu(
    id="layer_transform",
    title=str(QT_TRANSLATE_NOOP("Menus", "Transform Layer")),
    entries=(
        Command(
            id="layer.fit",
            text=str(QT_TRANSLATE_NOOP("Actions", "Fit into the Canvas")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Scale the layer to the canvas with the transform tool; Enter applies")
            ),
            icon="zoom-fit",
            shortcut="Ctrl+Shift+T",
            needs=(LAYER,),
            run=fit_into_canvas,
        ),
        Command(
            id=FLIP_HORIZONTAL,
            text=str(QT_TRANSLATE_NOOP("Actions", "Flip Layer Horizontally")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the layer left to right, in its place")),
            icon="flip-horizontal",
            needs=(LAYER,),
            run=_flip("horizontal"),
        ),
        Command(
            id=FLIP_VERTICAL,
            text=str(QT_TRANSLATE_NOOP("Actions", "Flip Layer Vertically")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the layer top to bottom, in its place")),
            icon="flip-vertical",
            needs=(LAYER,),
            run=_flip("vertical"),
        ),
        Command(
            id="layer.rotate_right",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate Layer 90° Right")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the layer clockwise about its middle")),
            icon="rotate-right",
            needs=(LAYER,),
            run=_turn(1),
        ),
        Command(
            id="layer.rotate_left",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate Layer 90° Left")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the layer counter-clockwise about its middle")),
            icon="rotate-left",
            needs=(LAYER,),
            run=_turn(3),
        ),
        Command(
            id="layer.rotate_half",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rotate Layer 180°")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the layer upside down")),
            icon="rotate-half",
            needs=(LAYER,),
            run=_turn(2),
        ),
        SEPARATOR,
        APPLY_TRANSFORM,
        CANCEL_TRANSFORM,
    ),
)
