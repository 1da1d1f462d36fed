"""The Mask menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.editing import mask
from studio.errors import ShorelineError
from studio.session import Session
from studio.ui.commands import conditions
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu, Slot
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog

_MAX_AMOUNT: Final = 512


def _ask_amount(context: Context, title: str, act: Callable[[Session, int], None]) -> None:
    """Ask for pixels, which the mask bar shows too, and act with them."""
    from studio.ui.dialogs.picture_size import AmountDialog

    dialog = AmountDialog(title, context.panels.mask_radius(), _MAX_AMOUNT, context.window)

    def change(amount: int) -> None:
        context.panels.set_mask_radius(amount)
        try:
            act(context.session, amount)
        except ShorelineError as error:
            context.notices.show_error(error, key="mask")

    dialog.chosen.connect(change)
    open_dialog(dialog)


MASK: Final = Menu(
    id="mask",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Mask")),
    entries=(
        Command(
            id="mask.all",
            text=str(QT_TRANSLATE_NOOP("Actions", "Mask &Everything")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mask the whole picture")),
            icon="mask-select-all",
            shortcut="Ctrl+A",
            run=lambda context: mask.mask_everything(context.session),
        ),
        Command(
            id="mask.clear",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Clear Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Remove the mask")),
            icon="mask-clear",
            shortcut="Ctrl+D",
            needs=(conditions.MASK,),
            run=lambda context: mask.clear_mask(context.session),
        ),
        Command(
            id="mask.invert",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Invert Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mask what is not masked")),
            icon="mask-invert",
            shortcut="Ctrl+Shift+I",
            run=lambda context: mask.invert_mask(context.session),
        ),
        SEPARATOR,
        Command(
            id="mask.grow",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Grow…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the mask larger by some pixels")),
            icon="mask-grow",
            needs=(conditions.MASK,),
            run=lambda context: _ask_amount(
                context, QCoreApplication.translate("MaskMenu", "Grow the mask"), mask.grow_mask
            ),
        ),
        Command(
            id="mask.shrink",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Shrink…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the mask smaller by some pixels")),
            icon="mask-shrink",
            needs=(conditions.MASK,),
            run=lambda context: _ask_amount(
                context, QCoreApplication.translate("MaskMenu", "Shrink the mask"), mask.shrink_mask
            ),
        ),
        Command(
            id="mask.feather",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Feather…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Soften the edge of the mask by some pixels")),
            icon="mask-feather",
            needs=(conditions.MASK,),
            run=lambda context: _ask_amount(
                context, QCoreApplication.translate("MaskMenu", "Feather the mask"), mask.feather_mask
            ),
        ),
        SEPARATOR,
        Command(
            id="mask.from_layer",
            text=str(QT_TRANSLATE_NOOP("Actions", "From &Layer")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mask what this layer covers")),
            icon="mask-from-layer",
            needs=(conditions.PAINT_LAYER,),
            run=lambda context: mask.mask_from_layer(context.session),
        ),
        Slot("view.mask"),
    ),
)
