"""The way back through a warp: its surface is drawn in small flat triangles, each of which knows where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.document.tiles import Rect
from studio.raster.free_transform import Matrix3, Mesh, Point

_Doubles = NDArray[np.float64]

_NOWHERE: Final = np.float32(-1e9)
_MARGIN: Final = 2.0
"""Source pixels beyond the border, so that its edge fades out as others do."""
_FLAT: Final = 1e-12
_SEAM: Final = 1e-7
"""By how much triangles overlap, so that no sample falls between two."""


class MeshWay:
    """Parameters as in `Way`: the box in source pixels, the matrix from its 0..1, the mesh, pieces a cell.

    Where a warp folds over itself, what lies further down and to the right of the source is in front.
    """

    def __init__(self, box: tuple[float, float, float, float], matrix: Matrix3, mesh: Mesh, steps: int) -> None:
        x, y, width, height = box
        across, down = _places(mesh.cells * steps, width), _places(mesh.cells * steps, height)
        rows, columns = _weights(mesh, down), _weights(mesh, across)
        points = np.array(mesh.points).reshape(mesh.cells + 1, mesh.cells + 1, 2)
        bent = np.einsum("rj,jkc,sk->rsc", rows, points, columns)
        self._to = _mapped(matrix, bent)
        self._from = np.stack(np.broadcast_arrays(x + across[None] * width, y + down[:, None] * height), axis=-1)
        self._density = _densities(self._from, self._to)

    def outline(self) -> list[Point]:
        """Points around all that comes out."""
        return [(float(x), float(y)) for x, y in self._to.reshape(-1, 2)]

    def density(self, area: Rect) -> float:
        """Source pixels a pixel in an area, as most of its pieces have it; 0 where nothing comes out."""
        near = self._near(area.x, area.y, area.right, area.bottom)
        return float(np.median(self._density[near])) if near.any() else 0.0

    def back(self, xs: _Doubles, ys: _Doubles) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Where samples at ``xs`` and ``ys`` (evenly spaced) came from, in source pixels; far away: from nowhere."""
        samples = _Samples(xs, ys)
        for to, source in self._triangles(self._near(xs[0], ys[0], xs[-1], ys[-1])):
            samples.draw(to, source)
        return samples.columns, samples.rows

    def _near(self, left: float, top: float, right: float, bottom: float) -> NDArray[np.bool_]:
        """Which pieces may touch a rectangle."""
        corners = np.stack((self._to[:-1, :-1], self._to[:-1, 1:], self._to[1:, :-1], self._to[1:, 1:]))
        low, high = corners.min(axis=0), corners.max(axis=0)
        found: NDArray[np.bool_] = (
            (low[..., 0] <= right) & (high[..., 0] >= left) & (low[..., 1] <= bottom) & (high[..., 1] >= top)
        )
        return found

    def _triangles(self, near: NDArray[np.bool_]) -> Iterator[tuple[_Doubles, _Doubles]]:
        for row, column in zip(*np.nonzero(near), strict=True):
            first, second = (row, column), (row, column + 1)
            third, fourth = (row + 1, column + 1), (row + 1, column)
            for corners in ((first, second, third), (first, third, fourth)):
                yield (
                    np.array([self._to[place] for place in corners]),
                    np.array([self._from[place] for place in corners]),
                )


def _places(pieces: int, length: float) -> _Doubles:
    """Where the pieces of a side end, in 0..1, with one piece more beyond each border."""
    beyond = _MARGIN / length
    return np.concatenate(([-beyond], np.linspace(0.0, 1.0, pieces + 1), [1.0 + beyond]))


def _weights(mesh: Mesh, places: _Doubles) -> _Doubles:
    """How much each control point along a side counts at each place."""
    weights = np.zeros((places.size, mesh.cells + 1))
    for row, place in enumerate(places):
        for index, weight in mesh.weights(float(place)):
            weights[row, index] = weight
    return weights


def _mapped(matrix: Matrix3, points: _Doubles) -> _Doubles:
    ended = np.concatenate((points, np.ones((*points.shape[:2], 1))), axis=-1) @ np.array(matrix).T
    weight = ended[..., 2:]
    return np.asarray(ended[..., :2] / np.where(np.abs(weight) < 1e-9, 1e-9, weight))


def _densities(source: _Doubles, to: _Doubles) -> _Doubles:
    """Source pixels a pixel, for each piece: along the side that shrinks most."""

    def along(axis: int) -> _Doubles:
        before = np.linalg.norm(np.diff(source, axis=axis), axis=-1)
        after = np.maximum(np.linalg.norm(np.diff(to, axis=axis), axis=-1), 1e-6)
        return np.asarray(before / after)

    across, down = along(1), along(0)
    return np.asarray(np.maximum(across[:-1], down[:, :-1]))


class _Samples:
    """Where the samples of a grid came from: ``columns`` and ``rows``, filled triangle by triangle."""

    def __init__(self, xs: _Doubles, ys: _Doubles) -> None:
        self._xs, self._ys = xs, ys
        self.columns = np.full((ys.size, xs.size), _NOWHERE, np.float32)
        self.rows = self.columns.copy()

    def draw(self, to: _Doubles, source: _Doubles) -> None:
        """Fill one triangle, ``(3, 2)`` each."""
        (left, top), (right, bottom) = to.min(axis=0), to.max(axis=0)
        x0, x1 = np.searchsorted(self._xs, left), np.searchsorted(self._xs, right, side="right")
        y0, y1 = np.searchsorted(self._ys, top), np.searchsorted(self._ys, bottom, side="right")
        edge, other = to[1] - to[0], to[2] - to[0]
        area = edge[0] * other[1] - edge[1] * other[0]
        if x0 == x1 or y0 == y1 or abs(area) < _FLAT:
            return
        dx, dy = self._xs[x0:x1] - to[0, 0], (self._ys[y0:y1] - to[0, 1])[:, None]
        second = (dx * other[1] - dy * other[0]) / area
        third = (dy * edge[0] - dx * edge[1]) / area
        inside = (second >= -_SEAM) & (third >= -_SEAM) & (second + third <= 1 + _SEAM)
        along, beside = source[1] - source[0], source[2] - source[0]
        x = source[0, 0] + second * along[0] + third * beside[0]
        y = source[0, 1] + second * along[1] + third * beside[1]
        np.copyto(self.columns[y0:y1, x0:x1], x, where=inside, casting="same_kind")
        np.copyto(self.rows[y0:y1, x0:x1], y, where=inside, casting="same_kind")
