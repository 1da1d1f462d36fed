"""What is done with the frame of the canvas edges tool: applied, filled, or dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject

from studio.editing import picture as pictures
from studio.errors import SettingError
from studio.ui.canvas.tools.canvas_edges import APPLY, CANCEL, EDGES, FILL, sides_of
from studio.ui.canvas.tools.edges_frame import Sides
from studio.ui.commands.changing import change_picture
from studio.ui.commands.conditions import FILLABLE_EDGES, MOVED_EDGES
from studio.ui.commands.context import Context
from studio.ui.widgets.command import Command
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction

_KEY: Final = "edges"
EXPAND: Final = "expand"
"""The ready tool that draws on beyond the old edges."""


def apply_edges(context: Context, then: Callable[[], object] | None = None) -> None:
    """Make the frame the canvas, as one step; afterwards ``then``, or what is to be done next is said.

    `SettingError` while a picture is drawn for this canvas: it would come to lie beside its place.
    """
    target, options = context.session.current, context.canvas.options
    if context.session.queue.is_awaited(target.id):
        raise SettingError("A picture is being drawn for this canvas.", "Wait until it is done, or cancel it.")
    canvas = target.document.canvas
    frame = sides_of(options.values(EDGES.id)).around(canvas)

    def done() -> None:
        cancel_edges(context)
        if then is not None:
            then()
        elif frame.intersected(canvas) != frame:
            _say_what_is_next(context)

    change_picture(context, pictures.EDGES, lambda picture: pictures.reframed(picture, frame), target, done)


def fill_edges(context: Context) -> None:
    """Make the frame the canvas, if there is one, and draw where that is new."""

    def fill() -> None:
        queue = context.session.queue
        context.notices.clear(_KEY)
        known = {job.id for job in queue.jobs}
        context.panels.draw_with(EXPAND)
        for job in queue.jobs:
            if job.id not in known:
                queue.spend_mask(job.id)

    if sides_of(context.canvas.options.values(EDGES.id)):
        apply_edges(context, fill)
    else:
        fill()


def cancel_edges(context: Context) -> None:
    """Leave the canvas as it is."""
    context.canvas.options.set(EDGES.id, **asdict(Sides()))


class _GivingWay(QObject):
    """Takes the notice back once another step is shown; it lives as long as that."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.notices.notices()[0])
        self._context = context
        follow(self, context.session.history_changed, self._look)

    def _look(self, *_change: object) -> None:
        history = self._context.session.history
        if not history.steps[history.index].is_a(pictures.EDGES):
            self._context.notices.clear(_KEY)


def _say_what_is_next(context: Context) -> None:
    """Stands until something else is done."""
    translate = QCoreApplication.translate
    context.notices.show_notice(
        translate("ImageMenu", "The new area is masked. Fill it, or say in the prompt what should be there and draw."),
        actions=(NoticeAction(translate("ImageMenu", "Fill the New Area"), lambda: fill_edges(context)),),
        key=_KEY,
    )
    _GivingWay(context)


APPLY_EDGES: Final = Command(
    id=APPLY,
    text=str(QT_TRANSLATE_NOOP("Actions", "&Apply Canvas Edges")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Crop or extend the canvas to the dragged edges; what is new is masked")),
    icon="check",
    needs=(MOVED_EDGES,),
    run=apply_edges,
)
FILL_EDGES: Final = Command(
    id=FILL,
    text=str(QT_TRANSLATE_NOOP("Actions", "Fill the &New Area")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Apply the dragged edges and draw on beyond the old ones")),
    icon="generate",
    shortcut="Ctrl+Alt+Return",
    needs=(FILLABLE_EDGES,),
    run=fill_edges,
)
CANCEL_EDGES: Final = Command(
    id=CANCEL,
    text=str(QT_TRANSLATE_NOOP("Actions", "Drop Canvas Ed&ges")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Leave the canvas as it is")),
    icon="close",
    needs=(MOVED_EDGES,),
    run=cancel_edges,
)
