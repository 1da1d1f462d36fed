"""A stroke that shows what a brush does, by the engine that paints."""

from __future__ import annotations

from typing import Final

from studio.document import Pixels, Raster, Rect
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush
from studio.raster.brushes.preset import sample_path

_SEED: Final = 5
_LARGEST: Final = 0.42
"""Of the height: the diameter of brushes that would not fit."""


def preview(brush: Brush, width: int, height: int, rgb: tuple[int, int, int]) -> Pixels:
    """The stroke in a colour: uint8 ``(h, w, 4)`` premultiplied RGBA. Large brushes are shown smaller."""
    diameter = min(brush.diameter, height * _LARGEST)
    shown = brush.with_changes(diameter=diameter, rgba=(*rgb, 255), eraser=False, smoothing=0.0, rope=0.0)
    stroke = Stroke(Raster(), shown, seed=_SEED)
    for index, (x, y, pressure) in enumerate(sample_path(width, height)):
        stroke.move_to(x, y, pressure, tilt=0.3, time=index * 0.02)
    return stroke.commit().read(Rect(0, 0, width, height))
