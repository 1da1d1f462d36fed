"""How much of each pixel layers cover, whatever their colours are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.document import BlendMode, Layer, Pixels, Raster, Rect
from studio.raster.compose import compose_layers


def coverage(layer: Layer, rect: Rect) -> Pixels:
    """What a layer or group covers in ``rect``, its mask and opacity counted: uint8 ``(h, w)``, 255 for all of a pixel.

    What it is clipped to does not count.
    """
    plain = replace(layer, blend_mode=BlendMode.NORMAL, clipped=False)
    return np.ascontiguousarray(compose_layers((plain,), rect)[..., 3])


@dataclass(frozen=True, eq=False)
class Cut:
    """What hides parts of a layer: its mask, and the layer that it is clipped to."""

    mask: Raster | None
    base: Layer | None

    def __bool__(self) -> bool:
        return self.mask is not None or self.base is not None

    def read(self, rect: Rect) -> Pixels:
        """How much shows of each pixel in ``rect``: uint8 ``(h, w)``."""
        shown = np.full((rect.height, rect.width), 255, np.uint8) if self.mask is None else self.mask.read(rect)
        if self.base is None:
            return shown
        return ((shown.astype(np.uint16) * coverage(self.base, rect) + 127) // 255).astype(np.uint8)
