"""The Plugins menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command

PLUGINS: Final = Menu(
    id="plugins",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Plugins")),
    entries=(
        Command(
            id="plugins.manage",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Plugins…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "See what each plugin adds, and switch plugins on or off")),
            icon="plugin",
            run=lambda context: context.services.show_plugins(),
        ),
        Command(
            id="plugins.models",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Models…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "See, add and download models")),
            icon="model",
            run=lambda context: context.services.show_models(),
        ),
        Command(
            id="plugins.engine",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Engine…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Install, change or repair what draws the pictures")),
            icon="device",
            run=lambda context: context.services.show_engine(),
        ),
        SEPARATOR,
        Command(
            id="plugins.folder",
            text=str(QT_TRANSLATE_NOOP("Actions", "Open Plugin &Folder")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the folder for your own plugins")),
            icon="folder",
            run=lambda context: context.services.show_plugin_folder(),
        ),
    ),
)
