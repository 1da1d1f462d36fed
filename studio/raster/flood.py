"""Flood fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from studio.document import Document, Pixels, Raster, Rect
from studio.raster.compose import compose
from studio.raster.masks import blurred, dilated, eroded
from studio.raster.paint import paint_through


def flood_region(
    picture: Pixels, x: int, y: int, tolerance: int, *, contiguous: bool = True, around: bool = False
) -> Pixels:
    """Where a picture has nearly the colour of pixel (x, y): uint8 ``(h, w)``, 255 inside, 0 outside.

    ``picture`` is uint8 ``(h, w, 4)`` premultiplied RGBA or ``(h, w)``. A pixel belongs if no channel differs by more
    than ``tolerance`` (0..255). With ``contiguous`` it must also be connected to (x, y) over its four sides; ``around``
    says that the picture goes on at its other side.
    """
    seed = picture[y, x].astype(np.int16)
    distance = np.abs(picture.astype(np.int16) - seed)
    near = (distance if picture.ndim == 2 else distance.max(axis=2)) <= tolerance
    alike = np.where(near, np.uint8(255), np.uint8(0))
    if not contiguous:
        return alike
    if around:
        return _connected_around(alike, x, y)
    height, width = alike.shape
    filled = np.zeros((height + 2, width + 2), np.uint8)
    cv2.floodFill(alike, filled, (x, y), 255, flags=4 | cv2.FLOODFILL_MASK_ONLY | (255 << 8))
    return filled[1:-1, 1:-1]


def _connected_around(alike: Pixels, x: int, y: int) -> Pixels:
    """What of ``alike``, uint8 ``(h, w)``, hangs together with (x, y) where opposite borders touch."""
    count, labels = cv2.connectedComponents(alike, connectivity=4)
    borders = (labels[0], labels[-1]), (labels[:, 0], labels[:, -1])
    pairs = np.unique(np.hstack([np.stack(pair) for pair in borders]), axis=1)
    pairs = pairs[:, (pairs > 0).all(axis=0)]
    reached = np.zeros(count, bool)
    reached[labels[y, x]] = True
    joined = pairs[:, reached[pairs].any(axis=0)]
    while not reached[joined].all():
        reached[joined] = True
        joined = pairs[:, reached[pairs].any(axis=0)]
    return np.where(reached[labels], np.uint8(255), np.uint8(0))


@dataclass(frozen=True, kw_only=True)
class FillEdge:
    """What becomes of the edge of an area before it is filled.

    It is moved outward by ``grow`` pixels (inward if negative); with ``antialias`` pixels along it are filled in part,
    so that it shows no steps; and it fades out over ``feather`` pixels.
    """

    grow: int = 0
    feather: int = 0
    antialias: bool = False

    def shaped(self, region: Pixels) -> Pixels:
        """``region``, uint8 ``(h, w)``, with its edge changed. The border of the picture is no edge."""
        if self.grow:
            region = dilated(region, self.grow) if self.grow > 0 else eroded(region, -self.grow)
        if self.antialias:
            region = np.maximum(region, cv2.blur(region, (3, 3), borderType=cv2.BORDER_REPLICATE))
        return blurred(region, self.feather) if self.feather else region

    def shaped_around(self, region: Pixels) -> Pixels:
        """The same for a picture that goes on at its other side."""
        margin = abs(self.grow) + 3 * self.feather + 2
        height, width = region.shape
        return self.shaped(np.pad(region, margin, mode="wrap"))[margin : margin + height, margin : margin + width]


SHARP: Final = FillEdge()
"""Exactly the pixels that belong."""


def flood_fill(
    document: Document,
    raster: Raster,
    point: tuple[int, int],
    rgba: tuple[int, int, int, int],
    *,
    tolerance: int = 0,
    contiguous: bool = True,
    sample_merged: bool = False,
    edge: FillEdge = SHARP,
    clip: Raster | None = None,
    lock_alpha: bool = False,
    around: bool = False,
) -> Raster:
    """Pour a straight colour (0..255) into a raster of a document, from a canvas pixel on.

    The region is found on the composed picture with ``sample_merged``, else on ``raster`` itself; its ``edge`` is
    shaped, and it ends at the canvas and, if given, at the mask ``clip``. A mask gets the colour's luma. A point
    outside the canvas fills nothing. With ``around`` the canvas goes on at its other side.
    """
    x, y = point
    canvas = document.canvas
    if not canvas.contains(x, y):
        return raster
    picture = compose(document) if sample_merged else raster.read(canvas)
    region = flood_region(picture, x, y, tolerance, contiguous=contiguous, around=around)
    region = edge.shaped_around(region) if around else edge.shaped(region)
    if clip is not None:
        region = np.minimum(region, clip.read(canvas))
    left, top, width, height = cv2.boundingRect(region)
    area = Rect(left, top, width, height)
    if area.is_empty:
        return raster
    strength = region[top : top + height, left : left + width] * np.float32(rgba[3] / 255 / 255)
    return raster.with_array(paint_through(raster.read(area), strength, rgba, lock_alpha=lock_alpha), left, top)
