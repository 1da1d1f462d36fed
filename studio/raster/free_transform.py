"""Where a rectangle of pixels goes: scaled, turned, skewed, in perspective, warped. A value that knows no pixels.

A point of the box, counted 0..1 across and down, goes first where the mesh bends it, then where the corners pull it in
perspective (both in the box), and then where scale, skew, angle and place carry it on the canvas.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from studio.document.tiles import Rect
from studio.errors import SettingError

Point: TypeAlias = tuple[float, float]
Corners: TypeAlias = tuple[Point, Point, Point, Point]
"""Clockwise from the top left."""
Matrix3: TypeAlias = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
"""Maps ``(x, y, 1)`` to ``(x w, y w, w)``."""

SQUARE: Final[Corners] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
MAX_EXTENT: Final = 100_000
"""Pixels that a side of what comes out may have."""
MAX_AREA: Final = 1_200_000_000
"""Pixels that may come out, also those that stay transparent."""
MIN_SIDE: Final = 1.0
"""Pixels that a side of the frame has at least."""
MAX_SKEW: Final = 80.0
"""Degrees by which upright sides may lean."""
_FLAT: Final = 1e-4
"""Share of the box below which a corner counts as flat."""


@dataclass(frozen=True)
class Mesh:
    """Control points of a warp: ``cells`` + 1 in each of as many rows, in the box's own 0..1, from the top left."""

    cells: int
    points: tuple[Point, ...]

    @classmethod
    def plain(cls, cells: int) -> Mesh:
        """One that bends nothing."""
        steps = [index / cells for index in range(cells + 1)]
        return cls(cells, tuple((x, y) for y in steps for x in steps))

    @property
    def is_plain(self) -> bool:
        return self.points == Mesh.plain(self.cells).points

    def with_cells(self, cells: int) -> Mesh:
        """Another number of control points on the same surface."""
        return Mesh(cells, tuple(self.at(*point) for point in Mesh.plain(cells).points))

    def moved(self, index: int, point: Point) -> Mesh:
        """With one control point elsewhere."""
        return Mesh(self.cells, (*self.points[:index], point, *self.points[index + 1 :]))

    def weights(self, place: float) -> list[tuple[int, float]]:
        """Which control points along a side count for a place of 0..1, and how much."""
        along = place * self.cells
        cell = min(max(math.floor(along), 0), self.cells - 1)
        t = along - cell
        if t < 0 or t > 1:  # beyond the border: straight on
            return [(cell, 1 - t), (cell + 1, t)]
        weights = (
            ((-t + 2) * t - 1) * t / 2,
            ((3 * t - 5) * t * t + 2) / 2,
            ((-3 * t + 4) * t + 1) * t / 2,
            (t - 1) * t * t / 2,
        )
        found: dict[int, float] = {}
        for offset, weight in zip((-1, 0, 1, 2), weights, strict=True):
            for index, share in _neighbours(cell + offset, self.cells):
                found[index] = found.get(index, 0.0) + weight * share
        return list(found.items())

    def at(self, x: float, y: float) -> Point:
        """Where a point of the box goes: a smooth surface through all control points (Catmull-Rom); beyond the border
        it goes on straight."""
        across, down = self.weights(x), self.weights(y)
        side = self.cells + 1
        to_x = to_y = 0.0
        for row, weight_y in down:
            for column, weight_x in across:
                point = self.points[row * side + column]
                to_x += weight_x * weight_y * point[0]
                to_y += weight_x * weight_y * point[1]
        return to_x, to_y


