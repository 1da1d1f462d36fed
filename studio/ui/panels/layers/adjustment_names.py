"""Names of the kinds of adjustments, translated."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def adjustment_name(kind: str) -> str:
    """What people call a kind of adjustment; the identifier itself for one of a newer version."""
    translate = QCoreApplication.translate
    names = {
        "levels": translate("Adjustment", "Levels"),
        "curves": translate("Adjustment", "Curves"),
        "brightness_contrast": translate("Adjustment", "Brightness and contrast"),
        "hue_saturation": translate("Adjustment", "Hue and saturation"),
        "color_balance": translate("Adjustment", "Colour balance"),
        "gradient_map": translate("Adjustment", "Gradient map"),
        "blur": translate("Adjustment", "Blur"),
        "sharpen": translate("Adjustment", "Sharpen"),
    }
    return names.get(kind, kind)
