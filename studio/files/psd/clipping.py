"""Photoshop's clipping masks as groups: an exact form, because what is clipped sees its base as if it were opaque."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.document import BlendMode, GroupLayer, Layer, PaintLayer, Pixels, Raster, Rect
from studio.raster.compose import compose_layers
from studio.raster.convert import unpremultiply


def clipping_group(base: Layer, clipped: tuple[Layer, ...], canvas: Rect) -> GroupLayer:
    """``base`` and the layers that are clipped to it, from the bottom to the top, as one isolated group.

    What is clipped blends with the base's colours alone; then all of it shows with the base's coverage (which becomes
    the group's mask), mode and opacity.
    """
    plain = replace(base, visible=True, opacity=1.0, blend_mode=BlendMode.NORMAL)
    if plain.passes_through:
        children = plain.children
        plain = GroupLayer(
            name=base.name, id=base.id, mask=base.mask, mask_enabled=base.mask_enabled, children=children
        )
    bounds = plain.bounds_on(canvas)
    coverage = compose_layers((plain,), bounds)[..., 3]
    return GroupLayer(
        name=base.name,
        visible=base.visible,
        opacity=base.opacity,
        blend_mode=base.blend_mode,
        mask=Raster(channels=1).with_array(np.ascontiguousarray(coverage), bounds.x, bounds.y),
        children=(*_opaque(replace(plain, mask=None), canvas), *clipped),
    )


def clipped_by_mask(layer: Layer, base: Layer, canvas: Rect) -> Layer:
    """A layer that blends with all that lies below it, but shows only where ``base`` does: its mask says so."""
    plain = replace(base, visible=True, opacity=1.0, blend_mode=BlendMode.NORMAL)
    bounds = plain.bounds_on(canvas)
    coverage = compose_layers((plain,), bounds)[..., 3].astype(np.uint16)
    if layer.shown_mask is not None:
        coverage = (coverage * layer.shown_mask.read(bounds) + 127) // 255
    mask = Raster(channels=1).with_array(coverage.astype(np.uint8), bounds.x, bounds.y)
    return replace(
        layer,
        mask=mask,
        mask_enabled=True,
        visible=layer.visible and base.visible,
        opacity=layer.opacity * base.opacity,
    )


def _opaque(base: Layer, canvas: Rect) -> tuple[Layer, ...]:
    """Layers of the colours of ``base``, opaque wherever it shows at all.

    Soft pixels of a paint layer are made opaque. A group stays as it is, with its colours below where it is soft.
    """
    bounds = base.bounds_on(canvas)
    pixels = compose_layers((base,), bounds)
    if _is_hard(pixels):
        return (base,)
    colours = unpremultiply(pixels)
    colours[..., 3] = np.where(colours[..., 3] > 0, np.uint8(255), np.uint8(0))
    raster = Raster.from_array(colours, bounds.x, bounds.y)
    hard = PaintLayer(name=base.name, raster=raster)
    return (hard, base) if base.is_group else (replace(hard, id=base.id),)


def _is_hard(pixels: Pixels) -> bool:
    alpha = pixels[..., 3]
    return bool(((alpha == 0) | (alpha == 255)).all())
