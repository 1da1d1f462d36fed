"""The Layer menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing import layers
from studio.ui.commands import (
    adjustment_layer,
    conditions,
    fill_layer,
    guide_layer,
    layer_labels,
    layer_limits,
    layer_mask,
    transform,
)
from studio.ui.commands.active_layer import on_active
from studio.ui.commands.context import Context
from studio.ui.commands.menu import SEPARATOR, Menu
from studio.ui.style.translation import layer_names
from studio.ui.widgets.command import Command


def _toggle_visible(context: Context) -> None:
    layer = context.session.document.active_layer
    if layer is not None:
        layers.set_visible(context.session, context.panels.selected_layers(), not layer.visible)


def _toggle_locked(context: Context) -> None:
    layer = context.session.document.active_layer
    if layer is not None:
        layers.set_locked(context.session, context.panels.selected_layers(), not layer.locked)


LAYER: Final = Menu(
    id="layer",
    title=str(QT_TRANSLATE_NOOP("Menus", "&Layer")),
    entries=(
        Command(
            id="layer.add",
            text=str(QT_TRANSLATE_NOOP("Actions", "&New Layer")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add an empty layer above this one")),
            icon="layer-add",
            shortcut="Ctrl+Shift+N",
            run=lambda context: layers.add_paint_layer(context.session, layer_names()),
        ),
        fill_layer.NEW,
        adjustment_layer.NEW,
        Command(
            id="layer.group",
            text=str(QT_TRANSLATE_NOOP("Actions", "New &Group")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add an empty group above this layer")),
            icon="folder-add",
            run=lambda context: layers.add_group(context.session, layer_names()),
        ),
        Command(
            id="layer.from_visible",
            text=str(QT_TRANSLATE_NOOP("Actions", "New Layer from Visi&ble")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add a layer that holds what is seen, all layers joined")),
            icon="images",
            needs=(conditions.ANY_LAYER,),
            run=lambda context: layers.add_layer_from_visible(context.session, layer_names()),
        ),
        Command(
            id="layer.duplicate",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Duplicate")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Add a copy of this layer")),
            icon="layer-duplicate",
            shortcut="Ctrl+J",
            needs=(conditions.LAYER,),
            run=lambda context: layers.duplicate_layers(
                context.session, context.panels.selected_layers(), layer_names()
            ),
        ),
        Command(
            id="layer.rename",
            text=str(QT_TRANSLATE_NOOP("Actions", "R&ename")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Type another name for this layer")),
            shortcut="F2",
            needs=(conditions.LAYER,),
            run=lambda context: context.panels.rename_layer(),
        ),
        Command(
            id="layer.remove",
            text=str(QT_TRANSLATE_NOOP("Actions", "Dele&te")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Delete this layer")),
            icon="trash",
            needs=(conditions.LAYER,),
            run=lambda context: layers.delete_layers(context.session, context.panels.selected_layers()),
        ),
        fill_layer.COLOR,
        adjustment_layer.EDIT,
        fill_layer.RASTERISE,
        SEPARATOR,
        layer_mask.MASK_MENU,
        transform.TURN_MENU,
        layer_labels.LABELS,
        SEPARATOR,
        guide_layer.ADD,
        guide_layer.MAKE,
        guide_layer.REGION,
        SEPARATOR,
        Command(
            id="layer.group_layer",
            text=str(QT_TRANSLATE_NOOP("Actions", "G&roup Layer")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Put this layer into a new group")),
            icon="layer-group",
            shortcut="Ctrl+G",
            needs=(conditions.LAYER,),
            run=lambda context: layers.group_selected(context.session, context.panels.selected_layers(), layer_names()),
        ),
        Command(
            id="layer.ungroup",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Ungroup")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Take the layers out of this group")),
            icon="layer-ungroup",
            shortcut="Ctrl+Shift+G",
            needs=(conditions.GROUP,),
            run=on_active(layers.ungroup_layer),
        ),
        Command(
            id="layer.raise",
            text=str(QT_TRANSLATE_NOOP("Actions", "Move U&p")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Move this layer one place up")),
            icon="arrow-up",
            shortcut="Ctrl+PgUp",
            needs=(conditions.LAYER, conditions.CAN_RISE),
            run=on_active(lambda session, layer: layers.shift_layer(session, layer, 1)),
        ),
        Command(
            id="layer.lower",
            text=str(QT_TRANSLATE_NOOP("Actions", "Move Do&wn")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Move this layer one place down")),
            icon="arrow-down",
            shortcut="Ctrl+PgDown",
            needs=(conditions.LAYER, conditions.CAN_SINK),
            run=on_active(lambda session, layer: layers.shift_layer(session, layer, -1)),
        ),
        SEPARATOR,
        Command(
            id="layer.merge_down",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Merge Down")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Join this layer with the one below")),
            icon="merge-down",
            shortcut="Ctrl+E",
            needs=(conditions.LAYER_BELOW,),
            run=on_active(layers.merge_down),
        ),
        Command(
            id="layer.merge_visible",
            text=str(QT_TRANSLATE_NOOP("Actions", "Merge Visible")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Join all layers that are seen into one, and keep the hidden ones")),
            icon="merge-visible",
            shortcut="Ctrl+Shift+J",
            needs=(conditions.ANY_LAYER,),
            run=lambda context: layers.merge_visible(context.session, layer_names()),
        ),
        Command(
            id="layer.flatten",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Flatten Picture")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Join all layers that are seen into one")),
            icon="flatten",
            needs=(conditions.ANY_LAYER,),
            run=lambda context: layers.flatten_picture(context.session, layer_names()),
        ),
        SEPARATOR,
        Command(
            id="layer.visible",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Visible")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show or hide this layer")),
            icon="eye",
            needs=(conditions.LAYER,),
            run=_toggle_visible,
            checked=lambda state: (layer := state.document.active_layer) is not None and layer.visible,
        ),
        Command(
            id="layer.show_alone",
            text=str(QT_TRANSLATE_NOOP("Actions", "Show Alone or All")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Hide all layers beside this one; once hidden, show them all")),
            icon="eye",
            shortcut="Ctrl+Shift+H",
            needs=(conditions.LAYER,),
            run=on_active(layers.show_alone),
        ),
        Command(
            id="layer.locked",
            text=str(QT_TRANSLATE_NOOP("Actions", "L&ocked")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Protect this layer from changes")),
            icon="lock",
            needs=(conditions.LAYER,),
            run=_toggle_locked,
            checked=lambda state: (layer := state.document.active_layer) is not None and layer.locked,
        ),
        layer_limits.ALPHA_LOCK,
        layer_limits.CLIP,
        Command(
            id="layer.filter",
            text=str(QT_TRANSLATE_NOOP("Actions", "Find Layers by Name")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "List only the layers with a text in their name")),
            icon="search",
            needs=(conditions.ANY_LAYER,),
            run=lambda context: context.panels.layers.find_by_name(),
        ),
    ),
)
