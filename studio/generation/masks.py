"""The two masks of inpainting: where the model may draw, and how its picture is blended in."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Document, Pixels, Raster, Rect
from studio.generation.geometry import InpaintGeometry
from studio.message import Message

FloatMask = NDArray[np.float32]

_NOISE = 1e-3
"""Below this a blurred value is what running sums leave behind, not part of the ramp."""

HAZE = 8
"""Values of a mask below this (of 255) are taken for black: other programs leave them where nothing is to be drawn."""

_FULLY = 250
"""From this value of a soft mask on (of 255) a pixel is drawn all anew: brushes and edges leave their middle there."""

_NEARLY_ALL = 0.9
_MOSTLY = 0.5


def cleared(mask: Pixels) -> Pixels:
    """A mask of any shape, uint8, with black in place of what is nearly black."""
    return np.where(mask < HAZE, np.uint8(0), mask)


def cleared_raster(mask: Raster) -> Raster:
    """The same for a mask without an end; what is clear already is not copied."""
    hazy = {key: tile for key, tile in mask.tiles.items() if bool(((tile > 0) & (tile < HAZE)).any())}
    return mask.with_tiles({key: cleared(tile) if (tile >= HAZE).any() else None for key, tile in hazy.items()})


def doubt_about(document: Document) -> Message | None:
    """What a person should know about a mask that lies over nearly the whole picture, and mostly faintly."""
    values = document.generation_mask.read(document.canvas)
    above, chosen = np.count_nonzero(values) / values.size, np.count_nonzero(selected_pixels(values)) / values.size
    if above < _NEARLY_ALL or chosen >= _MOSTLY:
        return None
    if np.count_nonzero(cleared(values)) / values.size < _NEARLY_ALL:
        return Message("The mask is not quite black nearly everywhere: what is nearly black was taken for black.")
    return Message("The mask is lighter than black nearly everywhere, so that nearly the whole picture was drawn anew.")


def is_softly_selected(document: Document) -> bool:
    """Whether what is selected was taken for the generation mask, and has an edge that is soft over some pixels."""
    mask, limit = document.generation_mask, document.edit_limit
    if limit is None or not mask.tiles:
        return False
    values, selected = (cleared(each.read(document.canvas)) for each in (mask, limit))
    if not np.array_equal(values, selected):
        return False
    between = ((values >= HAZE) & (values < _FULLY)).astype(np.uint8)
    return bool(cv2.erode(between, np.ones((3, 3), np.uint8)).any())  # a smooth edge is thinner


def selected_pixels(selection: Pixels) -> NDArray[np.bool_]:
    """Pixels that count as fully selected: at least half of the strongest value. ``selection`` is uint8."""
    strongest = int(selection.max(initial=0))
    chosen: NDArray[np.bool_] = selection >= max(1, (strongest + 1) // 2)
    return chosen


def denoise_mask(selection: Pixels, geometry: InpaintGeometry, *, soft: bool = False) -> FloatMask:
    """Where the model may change the picture, float32 0..1, of the shape of ``selection``.

    The selected pixels (uint8, the part of the canvas in ``geometry.context``) are grown by a disc and
    softened by a triangular blur of the width ``feather``; they themselves stay at 1. What is softly
    selected keeps at least its own value. In a ``soft`` mask half is half: only what is fully selected counts as
    selected, and the value of every other pixel is how far it may change.
    """
    selected = _chosen(selection, soft)
    grown = (_distance_to(selected) <= geometry.grow).astype(np.float32)
    mask = _triangular_blur(grown, geometry.feather // 2)
    mask[mask < _NOISE] = 0.0
    mask[(mask > 0.99) | selected] = 1.0
    return _float32(np.maximum(mask, selection.astype(np.float32) / 255.0))


def composite_mask(selection: Pixels, denoise: FloatMask, geometry: InpaintGeometry, *, soft: bool = False) -> Pixels:
    """How the result is blended into the canvas: uint8, of the shape of ``geometry.box``.

    ``selection`` and ``soft`` are the same as for `denoise_mask`, ``denoise`` what that returned. 255 on selected
    pixels, 0 from where the denoise mask ends, a Gaussian ramp of the width ``blend`` between.
    """
    radius = geometry.blend // 2
    kept = (_distance_to(denoise <= 0.0) > radius).astype(np.float32)
    if radius:
        kept = _float32(cv2.GaussianBlur(kept, (2 * radius + 1, 2 * radius + 1), 0, borderType=cv2.BORDER_REPLICATE))
    mask = np.maximum((kept * 255.0).round().astype(np.uint8), selection)
    mask[_chosen(selection, soft)] = 255
    if soft:
        mask[denoise <= 0.0] = 0  # the ramp of a mask with hollows reaches a little into them
    return np.ascontiguousarray(part(mask, geometry.context, geometry.box))


def _chosen(selection: Pixels, soft: bool) -> NDArray[np.bool_]:
    return selection >= _FULLY if soft else selected_pixels(selection)


def part(pixels: NDArray[Any], whole: Rect, wanted: Rect) -> NDArray[Any]:
    """The view of ``wanted`` in an array that covers ``whole``; ``wanted`` lies inside."""
    y, x = wanted.y - whole.y, wanted.x - whole.x
    return pixels[y : y + wanted.height, x : x + wanted.width]


def padded(mask: Pixels, place: Rect, whole: Rect) -> Pixels:
    """A mask of ``place`` as one of ``whole``, 0 around it: the reverse of `part`."""
    wide = np.zeros((whole.height, whole.width), np.uint8)
    part(wide, whole, place)[:] = mask
    return wide


def _distance_to(pixels: NDArray[np.bool_]) -> FloatMask:
    """Euclidean distance of every pixel to the nearest true one; larger than any picture if there is none."""
    if not pixels.any():
        return np.full(pixels.shape, np.inf, np.float32)
    return _float32(cv2.distanceTransform((~pixels).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE))


def _triangular_blur(mask: FloatMask, radius: int) -> FloatMask:
    """Two box blurs, which make a triangle that reaches ``radius`` pixels to each side."""
    if radius == 0:
        return mask
    size = radius + 1
    for anchor in (size // 2, size - 1 - size // 2):
        mask = _float32(cv2.blur(mask, (size, size), anchor=(anchor, anchor), borderType=cv2.BORDER_REPLICATE))
    return mask


def _float32(pixels: Any) -> FloatMask:
    return np.asarray(pixels, dtype=np.float32)
