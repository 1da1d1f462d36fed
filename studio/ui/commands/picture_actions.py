"""The actions of the Layer, Mask and Image menus, as data."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.style.actions import ActionSpec

LAYER: Final = (
    ActionSpec(
        id="layer.add",
        text=str(QT_TRANSLATE_NOOP("Actions", "&New Layer")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Add an empty layer above this one")),
        icon="layer-add",
        shortcut="Ctrl+Shift+N",
    ),
    ActionSpec(
        id="layer.group",
        text=str(QT_TRANSLATE_NOOP("Actions", "New &Group")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Add an empty group above this layer")),
        icon="folder-add",
    ),
    ActionSpec(
        id="layer.group_layer",
        text=str(QT_TRANSLATE_NOOP("Actions", "G&roup Layer")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Put this layer into a new group")),
        icon="layer-group",
        shortcut="Ctrl+G",
    ),
    ActionSpec(
        id="layer.ungroup",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Ungroup")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Take the layers out of this group")),
        icon="layer-ungroup",
        shortcut="Ctrl+Shift+G",
    ),
    ActionSpec(
        id="layer.duplicate",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Duplicate")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Add a copy of this layer")),
        icon="layer-duplicate",
        shortcut="Ctrl+J",
    ),
    ActionSpec(
        id="layer.remove",
        text=str(QT_TRANSLATE_NOOP("Actions", "Dele&te")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Delete this layer")),
        icon="trash",
    ),
    ActionSpec(
        id="layer.raise",
        text=str(QT_TRANSLATE_NOOP("Actions", "Move U&p")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Move this layer one place up")),
        icon="arrow-up",
        shortcut="Ctrl+PgUp",
    ),
    ActionSpec(
        id="layer.lower",
        text=str(QT_TRANSLATE_NOOP("Actions", "Move Do&wn")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Move this layer one place down")),
        icon="arrow-down",
        shortcut="Ctrl+PgDown",
    ),
    ActionSpec(
        id="layer.merge_down",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Merge Down")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Join this layer with the one below")),
        icon="merge-down",
        shortcut="Ctrl+E",
    ),
    ActionSpec(
        id="layer.flatten",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Flatten Picture")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Join all layers that are seen into one")),
        icon="flatten",
    ),
    ActionSpec(
        id="layer.visible",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Visible")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show or hide this layer")),
        icon="eye",
        checkable=True,
    ),
    ActionSpec(
        id="layer.locked",
        text=str(QT_TRANSLATE_NOOP("Actions", "L&ocked")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Protect this layer from changes")),
        icon="lock",
        checkable=True,
    ),
    ActionSpec(
        id="layer.add_mask",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Hide Outside the Mask")),
        tip=str(
            QT_TRANSLATE_NOOP("Actions", "Give this layer a layer mask that shows it only inside the painted mask")
        ),
        icon="layer-mask",
    ),
    ActionSpec(
        id="layer.mask_enabled",
        text=str(QT_TRANSLATE_NOOP("Actions", "Use Layer M&ask")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Let this layer's mask hide what it hides, or keep it switched off")),
        checkable=True,
    ),
    ActionSpec(
        id="layer.mask_alone",
        text=str(QT_TRANSLATE_NOOP("Actions", "Show La&yer Mask Alone")),
        tip=str(
            QT_TRANSLATE_NOOP("Actions", "See this layer's mask in place of the picture: white shows, black hides")
        ),
        checkable=True,
    ),
    ActionSpec(
        id="layer.invert_mask",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Invert Layer Mask")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Show what this layer's mask hides, and hide what it shows")),
        icon="mask-invert",
    ),
    ActionSpec(
        id="layer.remove_mask",
        text=str(QT_TRANSLATE_NOOP("Actions", "Remove Layer Mas&k")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Take this layer's mask away and show all of it")),
    ),
)

MASK: Final = (
    ActionSpec(
        id="mask.all",
        text=str(QT_TRANSLATE_NOOP("Actions", "Mask &Everything")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Mask the whole picture")),
        icon="mask-select-all",
        shortcut="Ctrl+A",
    ),
    ActionSpec(
        id="mask.clear",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Clear Mask")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Remove the mask")),
        icon="mask-clear",
        shortcut="Ctrl+D",
    ),
    ActionSpec(
        id="mask.invert",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Invert Mask")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Mask what is not masked")),
        icon="mask-invert",
        shortcut="Ctrl+Shift+I",
    ),
    ActionSpec(
        id="mask.grow",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Grow…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Make the mask larger by some pixels")),
        icon="mask-grow",
    ),
    ActionSpec(
        id="mask.shrink",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Shrink…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Make the mask smaller by some pixels")),
        icon="mask-shrink",
    ),
    ActionSpec(
        id="mask.feather",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Feather…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Soften the edge of the mask by some pixels")),
        icon="mask-feather",
    ),
    ActionSpec(
        id="mask.from_layer",
        text=str(QT_TRANSLATE_NOOP("Actions", "From &Layer")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Mask what this layer covers")),
        icon="mask-from-layer",
    ),
)

IMAGE: Final = (
    ActionSpec(
        id="image.resize",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Resize Image…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Scale the picture with all its layers")),
        icon="resize",
        shortcut="Ctrl+Alt+I",
    ),
    ActionSpec(
        id="image.upscale",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Upscale…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Enlarge the picture, a layer or the masked part with more detail")),
        icon="upscale",
        shortcut="Ctrl+Alt+U",
    ),
    ActionSpec(
        id="image.canvas_size",
        text=str(QT_TRANSLATE_NOOP("Actions", "&Canvas Size…")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Add or cut away room around the picture")),
        icon="canvas-size",
        shortcut="Ctrl+Alt+C",
    ),
    ActionSpec(
        id="image.crop_to_mask",
        text=str(QT_TRANSLATE_NOOP("Actions", "Crop to &Mask")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Cut the picture to the box around the mask")),
        icon="crop",
    ),
    ActionSpec(
        id="image.flip_horizontal",
        text=str(QT_TRANSLATE_NOOP("Actions", "Flip &Horizontally")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the picture left to right")),
        icon="flip-horizontal",
    ),
    ActionSpec(
        id="image.flip_vertical",
        text=str(QT_TRANSLATE_NOOP("Actions", "Flip &Vertically")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Mirror the picture top to bottom")),
        icon="flip-vertical",
    ),
    ActionSpec(
        id="image.rotate_right",
        text=str(QT_TRANSLATE_NOOP("Actions", "Rotate 90° R&ight")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the picture clockwise")),
        icon="rotate-right",
    ),
    ActionSpec(
        id="image.rotate_left",
        text=str(QT_TRANSLATE_NOOP("Actions", "Rotate 90° &Left")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the picture counter-clockwise")),
        icon="rotate-left",
    ),
    ActionSpec(
        id="image.rotate_half",
        text=str(QT_TRANSLATE_NOOP("Actions", "Rotate &180°")),
        tip=str(QT_TRANSLATE_NOOP("Actions", "Turn the picture upside down")),
        icon="rotate-half",
    ),
)