@dataclass(frozen=True, kw_only=True)
class FreeTransform:
    """What becomes of the pixels in ``box`` (document pixels, not empty).

    Parameters
    ----------
    center
        Where the middle of the box goes, in document pixels.
    scale_x, scale_y
        Below 0 mirrors.
    angle
        Degrees clockwise.
    skew
        Degrees by which the upright sides lean to the left, within `MAX_SKEW`.
    pivot
        What stays in place when it is turned, in the box's own 0..1.
    corners
        Perspective: where the corners of the box go, in the box's own 0..1. They make a convex shape.
    mesh
        The warp, or ``None``.
    """

    box: Rect
    center: Point
    scale_x: float = 1.0
    scale_y: float = 1.0
    angle: float = 0.0
    skew: float = 0.0
    pivot: Point = (0.5, 0.5)
    corners: Corners = SQUARE
    mesh: Mesh | None = None

    @classmethod
    def unchanged(cls, box: Rect) -> FreeTransform:
        """Leaves everything where it is."""
        return cls(box=box, center=(box.x + box.width / 2, box.y + box.height / 2))

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing moves; where the pivot lies is no matter."""
        return replace(self, pivot=(0.5, 0.5), mesh=None) == FreeTransform.unchanged(self.box) and not self.is_warped

    @property
    def is_warped(self) -> bool:
        return self.mesh is not None and not self.mesh.is_plain

    @property
    def is_affine(self) -> bool:
        """Whether parallel lines stay parallel."""
        return self.corners == SQUARE and not self.is_warped

    # --- points -----------------------------------------------------------------------------------

    def affine(self) -> Matrix3:
        """From the box's own 0..1 to the canvas, without perspective and warp."""
        turn, lean = math.radians(self.angle), math.tan(math.radians(self.skew))
        cos, sin = _exact(math.cos(turn)), _exact(math.sin(turn))
        width, height = self.box.width * self.scale_x, self.box.height * self.scale_y
        across = cos * width, sin * width
        down = (-cos * lean - sin) * height, (-sin * lean + cos) * height
        x = self.center[0] - (across[0] + down[0]) / 2
        y = self.center[1] - (across[1] + down[1]) / 2
        return (across[0], down[0], x), (across[1], down[1], y), (0.0, 0.0, 1.0)

    def matrix(self) -> Matrix3:
        """From the box's own 0..1 to the canvas, without the warp."""
        return self.affine() if self.corners == SQUARE else multiplied(self.affine(), square_to(self.corners))

    def to_canvas(self, point: Point) -> Point:
        """Where a point of the box, in its own 0..1, goes."""
        return mapped(self.matrix(), point if self.mesh is None else self.mesh.at(*point))

    def frame_point(self, point: Point) -> Point:
        """Where a point of the frame lies on the canvas: as `to_canvas`, without the warp."""
        return mapped(self.matrix(), point)

    def outline(self) -> Corners:
        """The corners of the frame on the canvas, clockwise from what was the top left."""
        matrix = self.matrix()
        first, second, third, fourth = (mapped(matrix, corner) for corner in SQUARE)
        return first, second, third, fourth

    def bounds(self) -> Rect:
        """Whole pixels around what comes out."""
        points: Sequence[Point] = self.outline()
        if self.mesh is not None and self.is_warped:
            steps = [index / (8 * self.mesh.cells) for index in range(8 * self.mesh.cells + 1)]
            points = [self.to_canvas((x, y)) for y in steps for x in steps]
        return around(points)

    # --- changes ----------------------------------------------------------------------------------

    def keeping(self, point: Point, change: Callable[[FreeTransform], FreeTransform]) -> FreeTransform:
        """Changed, and then moved so that a point of the frame, in the box's own 0..1, lies where it lay."""
        before, changed = self.frame_point(point), change(self)
        after = changed.frame_point(point)
        return changed.moved(before[0] - after[0], before[1] - after[1])

    def moved(self, dx: float, dy: float) -> FreeTransform:
        return replace(self, center=(self.center[0] + dx, self.center[1] + dy))

    def turned(self, degrees: float) -> FreeTransform:
        """Turned clockwise about the pivot by so much more."""
        angle = 180.0 - (180.0 - self.angle - degrees) % 360.0
        return self.keeping(self.pivot, lambda shape: replace(shape, angle=_exact(angle)))

    def mirrored(self, axis: str) -> FreeTransform:
        """Mirrored as it is seen, about the pivot: "horizontal" exchanges left and right."""
        is_across = axis == "horizontal"
        scale_x = -self.scale_x if is_across else self.scale_x
        scale_y = self.scale_y if is_across else -self.scale_y
        changed = replace(self, scale_x=scale_x, scale_y=scale_y, angle=_exact(-self.angle), skew=_exact(-self.skew))
        return self.keeping(self.pivot, lambda _shape: changed)

    # --- what cannot be ---------------------------------------------------------------------------

    def check(self) -> None:
        """`SettingError` for what cannot be drawn: a folded perspective, or more pixels than can be."""
        if not is_convex(self.corners):
            raise SettingError(
                "The corners make a folded or flat shape, which no perspective shows.",
                "Pull them apart so that no corner points inwards.",
            )
        bounds = self.bounds()
        if max(bounds.width, bounds.height) > MAX_EXTENT or bounds.width * bounds.height > MAX_AREA:
            raise SettingError(
                "{width}x{height} pixels are too many to transform to.",
                "Make it smaller: at most {side} pixels a side and {area} million in all.",
                width=bounds.width,
                height=bounds.height,
                side=MAX_EXTENT,
                area=MAX_AREA // 1_000_000,
            )


