"""What lies beneath a layer of a document, and what an adjustment layer makes of it, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.document import BlendMode, Document, Layer, LayerId, Pixels, runs
from studio.raster.compose import compose_layers


def beneath(document: Document, layer_id: LayerId) -> tuple[Layer, ...]:
    """The layers that an adjustment layer acts on, from the bottom to the top. ``KeyError`` if it is not there.

    In a group that lets its layers through these are also those below the group.
    """
    found = _beneath(document.layers, layer_id)
    if found is None:
        raise KeyError(layer_id)
    return found


def adjusted_picture(document: Document, layer: Layer) -> Pixels:
    """The canvas as an adjustment layer makes it of what it acts on, fully and without its mask.

    Premultiplied RGBA, uint8 ``(h, w, 4)``.
    """
    plain = replace(layer, opacity=1.0, blend_mode=BlendMode.NORMAL, mask=None, clipped=False, visible=True)
    layers = (*beneath(document, layer.id), plain)
    return compose_layers(layers, document.canvas, gamma=document.gamma, clip=document.canvas)


def _beneath(layers: Sequence[Layer], layer_id: LayerId) -> tuple[Layer, ...] | None:
    below: tuple[Layer, ...] = ()
    for run in runs(layers):
        for place, layer in enumerate(run):
            if layer.id == layer_id:
                return _alone(run[:place]) if place else below
            inner = _beneath(layer.children, layer_id)
            if inner is not None:
                return (*below, *inner) if layer.passes_through and len(run) == 1 else inner
        below = (*below, *run)
    return None


def _alone(run: Sequence[Layer]) -> tuple[Layer, ...]:
    """A run as its clipped layers see it: its base with nothing below it."""
    return (replace(run[0], opacity=1.0, blend_mode=BlendMode.NORMAL), *run[1:])
