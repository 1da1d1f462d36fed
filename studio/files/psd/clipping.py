"""Photoshop's clipping masks that do not blend as a group, in the shape that shows the same."""

from __future__ import annotations

from dataclasses import replace

from studio.document import Layer, Raster, Rect
from studio.raster.coverage import Cut


def clipped_by_mask(layer: Layer, base: Layer, canvas: Rect) -> Layer:
    """A layer that blends with all that lies below it, but shows only where ``base`` does: its mask says so."""
    plain = replace(base, visible=True, opacity=1.0)
    bounds = plain.bounds_on(canvas)
    mask = Raster(channels=1).with_array(Cut(layer.shown_mask, plain).read(bounds), bounds.x, bounds.y)
    return replace(
        layer,
        mask=mask,
        mask_enabled=True,
        visible=layer.visible and base.visible,
        opacity=layer.opacity * base.opacity,
    )
