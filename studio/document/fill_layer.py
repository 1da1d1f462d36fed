"""Fill layers: one colour over all of the canvas, whatever size it has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Final, Self

import numpy as np

from studio.document.fill import filled_rect
from studio.document.layer import Layer, LayerKind
from studio.document.tiles import Pixels, Raster, Rect, Rgb, TileKey, freeze

FILL: Final = LayerKind(
    "fill",
    "fill-layer",
    (
        '"{name}" is a fill layer: it holds a colour and no pixels.',
        "Double-click its thumbnail to choose another colour, or make pixels of it with Layer > Rasterise.",
    ),
)


@dataclass(frozen=True)
class SolidColor:
    """One opaque colour on every pixel of the plane; a `TileSource` without edges. ``rgb`` is 0..255 each."""

    rgb: Rgb

    def tile(self, _key: TileKey) -> Pixels:
        return _tile(self.rgb)

    def tile_keys(self) -> None:
        return None

    def changed_tiles(self, other: Self) -> set[TileKey] | None:
        return set() if self == other else None

    def bounds(self) -> Rect:
        return Rect(0, 0, 0, 0)

    def within(self, area: Rect) -> Raster:
        return filled_rect(area, (*self.rgb, 255))


@dataclass(frozen=True, kw_only=True, eq=False)
class FillLayer(Layer):
    """A colour that can be changed at any time."""

    kind: ClassVar[LayerKind] = FILL

    fill: SolidColor = SolidColor((255, 255, 255))

    @property
    def source(self) -> SolidColor:
        return self.fill

    @property
    def color(self) -> Rgb:
        return self.fill.rgb

    def with_color(self, rgb: Rgb) -> Self:
        return replace(self, fill=SolidColor(rgb))


@lru_cache(maxsize=64)
def _tile(rgb: Rgb) -> Pixels:
    """The same object for the same colour, as long as it is in use."""
    return freeze(np.broadcast_to(np.array((*rgb, 255), np.uint8), Raster.tile_shape(4)).copy())
