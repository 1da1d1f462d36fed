"""What Photoshop calls what layers have."""

from __future__ import annotations

from typing import Final

from psd_tools.constants import BlendMode as PsdBlendMode

from studio.document import BlendMode

PSD_MODES: Final = {
    BlendMode.NORMAL: PsdBlendMode.NORMAL,
    BlendMode.DARKEN: PsdBlendMode.DARKEN,
    BlendMode.MULTIPLY: PsdBlendMode.MULTIPLY,
    BlendMode.COLOR_BURN: PsdBlendMode.COLOR_BURN,
    BlendMode.LINEAR_BURN: PsdBlendMode.LINEAR_BURN,
    BlendMode.LIGHTEN: PsdBlendMode.LIGHTEN,
    BlendMode.SCREEN: PsdBlendMode.SCREEN,
    BlendMode.COLOR_DODGE: PsdBlendMode.COLOR_DODGE,
    BlendMode.PLUS: PsdBlendMode.LINEAR_DODGE,
    BlendMode.OVERLAY: PsdBlendMode.OVERLAY,
    BlendMode.SOFT_LIGHT: PsdBlendMode.SOFT_LIGHT,
    BlendMode.HARD_LIGHT: PsdBlendMode.HARD_LIGHT,
    BlendMode.DIFFERENCE: PsdBlendMode.DIFFERENCE,
    BlendMode.EXCLUSION: PsdBlendMode.EXCLUSION,
    BlendMode.HUE: PsdBlendMode.HUE,
    BlendMode.SATURATION: PsdBlendMode.SATURATION,
    BlendMode.COLOR: PsdBlendMode.COLOR,
    BlendMode.LUMINOSITY: PsdBlendMode.LUMINOSITY,
}
"""Those that have a twin there; the others cut holes, for which Photoshop has masks."""

BLEND_MODES: Final = {twin: mode for mode, twin in PSD_MODES.items()} | {PsdBlendMode.PASS_THROUGH: BlendMode.NORMAL}

LOCKED: Final = 1 << 31
"""All of a layer is locked."""

TRANSPARENCY_LOCKED: Final = 1
"""Work on the pixels keeps their transparency."""

WRITER: Final = "Shoreline"
"""Who wrote a file, as it says."""
