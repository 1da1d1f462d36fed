"""Names of the blend modes, translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.document import BlendMode

BLEND_GROUPS = (
    (BlendMode.NORMAL,),
    (BlendMode.DARKEN, BlendMode.MULTIPLY, BlendMode.COLOR_BURN, BlendMode.LINEAR_BURN),
    (BlendMode.LIGHTEN, BlendMode.SCREEN, BlendMode.COLOR_DODGE, BlendMode.PLUS),
    (BlendMode.OVERLAY, BlendMode.SOFT_LIGHT, BlendMode.HARD_LIGHT),
    (BlendMode.DIFFERENCE, BlendMode.EXCLUSION),
    (BlendMode.HUE, BlendMode.SATURATION, BlendMode.COLOR, BlendMode.LUMINOSITY),
    (BlendMode.DESTINATION_IN, BlendMode.DESTINATION_OUT, BlendMode.DESTINATION_ATOP),
)
"""All modes, in the order of the menu; a line separates the groups."""


def blend_mode_name(mode: BlendMode) -> str:
    """What people call a blend mode."""
    names = {
        BlendMode.NORMAL: QCoreApplication.translate("BlendMode", "Normal"),
        BlendMode.MULTIPLY: QCoreApplication.translate("BlendMode", "Multiply"),
        BlendMode.SCREEN: QCoreApplication.translate("BlendMode", "Screen"),
        BlendMode.OVERLAY: QCoreApplication.translate("BlendMode", "Overlay"),
        BlendMode.DARKEN: QCoreApplication.translate("BlendMode", "Darken"),
        BlendMode.LIGHTEN: QCoreApplication.translate("BlendMode", "Lighten"),
        BlendMode.COLOR_DODGE: QCoreApplication.translate("BlendMode", "Colour dodge"),
        BlendMode.COLOR_BURN: QCoreApplication.translate("BlendMode", "Colour burn"),
        BlendMode.LINEAR_BURN: QCoreApplication.translate("BlendMode", "Linear burn"),
        BlendMode.HARD_LIGHT: QCoreApplication.translate("BlendMode", "Hard light"),
        BlendMode.SOFT_LIGHT: QCoreApplication.translate("BlendMode", "Soft light"),
        BlendMode.DIFFERENCE: QCoreApplication.translate("BlendMode", "Difference"),
        BlendMode.EXCLUSION: QCoreApplication.translate("BlendMode", "Exclusion"),
        BlendMode.PLUS: QCoreApplication.translate("BlendMode", "Addition"),
        BlendMode.HUE: QCoreApplication.translate("BlendMode", "Hue"),
        BlendMode.SATURATION: QCoreApplication.translate("BlendMode", "Saturation"),
        BlendMode.COLOR: QCoreApplication.translate("BlendMode", "Colour"),
        BlendMode.LUMINOSITY: QCoreApplication.translate("BlendMode", "Luminosity"),
        BlendMode.DESTINATION_IN: QCoreApplication.translate("BlendMode", "Keep below where painted"),
        BlendMode.DESTINATION_OUT: QCoreApplication.translate("BlendMode", "Erase below where painted"),
        BlendMode.DESTINATION_ATOP: QCoreApplication.translate("BlendMode", "Put below on top"),
    }
    return names[mode]
