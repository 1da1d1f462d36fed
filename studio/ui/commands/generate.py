"""The Generate menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.conditions import DRAWING, ENDED_JOBS, JOBS, LAYER_SETTINGS, SETTINGS
from studio.ui.commands.context import Context, State
from studio.ui.commands.menu import READY_TOOLS, SEPARATOR, Menu
from studio.ui.panels.history.history_model import settings_of_layer, step_settings
from studio.ui.widgets.command import Command

WEIGHT_STEP: Final = 0.1
FINE_WEIGHT_STEP: Final = 0.05

_WORDS: Final = str(
    QT_TRANSLATE_NOOP("Actions", "Change the weight of the selected words in the prompt, or of the one at its cursor")
)


def _reuse(context: Context) -> None:
    history = context.session.history
    settings = step_settings(history.steps[history.index])
    if settings is not None:
        context.panels.use_settings(settings)


def _reuse_layer(context: Context) -> None:
    settings = settings_of_layer(context.session.document.active_layer)
    if settings is not None:
        context.panels.use_settings(settings)


def _weighing(name: str, text: str, keys: str, change: float) -> Command[State, Context]:
    return Command(
        id=f"generate.{name}",
        text=text,
        tip=_WORDS,
        shortcut=keys,
        run=lambda context: context.panels.reweigh_words(change),
    )


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
        Command(
            id="generate.grid",
            text=str(QT_TRANSLATE_NOOP("Actions", "Gri&d…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw pictures side by side that differ in two or three parameters")),
            icon="grid",
            shortcut="Ctrl+Alt+G",
            run=lambda context: context.grids.ask(),
        ),
        READY_TOOLS,
        SEPARATOR,
        Command(
            id="generate.cancel",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Cancel")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Stop the picture in progress within one step")),
            icon="cancel",
            shortcut="Ctrl+.",
            needs=(DRAWING,),
            run=lambda context: context.session.queue.cancel_running(),
        ),
        Command(
            id="generate.cancel_all",
            text=str(QT_TRANSLATE_NOOP("Actions", "Cancel &All")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Stop the picture in progress and empty the queue")),
            icon="stop",
            needs=(JOBS,),
            run=lambda context: context.session.queue.cancel_all(),
        ),
        Command(
            id="generate.clear_finished",
            text=str(QT_TRANSLATE_NOOP("Actions", "Clear &Finished")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Take what is over out of the queue, with its pictures; layers stay")),
            icon="trash",
            needs=(ENDED_JOBS,),
            run=lambda context: context.session.queue.forget_ended(),
        ),
        SEPARATOR,
        Command(
            id="generate.reuse",
            text=str(QT_TRANSLATE_NOOP("Actions", "Use &Settings of This Step")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show in the Generate panel what made the current step of history")),
            icon="reuse",
            needs=(SETTINGS,),
            run=_reuse,
        ),
        Command(
            id="generate.reuse_layer",
            text=str(QT_TRANSLATE_NOOP("Actions", "Use Settings of This &Layer")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show in the Generate panel what made the active layer")),
            icon="layer",
            needs=(LAYER_SETTINGS,),
            run=_reuse_layer,
        ),
        Command(
            id="generate.gallery",
            text=str(QT_TRANSLATE_NOOP("Actions", "Find in Galler&y")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Search everything that was drawn, in the Gallery panel")),
            icon="gallery",
            shortcut="Ctrl+Shift+F",
            run=lambda context: context.panels.search_gallery(),
        ),
        SEPARATOR,
        _weighing("stronger", str(QT_TRANSLATE_NOOP("Actions", "Words Str&onger")), "Ctrl+Up", WEIGHT_STEP),
        _weighing("weaker", str(QT_TRANSLATE_NOOP("Actions", "Words &Weaker")), "Ctrl+Down", -WEIGHT_STEP),
        _weighing(
            "little_stronger",
            str(QT_TRANSLATE_NOOP("Actions", "Words a Little Stronger")),
            "Ctrl+Shift+Up",
            FINE_WEIGHT_STEP,
        ),
        _weighing(
            "little_weaker",
            str(QT_TRANSLATE_NOOP("Actions", "Words a Little Weaker")),
            "Ctrl+Shift+Down",
            -FINE_WEIGHT_STEP,
        ),
    ),
)
