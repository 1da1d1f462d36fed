"""Commands that act on the active layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studio.document import Layer, LayerId
from studio.session import Session
from studio.ui.commands.context import Context


def on_active(act: Callable[[Session, LayerId], object]) -> Callable[[Context], None]:
    """Run with the active layer, if there is one."""

    def run(context: Context) -> None:
        layer = context.session.document.active_layer
        if layer is not None:
            act(context.session, layer.id)

    return run


def on_selected(
    act: Callable[[Session, Sequence[LayerId], bool], object], is_on: Callable[[Layer], bool]
) -> Callable[[Context], None]:
    """Turn something of the selected layers on or off: the other way round than it ``is_on`` for the active one."""

    def run(context: Context) -> None:
        layer = context.session.document.active_layer
        if layer is not None:
            act(context.session, context.panels.selected_layers(), not is_on(layer))

    return run
