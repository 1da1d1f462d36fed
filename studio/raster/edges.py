"""Edges in a picture, and the way along them: what the magnetic lasso follows."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from studio.document import Document, Pixels, Rect
from studio.raster.compose import compose

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Strengths = NDArray[np.float32]

Point = tuple[int, int]
"""Column and row of a pixel."""

_LEAST: Final = 0.08
"""What a step costs along the strongest edge; where there is none, it costs 1 more."""
_WAYS: Final = tuple((dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)


def edge_strength(pixels: Pixels) -> Strengths:
    """How strong the edge at each pixel is, 0..1: the greatest slope of any channel, against the strongest there is.

    ``pixels`` is uint8 ``(h, w, 4)``.
    """
    soft = cv2.GaussianBlur(pixels, (3, 3), 0).astype(np.float32)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    slope = np.hypot(across, down).max(axis=2)
    return np.asarray(slope / max(float(slope.max()), 1.0), np.float32)


def snapped(document: Document, point: Point, reach: int) -> Point:
    """The pixel on the strongest edge within ``reach`` pixels, nearer ones before further ones; the pixel itself where
    the picture is flat."""
    area = Rect(*point, 1, 1).expanded(reach)
    strength = edge_strength(compose(document, area.expanded(2)))[2:-2, 2:-2]
    rows, columns = np.indices(strength.shape)
    distance = np.hypot(columns - reach, rows - reach)
    score = np.where(distance <= reach, strength * (1 - 0.5 * distance / max(1, reach)), 0)
    row, column = divmod(int(score.argmax()), score.shape[1])
    return (area.x + column, area.y + row) if score[row, column] > 0 else point


def way_along(document: Document, start: Point, end: Point, reach: int) -> list[Point]:
    """The pixels from ``start`` to ``end`` along the strongest edges, in the box around both and ``reach`` pixels more.

    The cheapest way over pixels, of which those on an edge cost little (E. W. Dijkstra, 1959; "intelligent scissors" of
    E. N. Mortensen and W. A. Barrett, 1995).
    """
    area = Rect(*start, 1, 1).united(Rect(*end, 1, 1)).expanded(reach)
    cost = _LEAST + 1 - edge_strength(compose(document, area))
    first, last = (start[0] - area.x, start[1] - area.y), (end[0] - area.x, end[1] - area.y)
    before = _cheapest(cost, first, last)
    way = [last]
    while way[-1] != first:
        way.append(before[way[-1]])
    return [(x + area.x, y + area.y) for x, y in reversed(way)]


def _cheapest(cost: Strengths, first: Point, last: Point) -> dict[Point, Point]:
    """For each pixel that was reached, the one before it on the cheapest way from ``first``; until ``last`` is."""
    values, size = cost.tolist(), (cost.shape[1], cost.shape[0])
    costs, before, waiting = {first: 0.0}, {first: first}, [(0.0, first)]
    done: set[Point] = set()
    while waiting:
        spent, here = heapq.heappop(waiting)
        if here == last:
            break
        if here in done:
            continue
        done.add(here)
        for there, length in _neighbours(here, size):
            total = spent + length * values[there[1]][there[0]]
            if total < costs.get(there, math.inf):
                costs[there], before[there] = total, here
                heapq.heappush(waiting, (total, there))
    return before


def _neighbours(point: Point, size: tuple[int, int]) -> Iterator[tuple[Point, float]]:
    """The pixels around one, and how far they are."""
    for dx, dy in _WAYS:
        x, y = point[0] + dx, point[1] + dy
        if 0 <= x < size[0] and 0 <= y < size[1]:
            yield (x, y), math.sqrt(dx * dx + dy * dy)
