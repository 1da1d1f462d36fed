"""The Mask menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.editing import mask
from studio.ui.commands import conditions
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu, Slot
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog

_MAX_AMOUNT: Final = 512


def _asking(command_id: str, title: str) -> Callable[[Context], None]:
    """Ask for pixels, which the mask bar shows too, and run the command by them. ``title`` is of "MaskMenu"."""

    def ask(context: Context) -> None:
        from studio.ui.dialogs.picture_size import AmountDialog

        shown = QCoreApplication.translate("MaskMenu", title)
        dialog = AmountDialog(shown, context.panels.mask_radius(), _MAX_AMOUNT, context.window)

        def change(amount: int) -> None:
            context.panels.set_mask_radius(amount)
            context.run_by(command_id, amount)

        dialog.chosen.connect(change)
        open_dialog(dialog)

    return ask


MASK: Final = Menu(
    id="mask",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Mask")),
    entries=(
        Command(
            id="mask.all",
            text=str(QT_TRANSLATE_NOOP("Actions", "Mask &Everything")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mask the whole picture")),
            icon="mask-select-all",
            shortcut="Ctrl+Alt+A",
            run=lambda context: mask.mask_everything(context.session),
        ),
        Command(
            id="mask.clear",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Clear Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Remove the mask")),
            icon="mask-clear",
            shortcut="Ctrl+Alt+D",
            needs=(conditions.MASK,),
            run=lambda context: mask.clear_mask(context.session),
        ),
        Command(
            id="mask.invert",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Invert Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mask what is not masked")),
            icon="mask-invert",
            shortcut="Ctrl+Alt+Shift+I",
            run=lambda context: mask.invert_mask(context.session),
        ),
        SEPARATOR,
        Command(
            id="mask.grow",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Grow…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the mask larger by some pixels")),
            icon="mask-grow",
            needs=(conditions.MASK,),
            run=_asking("mask.grow", str(QT_TRANSLATE_NOOP("MaskMenu", "Grow the mask"))),
            run_by=lambda context, pixels: mask.grow_mask(context.session, pixels),
        ),
        Command(
            id="mask.shrink",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Shrink…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the mask smaller by some pixels")),
            icon="mask-shrink",
            needs=(conditions.MASK,),
            run=_asking("mask.shrink", str(QT_TRANSLATE_NOOP("MaskMenu", "Shrink the mask"))),
            run_by=lambda context, pixels: mask.shrink_mask(context.session, pixels),
        ),
        Command(
            id="mask.feather",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Feather…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Soften the edge of the mask by some pixels")),
            icon="mask-feather",
            needs=(conditions.MASK,),
            run=_asking("mask.feather", str(QT_TRANSLATE_NOOP("MaskMenu", "Feather the mask"))),
            run_by=lambda context, pixels: mask.feather_mask(context.session, pixels),
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
