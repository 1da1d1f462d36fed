"""The Live menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands.conditions import LIVE, LIVE_PICTURE
from studio.ui.commands.context import Context, State
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command

if TYPE_CHECKING:
    from studio.ui.panels.live.live_strip import LivePlace

STRENGTH_STEP: Final = 0.05


def _shown(place: LivePlace, text: str, tip: str) -> Command[State, Context]:
    return Command(
        id=f"live.{place}",
        text=text,
        tip=tip,
        icon=f"live-{place}",
        needs=(LIVE,),
        run=lambda context: context.live.show_in(place),
        checked=lambda state: state.live_place == place,
    )


def _seed(name: str, text: str, tip: str, keys: str, by: int) -> Command[State, Context]:
    return Command(
        id=f"live.{name}_seed",
        text=text,
        tip=tip,
        icon="chevron-right" if by > 0 else "chevron-left",
        shortcut=keys,
        needs=(LIVE,),
        run=lambda context: context.live.step_seed(by),
    )


def _strength(name: str, text: str, tip: str, keys: str, by: float) -> Command[State, Context]:
    return Command(
        id=f"live.{name}",
        text=text,
        tip=tip,
        shortcut=keys,
        needs=(LIVE,),
        run=lambda context: context.live.change_strength(by),
    )


LIVE_MENU: Final = Menu(
    id="live",
    title=str(QT_TRANSLATE_NOOP("Menus", "Li&ve")),
    entries=(
        Command(
            id="live.toggle",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Live Painting")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw a new picture of what you paint while you paint it")),
            icon="live",
            shortcut="Ctrl+L",
            run=lambda context: context.live.toggle(),
            checked=lambda state: state.is_live,
        ),
        SEPARATOR,
        Command(
            id="live.apply",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Apply Live Picture")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make the live picture a layer; painting goes on")),
            icon="place",
            shortcut="Ctrl+Shift+Return",
            needs=(LIVE, LIVE_PICTURE),
            run=lambda context: context.live.apply(),
        ),
        Command(
            id="live.draw",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Draw Now")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Draw the live picture at once, also with a model that takes long")),
            icon="refresh",
            shortcut="F5",
            needs=(LIVE,),
            run=lambda context: context.live.draw_now(),
        ),
        SEPARATOR,
        _seed(
            "next",
            str(QT_TRANSLATE_NOOP("Actions", "&Next Seed")),
            str(QT_TRANSLATE_NOOP("Actions", "Another picture of the same sketch")),
            "Alt+Right",
            1,
        ),
        _seed(
            "previous",
            str(QT_TRANSLATE_NOOP("Actions", "&Previous Seed")),
            str(QT_TRANSLATE_NOOP("Actions", "Back to the picture before")),
            "Alt+Left",
            -1,
        ),
        _strength(
            "stronger",
            str(QT_TRANSLATE_NOOP("Actions", "&Stronger")),
            str(QT_TRANSLATE_NOOP("Actions", "Let the live picture change more of what you paint")),
            "Alt+Up",
            STRENGTH_STEP,
        ),
        _strength(
            "weaker",
            str(QT_TRANSLATE_NOOP("Actions", "Wea&ker")),
            str(QT_TRANSLATE_NOOP("Actions", "Let the live picture stay nearer to what you paint")),
            "Alt+Down",
            -STRENGTH_STEP,
        ),
        SEPARATOR,
        _shown(
            "over",
            str(QT_TRANSLATE_NOOP("Actions", "&Over the Picture")),
            str(QT_TRANSLATE_NOOP("Actions", "Show the live picture on its place; fresh paint lies over it")),
        ),
        _shown(
            "beside",
            str(QT_TRANSLATE_NOOP("Actions", "Side &by Side")),
            str(QT_TRANSLATE_NOOP("Actions", "Show the live picture beside what you paint")),
        ),
        _shown(
            "window",
            str(QT_TRANSLATE_NOOP("Actions", "In Its Own &Window")),
            str(
                QT_TRANSLATE_NOOP("Actions", "Show the live picture in a second window, for instance on another screen")
            ),
        ),
        SEPARATOR,
        Command(
            id="live.record",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Record Frames")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Keep every live picture; at the end they open as an animation of their own"
                )
            ),
            icon="record",
            shortcut="Ctrl+Shift+R",
            needs=(LIVE,),
            run=lambda context: context.live.toggle_recording(),
            checked=lambda state: state.is_recording_live,
        ),
    ),
)
