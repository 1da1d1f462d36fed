"""Commands that act on the active layer."""

from __future__ import annotations

from collections.abc import Callable

from studio.document import LayerId
from studio.session import Session
from studio.ui.commands.context import Context


def on_active(act: Callable[[Session, LayerId], object]) -> Callable[[Context], None]:
    """Run with the active layer, if there is one."""

    def run(context: Context) -> None:
        layer = context.session.document.active_layer
        if layer is not None:
            act(context.session, layer.id)

    return run
