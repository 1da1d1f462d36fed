"""The commands that limit where a layer shows and where it can be painted on, in the Layer menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing import layers
from studio.ui.commands import conditions
from studio.ui.commands.active_layer import on_selected
from studio.ui.commands.context import Context, State
from studio.ui.widgets.command import Command

ALPHA_LOCK: Final[Command[State, Context]] = Command(
    id="layer.alpha_lock",
    text=str(QT_TRANSLATE_NOOP("Actions", "Alpha Lock")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Keep what is transparent on this layer so: paint only over what is painted")),
    icon="alpha-lock",
    shortcut="/",
    needs=(conditions.LAYER, conditions.PAINT_LAYER),
    run=on_selected(layers.set_alpha_locked, lambda layer: layer.alpha_locked),
    checked=lambda state: (layer := state.document.active_layer) is not None and layer.alpha_locked,
)
CLIP: Final[Command[State, Context]] = Command(
    id="layer.clip",
    text=str(QT_TRANSLATE_NOOP("Actions", "Clip to Layer Below")),
    tip=str(QT_TRANSLATE_NOOP("Actions", "Show this layer only where the layer below it shows")),
    icon="clip",
    shortcut="Ctrl+Alt+J",
    needs=(conditions.LAYER, conditions.CLIPPABLE),
    run=on_selected(layers.set_clipped, lambda layer: layer.clipped),
    checked=lambda state: (layer := state.document.active_layer) is not None and layer.clipped,
)
