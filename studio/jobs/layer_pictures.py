"""What layers hold, at the size that a job wants."""

from __future__ import annotations

from dataclasses import replace

from studio.document import BlendMode, Document, Layer, Pixels, Rect


def layer_pixels(document: Document, layer: Layer, rect: Rect, width: int, height: int) -> Pixels:
    """What a layer or group holds in ``rect``, shown or not, at a size: premultiplied RGBA."""
    # OpenCV comes with these imports; at the top they would delay every start.
    from studio.generation.pictures import scaled
    from studio.raster.compose import compose_layers

    shown = replace(layer, visible=True, opacity=1.0, blend_mode=BlendMode.NORMAL)
    return scaled(compose_layers((shown,), rect, gamma=document.gamma), width, height)


def layer_by_id(document: Document, layer_id: str | None) -> Layer | None:
    """The layer with this id, or ``None``."""
    return next((layer for layer in document.walk() if layer.id == layer_id), None)