# --- arithmetic -----------------------------------------------------------------------------------


def mapped(matrix: Matrix3, point: Point) -> Point:
    """A point mapped by a matrix; those on the horizon go very far away."""
    x, y = point
    first, second, third = (row[0] * x + row[1] * y + row[2] for row in matrix)
    weight = third if abs(third) > 1e-9 else 1e-9
    return first / weight, second / weight


def multiplied(first: Matrix3, second: Matrix3) -> Matrix3:
    """The matrix that maps by ``second``, then by ``first``."""

    def row(index: int) -> tuple[float, float, float]:
        return tuple(sum(first[index][k] * second[k][column] for k in range(3)) for column in range(3))  # type: ignore[return-value]

    return row(0), row(1), row(2)


def inverted(matrix: Matrix3) -> Matrix3:
    """The way back; ``ValueError`` for a matrix without one."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if determinant == 0:
        raise ValueError("a matrix of a flat shape has no way back")
    return (
        ((e * i - f * h) / determinant, (c * h - b * i) / determinant, (b * f - c * e) / determinant),
        ((f * g - d * i) / determinant, (a * i - c * g) / determinant, (c * d - a * f) / determinant),
        ((d * h - e * g) / determinant, (b * g - a * h) / determinant, (a * e - b * d) / determinant),
    )


def square_to(corners: Corners) -> Matrix3:
    """The perspective that takes the corners of the unit square to ``corners`` (Heckbert 1989, section 2.2.3)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    sum_x, sum_y = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    dx1, dx2, dy1, dy2 = x1 - x2, x3 - x2, y1 - y2, y3 - y2
    determinant = dx1 * dy2 - dx2 * dy1
    if determinant == 0:
        raise SettingError(
            "The corners make a folded or flat shape, which no perspective shows.",
            "Pull them apart so that no corner points inwards.",
        )
    g = (sum_x * dy2 - dx2 * sum_y) / determinant
    h = (dx1 * sum_y - sum_x * dy1) / determinant
    return (
        (x1 - x0 + g * x1, x3 - x0 + h * x3, x0),
        (y1 - y0 + g * y1, y3 - y0 + h * y3, y0),
        (g, h, 1.0),
    )


def is_convex(corners: Corners) -> bool:
    """Whether four corners, in turn, bend the same way everywhere."""
    turns = []
    for index in range(4):
        (ax, ay), (bx, by), (cx, cy) = (corners[(index + step) % 4] for step in range(3))
        turns.append((bx - ax) * (cy - by) - (by - ay) * (cx - bx))
    return all(turn > _FLAT for turn in turns)


def around(points: Sequence[Point]) -> Rect:
    """The whole pixels around points."""
    x, y = math.floor(min(p[0] for p in points) + 1e-6), math.floor(min(p[1] for p in points) + 1e-6)
    right, bottom = math.ceil(max(p[0] for p in points) - 1e-6), math.ceil(max(p[1] for p in points) - 1e-6)
    return Rect(x, y, right - x, bottom - y)


def _exact(value: float) -> float:
    """Without the last digits' noise, so that quarter turns are exact."""
    nearest = float(round(value))
    return nearest if abs(value - nearest) < 1e-9 else value


def _neighbours(index: int, cells: int) -> tuple[tuple[int, float], ...]:
    """A control point; beyond the border it is the last but one, seen through the last: borders stay straight."""
    if index < 0:
        return (0, 2.0), (1, -1.0)
    if index > cells:
        return (cells, 2.0), (cells - 1, -1.0)
    return ((index, 1.0),)
