"""Flood fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Document, Pixels, Raster, Rect
from studio.raster.compose import compose
from studio.raster.masks import blurred, dilated, eroded, from_pixels
from studio.raster.paint import paint_through

_BAND: Final = 1024
"""Rows of a picture that are looked at at a time."""


def flood_region(
    picture: Pixels, x: int, y: int, tolerance: int, *, contiguous: bool = True, around: bool = False, gap: int = 0
) -> Pixels:
    """Where a picture has nearly the colour of pixel (x, y): uint8 ``(h, w)``, 255 inside, 0 outside.

    ``picture`` is uint8 ``(h, w, 4)`` premultiplied RGBA or ``(h, w)``. A pixel belongs if no channel differs by more
    than ``tolerance`` (0..255). With ``contiguous`` it must also be connected to (x, y) over its four sides; ``around``
    says that the picture goes on at its other side. What is reached only through openings of at most ``gap`` pixels
    does not count as connected.
    """
    alike = _alike(picture, picture[y, x], tolerance)
    return _spread(alike, x, y, around=around, gap=gap) if contiguous else alike


def _alike(picture: Pixels, color: Pixels, tolerance: int) -> Pixels:
    """Where no channel differs by more than ``tolerance`` from ``color``, a pixel of the picture: 255, elsewhere 0."""
    values = np.atleast_1d(color).astype(int)
    lowest, highest = np.maximum(values - tolerance, 0).tolist(), np.minimum(values + tolerance, 255).tolist()
    return np.asarray(cv2.inRange(picture, tuple(lowest), tuple(highest)), np.uint8)


def _spread(alike: Pixels, x: int, y: int, *, around: bool, gap: int) -> Pixels:
    """What of ``alike`` is reached from (x, y)."""
    connected = _connected(alike, x, y, around=around)
    return _before_gaps(connected, x, y, gap, around=around) if gap else connected


def _connected(alike: Pixels, x: int, y: int, *, around: bool) -> Pixels:
    """What of ``alike``, uint8 ``(h, w)``, hangs together with (x, y)."""
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


def _before_gaps(area: Pixels, x: int, y: int, gap: int, *, around: bool) -> Pixels:
    """The part of a connected area, uint8 ``(h, w)``, that (x, y) is in when openings of up to ``gap`` are closed.

    What is further than half a gap from the edge falls into pieces; each pixel belongs to the piece that is nearest.
    """
    margin = 2 * gap + 4 if around else 0
    wide = np.pad(area, margin, mode="wrap") if around else area
    height, width = area.shape
    inner = slice(margin, margin + height), slice(margin, margin + width)
    inside = cv2.distanceTransform(_bordered(wide), cv2.DIST_L2, 5)[1:-1, 1:-1][inner]
    # The middle of an opening is half its width away from the edge, rounded up.
    core = np.where(inside > (gap + 1) // 2, area, np.uint8(0))
    start = _nearest(core, x, y, 4 * gap + 8)
    if start is None:
        return area
    piece = _connected(core, *start, around=around)
    own, other = (_distance_to(np.pad(each, margin, mode="wrap"))[inner] for each in (piece, core - piece))
    return _connected(np.where(own <= other, area, np.uint8(0)), x, y, around=around)


def _bordered(area: Pixels) -> Pixels:
    """With a border of one pixel that is no edge."""
    return np.pad(area, 1, constant_values=255)


def _distance_to(pixels: Pixels) -> NDArray[np.float32]:
    """How far each pixel is from the nearest that is not 0; infinite where there is none."""
    if not pixels.any():
        return np.full(pixels.shape, np.inf, np.float32)
    return np.asarray(
        cv2.distanceTransform(np.where(pixels > 0, np.uint8(0), np.uint8(255)), cv2.DIST_L2, 5), np.float32
    )


def _nearest(pixels: Pixels, x: int, y: int, reach: int) -> tuple[int, int] | None:
    """The pixel next to (x, y), and not further than ``reach`` along each axis, that is not 0."""
    left, top = max(0, x - reach), max(0, y - reach)
    rows, columns = np.nonzero(pixels[top : y + reach + 1, left : x + reach + 1])
    if not rows.size:
        return None
    index = int(np.argmin((rows + top - y) ** 2 + (columns + left - x) ** 2))
    return int(columns[index]) + left, int(rows[index]) + top


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
    gap: int = 0,
) -> Raster:
    """Pour a straight colour (0..255) into a raster of a document, from a canvas pixel on.

    The region is found on the composed picture with ``sample_merged``, else on ``raster`` itself; its ``edge`` is
    shaped, and it ends at the canvas and, if given, at the mask ``clip``. A mask gets the colour's luma. A point
    outside the canvas fills nothing. With ``around`` the canvas goes on at its other side; ``gap`` is as for
    `flood_region`.
    """
    if not document.canvas.contains(*point):
        return raster
    seen = None if sample_merged else raster
    region = _region(document, seen, point, tolerance, contiguous=contiguous, edge=edge, around=around, gap=gap)
    if clip is not None:
        region = np.minimum(region, clip.read(document.canvas))
    left, top, width, height = cv2.boundingRect(region)
    area = Rect(left, top, width, height)
    if area.is_empty:
        return raster
    strength = region[top : top + height, left : left + width] * np.float32(rgba[3] / 255 / 255)
    return raster.with_array(paint_through(raster.read(area), strength, rgba, lock_alpha=lock_alpha), left, top)


def flood_mask(
    document: Document,
    raster: Raster | None,
    point: tuple[int, int],
    *,
    tolerance: int,
    contiguous: bool,
    edge: FillEdge = SHARP,
    around: bool = False,
) -> Raster:
    """The mask of what `flood_fill` would fill; it looks at ``raster``, or at the composed picture without one."""
    canvas = document.canvas
    if not canvas.contains(*point):
        return Raster(channels=1)
    region = _region(document, raster, point, tolerance, contiguous=contiguous, edge=edge, around=around, gap=0)
    return from_pixels(region, canvas.x, canvas.y)


def _region(
    document: Document,
    raster: Raster | None,
    point: tuple[int, int],
    tolerance: int,
    *,
    contiguous: bool,
    edge: FillEdge,
    around: bool,
    gap: int,
) -> Pixels:
    """What belongs to a pixel of the canvas: uint8 of its size. Read in bands, as large pictures are not held whole."""
    canvas = document.canvas

    def read(rect: Rect) -> Pixels:
        return compose(document, rect) if raster is None else raster.read(rect)

    color = read(Rect(*point, 1, 1))[0, 0]
    starts = range(canvas.y, canvas.bottom, _BAND)
    bands = (Rect(canvas.x, y, canvas.width, min(_BAND, canvas.bottom - y)) for y in starts)
    region = np.concatenate([_alike(read(band), color, tolerance) for band in bands])
    if contiguous:
        region = _spread(region, *point, around=around, gap=gap)
    return edge.shaped_around(region) if around else edge.shaped(region)
