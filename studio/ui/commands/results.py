"""The Results menu: what to do with pictures that wait over the canvas."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.conditions import DRAWN, RESULT, RESULTS
from studio.ui.commands.context import Context, State
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command


def _step(name: str, text: str, tip: str, keys: str, by: int) -> Command[State, Context]:
    return Command(
        id=f"results.{name}",
        text=text,
        tip=tip,
        icon="chevron-right" if by > 0 else "chevron-left",
        shortcut=keys,
        needs=(RESULTS,),
        run=lambda context: context.results.step(by),
    )


RESULTS_MENU: Final = Menu(
    id="results",
    title=str(QT_TRANSLATE_NOOP("Menus", "Resul&ts")),
    entries=(
        Command(
            id="results.look",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Look at Results")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show the newest result on its place; again for the picture alone")),
            icon="eye",
            shortcut="F3",
            needs=(RESULTS,),
            run=lambda context: context.results.look(),
            checked=lambda state: state.is_result_shown,
        ),
        _step(
            "next",
            str(QT_TRANSLATE_NOOP("Actions", "&Next Result")),
            str(QT_TRANSLATE_NOOP("Actions", "Look at the next picture of the strip")),
            "Ctrl+Right",
            1,
        ),
        _step(
            "previous",
            str(QT_TRANSLATE_NOOP("Actions", "&Previous Result")),
            str(QT_TRANSLATE_NOOP("Actions", "Look at the picture before it in the strip")),
            "Ctrl+Left",
            -1,
        ),
        Command(
            id="results.before",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Before and After")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "See the picture without the result, and with it again")),
            icon="compare",
            shortcut="Y",
            needs=(RESULT,),
            run=lambda context: context.results.toggle_before(),
            checked=lambda state: state.is_before_result,
        ),
        SEPARATOR,
        Command(
            id="results.apply",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Apply Result")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the result that is looked at a layer")),
            icon="place",
            shortcut="Alt+Return",
            needs=(RESULT,),
            run=lambda context: context.results.apply(),
        ),
        Command(
            id="results.brush",
            text=str(QT_TRANSLATE_NOOP("Actions", "Apply by B&rush")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Paint which parts of the result, or of a drawn layer, are seen")),
            icon="layer-mask",
            shortcut="Ctrl+Alt+H",
            needs=(DRAWN,),
            run=lambda context: context.results.brush(),
        ),
        Command(
            id="results.keep",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Keep Result")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Mark the result that is looked at, so that it stays when others go")),
            icon="keep",
            shortcut="Ctrl+Alt+K",
            needs=(RESULT,),
            run=lambda context: context.results.keep(),
            checked=lambda state: state.is_result_kept,
        ),
        Command(
            id="results.drop",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Drop Result")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Take the result out of the strip; the queue still has it")),
            icon="trash",
            shortcut="Ctrl+Backspace",
            needs=(RESULT,),
            run=lambda context: context.results.drop(),
        ),
        Command(
            id="results.drop_others",
            text=str(QT_TRANSLATE_NOOP("Actions", "Drop the &Others")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Take out all results that are neither kept nor looked at")),
            icon="mask-clear",
            needs=(RESULTS,),
            run=lambda context: context.results.drop_others(),
        ),
        SEPARATOR,
        Command(
            id="results.edit",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Edit Again")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Bring back mask, prompt and settings of the result or the active layer, to change words"
                )
            ),
            icon="reuse",
            shortcut="Ctrl+Alt+R",
            needs=(DRAWN,),
            run=lambda context: context.results.edit_again(),
        ),
        Command(
            id="results.vary",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Variations…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw pictures near to the result or the active layer")),
            icon="vary",
            shortcut="Ctrl+Alt+V",
            needs=(DRAWN,),
            run=lambda context: context.results.ask_variations(),
        ),
        Command(
            id="results.more",
            text=str(QT_TRANSLATE_NOOP("Actions", "&More Like This")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw the result or the active layer again, with new seeds")),
            icon="dice",
            shortcut="Ctrl+Alt+L",
            needs=(DRAWN,),
            run=lambda context: context.results.draw_more(),
        ),
    ),
)
