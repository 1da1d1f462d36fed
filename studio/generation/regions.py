"""Which part of a picture each of its regions is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.generation.masks import FloatMask

_LEAST: Final = 0.02
"""A region with a smaller share of what is drawn is left out: networks see it in hardly a cell."""
_NEARLY_ALL: Final = 0.9
"""A region with a larger share is what the picture is drawn after."""
_COVERED: Final = 0.95
"""What no region covers is drawn after the picture's prompt, unless it is less than what this leaves."""


@dataclass(frozen=True, eq=False)
class Division:
    """How regions share a picture.

    ``masks`` has one for each of them, float32 (height, width) in 0..1; ``None`` for one that is left out. ``rest`` is
    what none of them covers, ``None`` where that is next to nothing. All of them add up to 1 in every pixel.
    ``alone`` is the place of the region that is nearly all, ``None`` without one.
    """

    masks: tuple[FloatMask | None, ...]
    rest: FloatMask | None
    alone: int | None = None


def divided(covers: Sequence[FloatMask], drawn: FloatMask | None = None) -> Division:
    """Share a picture among regions: ``covers``, from the top, say how much each hides of those below it.

    They are float32 (height, width) in 0..1, as is ``drawn``, which says what of the picture is drawn at all (``None``
    for all): shares are counted there.
    """
    if not covers:
        raise ValueError("there is nothing to share a picture among")
    weights = np.ones_like(covers[0]) if drawn is None or not drawn.any() else drawn
    free = np.ones_like(covers[0])
    masks: list[FloatMask | None] = []
    for cover in covers:
        own = free * cover
        is_seen = _share(own, weights) >= _LEAST
        masks.append(own if is_seen else None)
        free = free - own if is_seen else free
    return _whole(masks, free.clip(0.0, 1.0), weights)


def _whole(masks: list[FloatMask | None], free: FloatMask, weights: FloatMask) -> Division:
    """The division in which nothing is left over."""
    kept = [mask for mask in masks if mask is not None]
    alone = next((place for place, mask in enumerate(masks) if _is_nearly_all(mask, weights)), None)
    if not kept or 1.0 - _share(free, weights) < _COVERED:
        return Division(tuple(masks), free, alone)
    covered = sum(kept[1:], kept[0])
    place = _nearest(covered > 0.0)
    shares = iter([(mask / covered.clip(min=1e-6))[place] for mask in kept])
    return Division(tuple(None if mask is None else next(shares) for mask in masks), None, alone)


def _nearest(covered: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row and column of the covered pixel that is nearest to each pixel: itself where it is covered."""
    labels = cv2.distanceTransformWithLabels(
        (~covered).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )[1]
    rows, columns = np.nonzero(covered)
    of_label = np.zeros((2, int(labels.max()) + 1), np.intp)
    of_label[:, labels[rows, columns]] = rows, columns
    return of_label[0][labels], of_label[1][labels]


def _is_nearly_all(mask: FloatMask | None, weights: FloatMask) -> bool:
    return mask is not None and _share(mask, weights) > _NEARLY_ALL


def _share(mask: FloatMask, weights: FloatMask) -> float:
    return float((mask * weights).sum(dtype=np.float64) / weights.sum(dtype=np.float64))
