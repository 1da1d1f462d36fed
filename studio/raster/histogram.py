"""How often each value is in what an adjustment layer acts on."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Document, LayerId, tile_rect
from studio.raster.beneath import beneath
from studio.raster.compose import Spot, compose_spot
from studio.raster.convert import unpremultiply
from studio.raster.spaces import blend_space

MOST_TILES: Final = 48
"""Tiles that are looked at, spread over the canvas: more would not change the shape."""

Histogram = NDArray[np.float64]
"""Shares of the values 0..255: a row for the lightness, then one each for red, green and blue; float ``(4, 256)``."""


def histogram_beneath(document: Document, layer_id: LayerId) -> Histogram:
    """The histogram of what lies beneath a layer, weighted by opacity; the largest share of each row is 1, or all 0.

    ``KeyError`` if the layer is not there.
    """
    layers, space = beneath(document, layer_id), blend_space(document.gamma)
    keys = list(document.canvas.tile_keys())
    counts = np.zeros((4, 256))
    for key in keys[:: -(-len(keys) // MOST_TILES)]:
        tile = compose_spot(layers, Spot(key, canvas=document.canvas), space)
        if tile is not None:
            part = tile_rect(key).intersected(document.canvas)
            counts += _counted(np.ascontiguousarray(tile[: part.height, : part.width]))
    return np.asarray(counts / np.maximum(counts[:, 1:-1].max(axis=1, keepdims=True), 1))


def _counted(pixels: NDArray[np.uint8]) -> Histogram:
    straight = unpremultiply(pixels)
    light = np.asarray(cv2.cvtColor(straight, cv2.COLOR_RGBA2GRAY), np.uint8)
    weights = pixels[..., 3].ravel() / 255
    planes = (light, *(straight[..., channel] for channel in range(3)))
    return np.stack([np.bincount(plane.ravel(), weights, 256) for plane in planes])
