"""The table of the kinds of adjustments: one row a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from studio.document import Adjustment, Document
from studio.raster.adjustments import colours, sharpness, tones
from studio.raster.adjustments.effect import Effect, Values

KINDS: Final[Mapping[str, Callable[[Values], Effect]]] = MappingProxyType(
    {
        "levels": tones.levels,
        "curves": tones.curves,
        "brightness_contrast": tones.brightness_contrast,
        "hue_saturation": colours.hue_saturation,
        "color_balance": colours.color_balance,
        "gradient_map": colours.gradient_map,
        "blur": sharpness.blur,
        "sharpen": sharpness.sharpen,
    }
)


@lru_cache(maxsize=128)
def effect_of(adjustment: Adjustment) -> Effect | None:
    """What an adjustment does; ``None`` for one that makes no sense here: of a newer version, or damaged."""
    make = KINDS.get(adjustment.kind)
    try:
        return None if make is None else make(adjustment.values())
    except (ValueError, TypeError, RecursionError):
        return None


def reach_of(document: Document) -> int:
    """How many pixels further than the layers themselves a change may be seen, through all adjustments."""
    effects = (effect_of(layer.adjustment) for layer in document.walk() if layer.adjustment and layer.visible)
    return sum(effect.reach for effect in effects if effect is not None)
