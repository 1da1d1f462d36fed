"""The Mask menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing import mask
from studio.ui.commands import conditions
from studio.ui.commands.amounts import asking
from studio.ui.commands.menu import SEPARATOR, Menu, Slot
from studio.ui.widgets.command import Command

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
            run=asking("mask.grow", "MaskMenu", str(QT_TRANSLATE_NOOP("MaskMenu", "Grow the mask"))),
            run_by=lambda context, pixels: mask.grow_mask(context.session, pixels),
        ),
        Command(
            id="mask.shrink",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Shrink…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the mask smaller by some pixels")),
            icon="mask-shrink",
            needs=(conditions.MASK,),
            run=asking("mask.shrink", "MaskMenu", str(QT_TRANSLATE_NOOP("MaskMenu", "Shrink the mask"))),
            run_by=lambda context, pixels: mask.shrink_mask(context.session, pixels),
        ),
        Command(
            id="mask.feather",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Feather…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Soften the edge of the mask by some pixels")),
            icon="mask-feather",
            needs=(conditions.MASK,),
            run=asking("mask.feather", "MaskMenu", str(QT_TRANSLATE_NOOP("MaskMenu", "Feather the mask"))),
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
