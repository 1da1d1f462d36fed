"""The Help menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command

HELP: Final = Menu(
    id="help",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Help")),
    entries=(
        Command(
            id="help.contents",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Help")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Read how Shoreline works")),
            icon="help",
            shortcut="F1",
            run=lambda context: context.services.show_help(),
        ),
        Command(
            id="help.find",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Find a Command…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Search everything that Shoreline can do, by name or by key")),
            icon="search",
            shortcut="Ctrl+Shift+P",
            run=lambda context: context.find_command(),
        ),
        Command(
            id="help.welcome",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Welcome")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the first steps, the language and the state of the engine")),
            icon="info",
            run=lambda context: context.show_welcome(),
        ),
        SEPARATOR,
        Command(
            id="help.log",
            text=str(QT_TRANSLATE_NOOP("Actions", "Open &Log Folder")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the folder with the log of problems")),
            icon="folder",
            run=lambda context: context.services.show_log_folder(),
        ),
        Command(
            id="help.about",
            text=str(QT_TRANSLATE_NOOP("Actions", "&About Shoreline")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Version and credits")),
            icon="info",
            run=lambda context: context.services.show_about(),
        ),
    ),
)
