"""The Edit menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing.insertion import overhangs
from studio.ui.commands.conditions import PAINT_LAYER, REDO, UNDO
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.commands.transform import fit_into_canvas
from studio.ui.widgets.command import Command


def _undo(context: Context) -> None:
    context.canvas.finish_stroke()
    context.session.undo()


def _redo(context: Context) -> None:
    context.canvas.finish_stroke()
    context.session.redo()


def _paste(context: Context) -> None:
    """A picture larger than the canvas arrives in the transform tool, fitted."""
    before = context.session.document
    context.clipboard.paste()
    if context.session.document is not before and overhangs(context.session.document):
        fit_into_canvas(context)


EDIT: Final = Menu(
    id="edit",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Edit")),
    entries=(
        Command(
            id="edit.undo",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Undo")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Go one step back")),
            icon="undo",
            shortcut="Ctrl+Z",
            needs=(UNDO,),
            run=_undo,
        ),
        Command(
            id="edit.redo",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Redo")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Go one step forward")),
            icon="redo",
            shortcut="Ctrl+Shift+Z",
            needs=(REDO,),
            run=_redo,
        ),
        SEPARATOR,
        Command(
            id="edit.cut",
            text=str(QT_TRANSLATE_NOOP("Actions", "Cu&t")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Move what is selected of the layer (all of it without a selection) to the clipboard"
                )
            ),
            icon="cut",
            shortcut="Ctrl+X",
            needs=(PAINT_LAYER,),
            run=lambda context: context.clipboard.cut(),
        ),
        Command(
            id="edit.copy",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Copy")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Copy what is selected of the layer (all of it without a selection) to the clipboard"
                )
            ),
            icon="copy",
            shortcut="Ctrl+C",
            needs=(PAINT_LAYER,),
            run=lambda context: context.clipboard.copy(),
        ),
        Command(
            id="edit.copy_merged",
            text=str(QT_TRANSLATE_NOOP("Actions", "Copy &Merged")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Copy what is seen of the selection (all without one) to the clipboard")
            ),
            icon="images",
            shortcut="Ctrl+Shift+C",
            run=lambda context: context.clipboard.copy_merged(),
        ),
        Command(
            id="edit.paste",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Paste as Layer")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Put the picture on the clipboard into a new layer")),
            icon="paste",
            shortcut="Ctrl+V",
            run=_paste,
        ),
        Command(
            id="edit.clear",
            text=str(QT_TRANSLATE_NOOP("Actions", "C&lear")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Clear what is selected of the layer (all of it without a selection)")
            ),
            shortcut="Delete",
            needs=(PAINT_LAYER,),
            run=lambda context: context.clipboard.clear(),
        ),
        SEPARATOR,
        Command(
            id="edit.swap_colors",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Swap Colours")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Paint with the other colour")),
            icon="swap",
            shortcut="X",
            run=lambda context: context.panels.colors.swap(),
        ),
        Command(
            id="edit.default_colors",
            text=str(QT_TRANSLATE_NOOP("Actions", "Black an&d White")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Paint with black, and with white after a swap")),
            icon="default-colors",
            shortcut="D",
            run=lambda context: context.panels.colors.reset(),
        ),
        Command(
            id="edit.quick_palette",
            text=str(QT_TRANSLATE_NOOP("Actions", "Palette at the Poi&nter")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Colours and favourite brushes at the pointer, as by a right click")),
            icon="color",
            run=lambda context: context.colors.show_palette(),
        ),
        Command(
            id="edit.import_palettes",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Import Palettes…")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Bring in palettes of GIMP and Krita (.gpl) and Adobe's swatches (.ase)")
            ),
            icon="open",
            run=lambda context: context.colors.import_palettes(),
        ),
        SEPARATOR,
        Command(
            id="edit.preferences",
            text=str(QT_TRANSLATE_NOOP("Actions", "Pre&ferences…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Theme, language, device, memory and shortcuts")),
            icon="settings",
            shortcut="Ctrl+,",
            run=lambda context: context.services.show_preferences(),
        ),
    ),
)
