"""Why an action on layers or the mask is not possible: one English sentence and its remedy each, in one place.

A window shows them in its language (see `studio.errors.ShorelineError`).
"""

from __future__ import annotations

from studio.document import Layer
from studio.errors import SettingError


def nothing_below() -> SettingError:
    return SettingError("There is no layer below to merge with.", "Move the layer above another one.")


def nothing_visible() -> SettingError:
    return SettingError("No layer is visible.", "Show those that are to be merged.")


def hidden(layer: Layer) -> SettingError:
    return SettingError("The layer {name} is hidden.", "Show it, then merge.", name=repr(layer.name))


def hidden_here(layer: Layer) -> SettingError:
    return SettingError("The layer {name} is hidden.", "Show it first.", name=repr(layer.name))


def nothing_to_transform() -> SettingError:
    return SettingError("There is nothing to transform here: it is empty.", "Paint something, or choose another layer.")


def locked(layer: Layer) -> SettingError:
    return SettingError("The layer {name} is locked.", "Unlock it first.", name=repr(layer.name))


def alpha_locked(layer: Layer) -> SettingError:
    """Why nothing can be taken away from a layer."""
    return SettingError(
        'The transparency of "{name}" is locked: nothing can be erased or cleared on it.',
        "Unlock it with Layer > Alpha Lock.",
        name=layer.name,
    )


def nothing_to_clip_to(layer: Layer) -> SettingError:
    return SettingError(
        'There is no layer below "{name}" that it could be clipped to.',
        "Move it above another one that is no adjustment layer, in the same group.",
        name=layer.name,
    )


def frame_not_clipped(layer: Layer) -> SettingError:
    return SettingError(
        '"{name}" is a frame: the frame below it is not shown together with it.',
        "Clip a layer inside the frame.",
        name=layer.name,
    )


def no_pixels(layer: Layer) -> SettingError:
    """What the kind of a layer that holds no pixels says about itself."""
    return SettingError(*layer.kind.no_pixels, name=layer.name)


def no_layer_mask(layer: Layer) -> SettingError:
    return SettingError("The layer {name} has no mask.", "Add one first.", name=repr(layer.name))


def not_a_group(layer: Layer) -> SettingError:
    return SettingError("{name} is not a group.", "Choose a group.", name=repr(layer.name))


def no_adjustment(layer: Layer) -> SettingError:
    return SettingError('"{name}" is no adjustment layer.', "Choose one in the Layers panel.", name=layer.name)


def unknown_adjustment(layer: Layer) -> SettingError:
    """Why an adjustment of a newer version, or a damaged one, cannot be set."""
    return SettingError(
        'This version does not understand what "{name}" does: it is kept as it is and changes nothing.',
        "Open the picture in the version that made it, or add an adjustment layer of your own.",
        name=layer.name,
    )


def nothing_to_merge_into(layer: Layer) -> SettingError:
    return SettingError(
        '"{name}" is an adjustment layer and holds no pixels that another layer could be merged into.',
        "Merge it into the layer below it first.",
        name=layer.name,
    )


def no_color(layer: Layer) -> SettingError:
    return SettingError("The layer {name} has no colour of its own.", "Choose a fill layer.", name=repr(layer.name))


def nothing_to_rasterise(layer: Layer) -> SettingError:
    return SettingError(
        "{name} needs no rasterising.",
        "Choose a fill layer; merge the layers of a group instead.",
        name=repr(layer.name),
    )


def no_layer_chosen() -> SettingError:
    return SettingError("No layer is chosen.", "Choose one in the Layers panel.")


def different_groups() -> SettingError:
    return SettingError(
        "The selected layers lie in different groups.", "Select layers of one group, or one group of layers."
    )


def nothing_selected() -> SettingError:
    return SettingError("Nothing is selected.", "Select a part of the picture first.")


def nothing_to_select(layer: Layer) -> SettingError:
    return SettingError(
        "Nothing would be selected by {name}.", "Choose a layer with something painted on it.", name=repr(layer.name)
    )


def nothing_to_reselect() -> SettingError:
    return SettingError("Nothing was selected before.", "Select a part of the picture.")


def layer_changed(layer: Layer) -> SettingError:
    return SettingError(
        "The layer {name} was changed meanwhile, so it was left as it is.", "Try again.", name=repr(layer.name)
    )
