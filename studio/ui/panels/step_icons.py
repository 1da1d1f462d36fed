"""Which icon stands for a step of history."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing import layers as layer_actions
from studio.editing import mask as mask_actions
from studio.history import Step

_NEW = str(QT_TRANSLATE_NOOP("History", "New picture"))
GENERATE: Final = str(QT_TRANSLATE_NOOP("History", "Generate"))
"""The label of an applied result; like "New picture" it is given by parts of the program that know no Qt."""

_ICONS: Final = MappingProxyType(
    {
        _NEW: "new",
        GENERATE: "generate",
        "Open": "open",
        "Open as layer": "layer-add",
        "Brush stroke": "brush",
        "Erase": "eraser",
        "Fill": "fill",
        "Move layer": "move",
        "Paint mask": "mask-brush",
        "Erase mask": "mask-eraser",
        "Mask rectangle": "mask-rectangle",
        "Mask ellipse": "mask-ellipse",
        "Mask lasso": "mask-lasso",
        "Cut": "cut",
        "Paste": "paste",
        "Clear": "trash",
        layer_actions.NEW_LAYER: "layer-add",
        layer_actions.NEW_GROUP: "folder-add",
        layer_actions.NEW_FROM_VISIBLE: "images",
        layer_actions.DELETE: "trash",
        layer_actions.DUPLICATE: "layer-duplicate",
        layer_actions.GROUP: "layer-group",
        layer_actions.UNGROUP: "layer-ungroup",
        layer_actions.MERGE_DOWN: "merge-down",
        layer_actions.FLATTEN: "flatten",
        layer_actions.MOVE: "layers",
        layer_actions.OPACITY: "sliders",
        layer_actions.BLEND_MODE: "sliders",
        layer_actions.SHOW: "eye",
        layer_actions.SHOW_ALONE: "eye",
        layer_actions.HIDE: "eye-off",
        layer_actions.LOCK: "lock",
        layer_actions.UNLOCK: "unlock",
        layer_actions.ADD_MASK: "layer-mask",
        layer_actions.APPLY_MASK: "layer-mask",
        layer_actions.DELETE_MASK: "layer-mask",
        mask_actions.ALL: "mask-select-all",
        mask_actions.CLEAR: "mask-clear",
        mask_actions.INVERT: "mask-invert",
        mask_actions.GROW: "mask-grow",
        mask_actions.SHRINK: "mask-shrink",
        mask_actions.FEATHER: "mask-feather",
        mask_actions.FROM_LAYER: "mask-from-layer",
        mask_actions.TO_LAYER: "layer-mask",
    }
)


def step_icon_name(step: Step) -> str:
    """The name of the icon for a step; steps that no panel here makes get the layer icon."""
    if step.settings is not None:
        return "generate"
    return _ICONS.get(step.label, "layer")
