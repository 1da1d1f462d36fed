"""What is done with the mask of a layer, a menu in the Layer menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing import layers
from studio.ui.commands import conditions
from studio.ui.commands.active_layer import on_active
from studio.ui.commands.menu import Menu
from studio.ui.widgets.command import Command

MASK_MENU: Final = Menu(
    id="layer_mask",
    title=str(QT_TRANSLATE_NOOP("Menus", "Layer Mas&k")),
    entries=(
        Command(
            id="layer.new_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Add Layer Mas&k")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "Give this layer a layer mask that shows what is selected of it, or all of it"
                )
            ),
            icon="layer-mask",
            needs=(conditions.LAYER, conditions.NO_LAYER_MASK),
            run=on_active(layers.add_mask),
        ),
        Command(
            id="layer.add_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Hide Outside the Mask")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Give this layer a layer mask that shows it only inside the painted mask")
            ),
            icon="mask",
            needs=(conditions.LAYER, conditions.MASK),
            run=on_active(layers.add_mask_from_generation_mask),
        ),
        Command(
            id="layer.mask_enabled",
            text=str(QT_TRANSLATE_NOOP("Actions", "Use Layer M&ask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Let this layer's mask hide what it hides, or keep it switched off")),
            needs=(conditions.LAYER_MASK,),
            run=on_active(layers.toggle_mask),
            checked=lambda state: (layer := state.document.active_layer) is not None and layer.shown_mask is not None,
        ),
        Command(
            id="layer.mask_alone",
            text=str(QT_TRANSLATE_NOOP("Actions", "Show La&yer Mask Alone")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "See this layer's mask in place of the picture: white shows, black hides")
            ),
            needs=(conditions.LAYER_MASK,),
            run=lambda context: context.canvas.show_mask_alone(not context.canvas.is_mask_alone),
            checked=lambda state: state.is_mask_alone,
        ),
        Command(
            id="layer.invert_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Invert Layer Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show what this layer's mask hides, and hide what it shows")),
            icon="mask-invert",
            needs=(conditions.LAYER_MASK,),
            run=on_active(layers.invert_layer_mask),
        ),
        Command(
            id="layer.apply_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Apply Layer Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Make what this layer's mask hides transparent for good")),
            icon="check",
            needs=(conditions.LAYER_MASK, conditions.PAINT_LAYER),
            run=on_active(layers.apply_mask),
        ),
        Command(
            id="layer.remove_mask",
            text=str(QT_TRANSLATE_NOOP("Actions", "Remove Layer Mask")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Take this layer's mask away and show all of it")),
            icon="mask-clear",
            needs=(conditions.LAYER_MASK,),
            run=on_active(layers.delete_mask),
        ),
    ),
)
