"""What Krita calls things in its files, by what they do; its own programs are the only specification."""

from __future__ import annotations

from typing import Final

from studio.document import BlendMode

MODES: Final = {
    "normal": BlendMode.NORMAL,
    "multiply": BlendMode.MULTIPLY,
    "screen": BlendMode.SCREEN,
    "overlay": BlendMode.OVERLAY,
    "darken": BlendMode.DARKEN,
    "lighten": BlendMode.LIGHTEN,
    "dodge": BlendMode.COLOR_DODGE,
    "burn": BlendMode.COLOR_BURN,
    "linear_burn": BlendMode.LINEAR_BURN,
    "hard_light": BlendMode.HARD_LIGHT,
    "soft_light": BlendMode.SOFT_LIGHT,
    "soft_light_svg": BlendMode.SOFT_LIGHT,
    "diff": BlendMode.DIFFERENCE,
    "exclusion": BlendMode.EXCLUSION,
    "add": BlendMode.PLUS,
    "linear_dodge": BlendMode.PLUS,
    "hue": BlendMode.HUE,
    "saturation": BlendMode.SATURATION,
    "color": BlendMode.COLOR,
    "luminize": BlendMode.LUMINOSITY,
    "erase": BlendMode.DESTINATION_OUT,
    "destination-in": BlendMode.DESTINATION_IN,
    "destination-atop": BlendMode.DESTINATION_ATOP,
}
