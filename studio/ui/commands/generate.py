"""The Generate menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.conditions import DRAWING, JOBS
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command

GENERATE: Final = Menu(
    id="generate",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Generate")),
    entries=(
        Command(
            id="generate.start",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Generate")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Ask for a picture with the settings of the Generate panel")),
            icon="generate",
            shortcut="Ctrl+Return",
            run=lambda context: context.panels.generate_now(),
        ),
        SEPARATOR,
        Command(
            id="generate.cancel",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Cancel")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Stop the picture in progress within one step")),
            icon="cancel",
            shortcut="Ctrl+.",
            needs=(DRAWING,),
            run=lambda context: context.panels.cancel_generation(),
        ),
        Command(
            id="generate.cancel_all",
            text=str(QT_TRANSLATE_NOOP("Actions", "Cancel &All")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Stop the picture in progress and empty the queue")),
            icon="stop",
            needs=(JOBS,),
            run=lambda context: context.session.queue.cancel_all(),
        ),
    ),
)
