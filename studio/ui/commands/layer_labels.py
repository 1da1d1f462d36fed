"""The commands that mark layers by a colour, in the Layer menu."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.document import Label
from studio.editing import layers
from studio.ui.commands import conditions
from studio.ui.commands.context import Context, State
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.widgets.command import Command


def _mark(label: Label, context: Context) -> None:
    layers.set_label(context.session, context.panels.selected_layers(), label)


def _is_marked(label: Label, state: State) -> bool:
    layer = state.document.active_layer
    return layer is not None and layer.label is label


def _command(label: Label, text: str, tip: str) -> Command[State, Context]:
    return Command(
        id=f"layer.label_{label.value or 'none'}",
        text=text,
        tip=tip,
        needs=(conditions.LAYER,) if label else (conditions.LAYER, conditions.LABELLED),
        run=partial(_mark, label),
        checked=partial(_is_marked, label),
    )


_TIP: Final = str(QT_TRANSLATE_NOOP("Actions", "Mark this layer by a colour in the list, to find it again"))

LABELS: Final = Menu(
    id="label",
    title=str(QT_TRANSLATE_NOOP("Menus", "Colour Label")),
    entries=(
        _command(
            Label.NONE,
            str(QT_TRANSLATE_NOOP("Actions", "No Label")),
            str(QT_TRANSLATE_NOOP("Actions", "Take the colour of this layer in the list away")),
        ),
        SEPARATOR,
        _command(Label.RED, str(QT_TRANSLATE_NOOP("Actions", "Red Label")), _TIP),
        _command(Label.ORANGE, str(QT_TRANSLATE_NOOP("Actions", "Orange Label")), _TIP),
        _command(Label.YELLOW, str(QT_TRANSLATE_NOOP("Actions", "Yellow Label")), _TIP),
        _command(Label.GREEN, str(QT_TRANSLATE_NOOP("Actions", "Green Label")), _TIP),
        _command(Label.BLUE, str(QT_TRANSLATE_NOOP("Actions", "Blue Label")), _TIP),
        _command(Label.VIOLET, str(QT_TRANSLATE_NOOP("Actions", "Violet Label")), _TIP),
        _command(Label.GREY, str(QT_TRANSLATE_NOOP("Actions", "Grey Label")), _TIP),
    ),
)
