"""The Brush menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.canvas.tools.brush_resize import step_size
from studio.ui.canvas.tools.registry import tool_info
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.commands.conditions import BRUSH_TOOL
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command

_TURNS: Final = 6
"""Around the middle, where nothing else was chosen yet."""


def _step(*, larger: bool) -> Callable[[Context], None]:
    return lambda context: step_size(context.canvas.options, tool_info(context.canvas.tool()), larger=larger)


def _toggle(option: str) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        options = context.canvas.options
        options.set(SYMMETRY.id, **{option: not options.values(SYMMETRY.id)[option]})

    return run


def _toggle_turns(context: Context) -> None:
    options = context.canvas.options
    options.set(SYMMETRY.id, turns=_TURNS if options.values(SYMMETRY.id)["turns"] == 1 else 1)


BRUSH_MENU: Final = Menu(
    id="brush",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Brush")),
    entries=(
        Command(
            id="brush.smaller",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Smaller")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the brush smaller; Shift+drag on the canvas does so too")),
            icon="minus",
            shortcut="[",
            needs=(BRUSH_TOOL,),
            run=_step(larger=False),
        ),
        Command(
            id="brush.larger",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Larger")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the brush larger; Shift+drag on the canvas does so too")),
            icon="plus",
            shortcut="]",
            needs=(BRUSH_TOOL,),
            run=_step(larger=True),
        ),
        SEPARATOR,
        Command(
            id="brush.mirror_across",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Mirror Strokes Left and Right")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw every stroke again, mirrored at the middle of the canvas")),
            icon="symmetry",
            run=_toggle("across"),
            checked=lambda state: bool(state.symmetry["across"]),
        ),
        Command(
            id="brush.mirror_down",
            text=str(QT_TRANSLATE_NOOP("Actions", "Mirror Strokes Top and &Bottom")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw every stroke again, mirrored at the middle of the canvas")),
            run=_toggle("down"),
            checked=lambda state: bool(state.symmetry["down"]),
        ),
        Command(
            id="brush.around",
            text=str(QT_TRANSLATE_NOOP("Actions", "Strokes &Around the Middle")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Draw every stroke six times around the middle of the canvas, or as often as chosen"
                )
            ),
            run=_toggle_turns,
            checked=lambda state: bool(state.symmetry["turns"] > 1),
        ),
    ),
)
