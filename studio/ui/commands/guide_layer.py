"""Commands of control layers and regions, in the Layer menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.commands import conditions
from studio.ui.commands.context import Context, State
from studio.ui.widgets.command import Command

ADD: Final = Command[State, Context](
    id="layer.control",
    text=str(QT_TRANSLATE_NOOP("Actions", "Add a&s Control Layer")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Draw after this layer from now on; the Generate panel says as what")),
    icon="guide",
    needs=(conditions.LAYER,),
    run=lambda context: context.panels.draw_after_layer(),
)
MAKE: Final = Command[State, Context](
    id="layer.make_control",
    text=str(QT_TRANSLATE_NOOP("Actions", "Make Control Layer from Picture…")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Find lines, edges or broad colours of what is seen, and draw after them")),
    icon="guide",
    needs=(conditions.ANY_LAYER,),
    run=lambda context: context.guide_maker.ask(),
)
REGION: Final = Command[State, Context](
    id="layer.region",
    text=str(QT_TRANSLATE_NOOP("Actions", "Make Region from Layer")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Give this layer or group a prompt of its own, where it is opaque")),
    icon="region",
    needs=(conditions.LAYER,),
    run=lambda context: context.panels.make_region(),
)
