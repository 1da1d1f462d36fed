"""Why an action on layers or the mask is not possible, as translated `SettingError` values."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.document import Layer
from studio.errors import SettingError


def nothing_below() -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "There is no layer below to merge with."),
        QCoreApplication.translate("Refusals", "Move the layer above another one."),
    )


def hidden(layer: Layer) -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "The layer {name} is hidden.").format(name=repr(layer.name)),
        QCoreApplication.translate("Refusals", "Show it, then merge."),
    )


def locked(layer: Layer) -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "The layer {name} is locked.").format(name=repr(layer.name)),
        QCoreApplication.translate("Refusals", "Unlock it first."),
    )


def mask_of_group(layer: Layer) -> SettingError:
    text = QCoreApplication.translate("Refusals", "{name} holds no pixels; its mask cannot be applied.")
    return SettingError(
        text.format(name=repr(layer.name)), QCoreApplication.translate("Refusals", "Merge or rasterise it first.")
    )


def no_layer_mask(layer: Layer) -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "The layer {name} has no mask.").format(name=repr(layer.name)),
        QCoreApplication.translate("Refusals", "Add one first."),
    )


def not_a_group(layer: Layer) -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "{name} is not a group.").format(name=repr(layer.name)),
        QCoreApplication.translate("Refusals", "Choose a group."),
    )


def no_color(layer: Layer) -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "The layer {name} has no colour of its own.").format(
            name=repr(layer.name)
        ),
        QCoreApplication.translate("Refusals", "Choose a fill layer."),
    )


def nothing_to_rasterise(layer: Layer) -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "{name} needs no rasterising.").format(name=repr(layer.name)),
        QCoreApplication.translate("Refusals", "Choose a fill layer; merge the layers of a group instead."),
    )


def no_layer_chosen() -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "No layer is chosen."),
        QCoreApplication.translate("Refusals", "Choose one in the Layers panel."),
    )


def no_generation_mask() -> SettingError:
    return SettingError(
        QCoreApplication.translate("Refusals", "There is no mask yet."),
        QCoreApplication.translate("Refusals", "Paint one with the mask brush (M)."),
    )
