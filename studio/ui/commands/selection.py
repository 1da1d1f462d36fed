"""The Select menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.document import Document
from studio.editing import selection
from studio.history import StepKind
from studio.raster.limits import MaskMode
from studio.ui.canvas.targets import nothing_left_remark
from studio.ui.canvas.tools.selection_options import QUICK_MASK
from studio.ui.commands import conditions
from studio.ui.commands.amounts import asking
from studio.ui.commands.changing import change_picture
from studio.ui.commands.context import Context, WindowCommand
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command

_AT_ONCE: Final = 2048 * 2048
"""Pictures of up to this many pixels are worked on without a thread."""


def change_selection(context: Context, kind: StepKind, change: Callable[[Document], Document]) -> None:
    """Change what is selected, for a large picture in the background; say so if nothing is any more."""
    before = context.session.document

    def tell() -> None:
        if before.edit_limit is not None and context.session.document.edit_limit is None:
            context.notices.show_remark(nothing_left_remark(), key="selection")

    if before.width * before.height > _AT_ONCE:
        change_picture(context, kind, change, done=tell)
    else:
        context.session.apply(kind, change(before))
        tell()


def _changing(kind: StepKind, change: Callable[[Document], Document]) -> Callable[[Context], None]:
    return lambda context: change_selection(context, kind, change)


def _by_active(part: Literal["pixels", "mask"]) -> Callable[[Context], None]:
    """Select by the layer that is active when the command is run."""

    def run(context: Context) -> None:
        layer = context.session.document.active_layer
        if layer is not None:
            selection.select_by_layer(context.session, layer.id, part, MaskMode.REPLACE)

    return run


def _toggle_quick_mask(context: Context) -> None:
    is_on = not context.canvas.options.values(QUICK_MASK.id)["on"]
    context.canvas.options.set(QUICK_MASK.id, on=is_on)
    if is_on:
        text = QCoreApplication.translate(
            "SelectMenu", "Quick mask: the brush selects, the eraser and Ctrl take away. Q ends it."
        )
        context.notices.show_remark(text, key="selection")


def _by_pixels(
    name: str, *, text: str, tip: str, title: str, kind: StepKind, change: Callable[[Document, int], Document]
) -> WindowCommand:
    command_id = f"selection.{name}"
    return Command(
        id=command_id,
        text=text,
        tip=tip,
        icon=kind.icon,
        needs=(conditions.SELECTION,),
        run=asking(command_id, "SelectMenu", title),
        run_by=lambda context, pixels: change_selection(context, kind, partial(_by, change, pixels)),
    )


def _by(change: Callable[[Document, int], Document], pixels: int, document: Document) -> Document:
    return change(document, pixels)


SELECT: Final = Menu(
    id="select",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Select")),
    entries=(
        Command(
            id="selection.all",
            text=str(QT_TRANSLATE_NOOP("Actions", "Select &All")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select the whole picture")),
            icon=selection.ALL.icon,
            shortcut="Ctrl+A",
            run=lambda context: selection.select_all(context.session),
        ),
        Command(
            id="selection.none",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Deselect")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select nothing, so that edits act everywhere again")),
            icon=selection.NONE.icon,
            shortcut="Ctrl+D",
            needs=(conditions.SELECTION,),
            run=lambda context: selection.deselect(context.session),
        ),
        Command(
            id="selection.again",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Reselect")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select again what was selected last")),
            icon=selection.AGAIN.icon,
            shortcut="Ctrl+Shift+D",
            needs=(conditions.LAST_SELECTION,),
            run=lambda context: selection.reselect(context.session),
        ),
        Command(
            id="selection.invert",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Invert Selection")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select what is not selected")),
            icon=selection.INVERT.icon,
            shortcut="Ctrl+Shift+I",
            needs=(conditions.SELECTION,),
            run=_changing(selection.INVERT, selection.inverted),
        ),
        Command(
            id="selection.quick_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Quick Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "See what is selected in red; brush, eraser and fill change it")),
            icon="quick-mask",
            shortcut="Q",
            run=_toggle_quick_mask,
            checked=lambda state: state.is_quick_mask,
        ),
        SEPARATOR,
        _by_pixels(
            "grow",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Grow Selection…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the selection larger by some pixels")),
            title=str(QT_TRANSLATE_NOOP("SelectMenu", "Grow the selection")),
            kind=selection.GROW,
            change=selection.grown,
        ),
        _by_pixels(
            "shrink",
            text=str(QT_TRANSLATE_NOOP("Actions", "S&hrink Selection…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the selection smaller by some pixels")),
            title=str(QT_TRANSLATE_NOOP("SelectMenu", "Shrink the selection")),
            kind=selection.SHRINK,
            change=selection.shrunk,
        ),
        _by_pixels(
            "feather",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Feather Selection…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Soften the edge of the selection by some pixels")),
            title=str(QT_TRANSLATE_NOOP("SelectMenu", "Feather the selection")),
            kind=selection.FEATHER,
            change=selection.feathered,
        ),
        _by_pixels(
            "border",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Border of the Selection…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select a band along the edge of the selection")),
            title=str(QT_TRANSLATE_NOOP("SelectMenu", "Border of the selection")),
            kind=selection.BORDER,
            change=selection.bordered,
        ),
        _by_pixels(
            "smooth",
            text=str(QT_TRANSLATE_NOOP("Actions", "S&mooth Selection…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Round the corners of the selection and even out its edge")),
            title=str(QT_TRANSLATE_NOOP("SelectMenu", "Smooth the selection")),
            kind=selection.SMOOTH,
            change=selection.smoothed,
        ),
        SEPARATOR,
        Command(
            id="selection.from_layer",
            text=str(QT_TRANSLATE_NOOP("Actions", "Selection from &Layer")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select what is painted on this layer (Ctrl+click its thumbnail)")),
            icon=selection.FROM_LAYER.icon,
            needs=(conditions.LAYER,),
            run=_by_active("pixels"),
        ),
        Command(
            id="selection.from_layer_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Selection from La&yer Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select what this layer's mask shows (Ctrl+click its thumbnail)")),
            icon=selection.FROM_LAYER_MASK.icon,
            needs=(conditions.LAYER_MASK,),
            run=_by_active("mask"),
        ),
        Command(
            id="selection.from_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Selection from Mas&k")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Select what is in the generation mask")),
            icon=selection.FROM_MASK.icon,
            needs=(conditions.MASK,),
            run=_changing(selection.FROM_MASK, selection.from_mask),
        ),
        Command(
            id="selection.to_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Mask from Selec&tion")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make what is selected the generation mask")),
            icon=selection.TO_MASK.icon,
            needs=(conditions.SELECTION,),
            run=_changing(selection.TO_MASK, selection.to_mask),
        ),
    ),
)
