"""The File menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.context import WindowCommand
from studio.ui.commands.menu import RECENT_FILES, SEPARATOR, Menu
from studio.ui.widgets.command import Command

FILE: Final = Menu(
    id="file",
    title=str(QT_TRANSLATE_NOOP("Menus", "&File")),
    entries=(
        Command(
            id="file.new",
            text=str(QT_TRANSLATE_NOOP("Actions", "&New…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Start a new picture")),
            icon="new",
            shortcut="Ctrl+N",
            run=lambda context: context.opening.ask_new(),
        ),
        Command(
            id="file.open",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Open…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Open a picture")),
            icon="open",
            shortcut="Ctrl+O",
            run=lambda context: context.opening.ask_open(),
        ),
        RECENT_FILES,
        Command(
            id="file.open_as_layers",
            text=str(QT_TRANSLATE_NOOP("Actions", "Open as &Layer…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Put a picture file into this one as a layer")),
            icon="layer-add",
            shortcut="Ctrl+Shift+O",
            run=lambda context: context.opening.ask_open_as_layers(),
        ),
        SEPARATOR,
        Command(
            id="file.save",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Save")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Save the picture to its file")),
            icon="save",
            shortcut="Ctrl+S",
            run=lambda context: context.saving.save(),
        ),
        Command(
            id="file.save_as",
            text=str(QT_TRANSLATE_NOOP("Actions", "Save &As…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Save the picture to another file")),
            icon="save-as",
            shortcut="Ctrl+Shift+S",
            run=lambda context: context.saving.save_as(),
        ),
        Command(
            id="file.export",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Export…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Write a copy of the picture to another file; it keeps its own")),
            icon="export",
            shortcut="Ctrl+Shift+E",
            run=lambda context: context.saving.export(),
        ),
        Command(
            id="file.export_sprites",
            text=str(QT_TRANSLATE_NOOP("Actions", "Export Sprite S&heet…")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Put layers, results or frames on one picture, with a JSON file of where each lies"
                )
            ),
            icon="sprites",
            run=lambda context: context.exporting.sprites.ask(context.panels.selected_layers()),
        ),
        SEPARATOR,
        Command(
            id="file.close",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Close Picture")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Close the picture that is shown; others stay open")),
            icon="close",
            shortcut="Ctrl+W",
            run=lambda context: context.saving.close_current(),
        ),
        Command(
            id="file.quit",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Quit")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Close Shoreline")),
            shortcut="Ctrl+Q",
            run=lambda context: context.window.close(),
        ),
    ),
)

CLEAR_RECENT: Final = WindowCommand(
    id="file.clear_recent",
    text=str(QT_TRANSLATE_NOOP("Actions", "&Clear Recent Files")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Forget which files were opened and saved last")),
    run=lambda context: context.opening.clear_recent(),
)
