"""Paint layers: pixels that brushes change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from studio.document.layer import Layer, LayerKind
from studio.document.tiles import Raster

PAINT: Final = LayerKind("paint")
_EMPTY: Final = Raster()


@dataclass(frozen=True, kw_only=True, eq=False)
class PaintLayer(Layer):
    """Pixels in document coordinates, premultiplied RGBA, unbounded (also outside the canvas)."""

    kind: ClassVar[LayerKind] = PAINT

    raster: Raster = _EMPTY

    @property
    def source(self) -> Raster:
        return self.raster

    def map_rasters(self, change: Callable[[Raster], Raster]) -> Self:
        return replace(super().map_rasters(change), raster=change(self.raster))
