"""Pixels of sparse rasters under a `FreeTransform`: each is found by the way back to where it came from.

What comes out is made in blocks that read only the part of the source that they show, so that memory stays bounded,
work can be cancelled and empty parts cost nothing. Where the way shrinks, several samples a pixel are averaged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import TILE_SIZE, Pixels, Raster, Rect, TileKey
from studio.raster.free_transform import FreeTransform, Matrix3, Mesh, around, inverted, mapped, multiplied
from studio.raster.mesh_ways import MeshWay
from studio.raster.resample import OPENCV, REACH, Resampling, valid
from studio.raster.spaces import BlendSpace, Values, blend_space

Floats = NDArray[np.float32]
Heed = Callable[[float], object]
"""Is told how far the work is, 0..1, and may raise `Cancelled`."""

_BLOCK: Final = 4 * TILE_SIZE
_MOST_SAMPLES: Final = 2048
"""Along a side of what is sampled at once."""
_EDGE_SAMPLES: Final = 256
"""The same where edges of the source have to be looked after."""
_SMALLEST: Final = 16
_MOST_A_PIXEL: Final = 16
"""Samples along a side of one pixel; only near a horizon more would be wanted."""
_LONGEST_READ: Final = 16384
"""Pixels along a side that are read at once: OpenCV takes fewer than 32768."""
_SHARP: Final = 1.5
"""Source pixels a pixel up to which one sample is enough."""


@dataclass(frozen=True)
class Exact:
    """A way on which every pixel stays one: mirrored left to right, then turned clockwise by quarters, then moved.

    ``x`` and ``y`` are where the top left of the box's picture comes to lie.
    """

    is_mirrored: bool
    quarters: int
    x: int
    y: int


def exact_way(transform: FreeTransform) -> Exact | None:
    """What a transform does where no pixel has to be made anew; half pixels are rounded. ``None`` for others."""
    box = transform.box
    (a, b, _), (c, d, _), _ = transform.affine()
    if not transform.is_affine:
        return None
    unit = tuple(_sign(value) for value in (a / box.width, b / box.height, c / box.width, d / box.height))
    if unit not in _QUARTERS:
        return None
    is_mirrored, quarters = _QUARTERS[unit]
    left = min(point[0] for point in transform.outline())
    top = min(point[1] for point in transform.outline())
    return Exact(is_mirrored, quarters, box.x + _nearest(left - box.x), box.y + _nearest(top - box.y))


def warped(
    raster: Raster, transform: FreeTransform, how: Resampling, *, gamma: float = 1.0, heed: Heed = lambda _share: None
) -> Raster:
    """A raster transformed. Where only the box is mapped (perspective, warp), nothing is left of what lies beside it.

    ``gamma`` is the exponent of the space in which pixels are mixed, see `Document`. Raises what `FreeTransform.check`
    and ``heed`` do.
    """
    transform.check()
    exact = exact_way(transform)
    if exact is not None:
        return _placed(raster, transform.box, exact)
    source = _inside(raster, transform)
    bounds = source.bounds()
    empty = Raster(raster.channels, raster.default)
    if bounds.is_empty:
        return empty
    space = blend_space(gamma if raster.channels == 4 else 1.0)
    sampler = Sampler(source, bounds, Way.of(transform), how, space=space)
    reached = sampler.reached()
    blocks = list(_blocks(reached))
    tiles: dict[TileKey, Pixels | None] = {}
    for number, block in enumerate(blocks):
        heed(number / len(blocks))
        part = block.intersected(reached)
        pixels = sampler.pixels(part)
        if pixels is not None:
            tiles.update(empty.with_array(pixels, part.x, part.y).tiles)
    return empty.with_tiles(tiles)


@dataclass(frozen=True, eq=False)
class Way:
    """From source pixels to those that come out. ``box`` is x, y, width and height in source pixels; ``matrix`` leads
    from its own 0..1 to what comes out, after ``mesh`` has bent it."""

    box: tuple[float, float, float, float]
    matrix: Matrix3
    mesh: Mesh | None
    steps: int = 16
    """Flat pieces that a cell of the mesh is drawn in, along a side."""

    @classmethod
    def of(cls, transform: FreeTransform) -> Way:
        box = transform.box
        mesh = transform.mesh if transform.is_warped else None
        return cls((box.x, box.y, box.width, box.height), transform.matrix(), mesh)

    def seen(self, area: Rect, level: int, source_level: int) -> Way:
        """From a source reduced by 2**``source_level`` to what is seen of ``area``, reduced by 2**``level``."""
        size, source = float(1 << level), float(1 << source_level)
        shrink: Matrix3 = ((1 / size, 0.0, -area.x / size), (0.0, 1 / size, -area.y / size), (0.0, 0.0, 1.0))
        x, y, width, height = (value / source for value in self.box)
        return Way((x, y, width, height), multiplied(shrink, self.matrix), self.mesh, steps=6)

    def forward(self) -> Matrix3:
        """From source pixels to what comes out, without the mesh."""
        x, y, width, height = self.box
        return multiplied(self.matrix, ((1 / width, 0.0, -x / width), (0.0, 1 / height, -y / height), (0.0, 0.0, 1.0)))

    def stretch(self) -> float:
        """How many pixels come out of one of the source, along the side that grows most, in the middle of the box."""
        x, y, width, height = self.box
        forward, middle = self.forward(), (x + width / 2, y + height / 2)
        here = mapped(forward, middle)
        sides = [mapped(forward, (middle[0] + dx, middle[1] + dy)) for dx, dy in ((1.0, 0.0), (0.0, 1.0))]
        return max(math.dist(here, side) for side in sides)


class Sampler:
    """Makes any part of what comes out of a raster whose pixels lie in ``bounds`` (not empty).

    ``is_rough`` is for looking at: edges of the source fade over a pixel of it, in place of one of what comes out.
    """

    def __init__(
        self,
        source: Raster,
        bounds: Rect,
        way: Way,
        how: Resampling,
        *,
        space: BlendSpace,
        is_rough: bool = False,
    ) -> None:
        self._source = source
        self._bounds = bounds
        self._how = how
        self._space = space
        self._way = way
        self._mesh = None if way.mesh is None else MeshWay(way.box, way.matrix, way.mesh, way.steps)
        self._back = inverted(way.forward()) if self._mesh is None else None
        self._has_straight_edges = self._mesh is None and how is not Resampling.NEAREST and not is_rough

    def reached(self) -> Rect:
        """The whole pixels that may come out."""
        margin = REACH[self._how]
        if self._mesh is not None:
            return around(self._mesh.outline()).expanded(margin)
        box, forward = self._bounds, self._way.forward()
        corners = [mapped(forward, (x, y)) for x in (box.x, box.right) for y in (box.y, box.bottom)]
        return around(corners).expanded(margin)

    def pixels(self, area: Rect) -> Pixels | None:
        """What comes out in ``area``: uint8 ``(h, w, 4)`` or ``(h, w)``; ``None`` where nothing is."""
        if self._is_beyond(area):
            return None
        across, down = self._samples(area)
        has_edges = self._has_straight_edges and not self._is_inner(area)
        is_too_large = max(area.width * across, area.height * down) > (_EDGE_SAMPLES if has_edges else _MOST_SAMPLES)
        if is_too_large and max(area.width, area.height) > _SMALLEST:
            return self._in_parts(area)
        columns, rows = self._came_from(area, across, down)
        wanted = self._wanted(area, columns, rows)
        part = None if wanted is None else self._read(wanted)
        if part is None:
            return None
        values, x, y, thinned = part
        how = self._how if across * down == 1 or self._how is Resampling.NEAREST else Resampling.BILINEAR
        sampled = cv2.remap(
            values,
            (columns - np.float32(x)) / np.float32(thinned) - np.float32(0.5),
            (rows - np.float32(y)) / np.float32(thinned) - np.float32(0.5),
            OPENCV[how],
            borderMode=cv2.BORDER_REPLICATE if self._has_straight_edges else cv2.BORDER_CONSTANT,
            borderValue=(self._source.default,) * 4,
        )
        if has_edges:
            sampled = self._ending(sampled, self._coverage(area, (across, down), columns, rows))
        if across * down > 1:
            sampled = cv2.resize(sampled, (area.width, area.height), interpolation=cv2.INTER_AREA)
        if sampled.ndim == 2:
            return np.asarray(sampled, np.uint8)
        return valid(self._space.store(np.asarray(sampled)))

    def _in_parts(self, area: Rect) -> Pixels | None:
        width, height = -(-area.width // 2), -(-area.height // 2)
        shape = (area.height, area.width, 4)[: 3 if self._source.channels == 4 else 2]
        out = np.full(shape, self._source.default, np.uint8)
        is_anything = False
        for x in range(0, area.width, width):
            for y in range(0, area.height, height):
                part = Rect(area.x + x, area.y + y, min(width, area.width - x), min(height, area.height - y))
                pixels = self.pixels(part)
                if pixels is not None:
                    out[y : y + part.height, x : x + part.width] = pixels
                    is_anything = True
        return out if is_anything else None

    def _samples(self, area: Rect) -> tuple[int, int]:
        """How many samples a pixel of an area needs, across and down."""
        if self._how is Resampling.NEAREST:
            return 1, 1
        if self._mesh is not None:
            density = self._mesh.density(area)
            return _count(density), _count(density)
        assert self._back is not None
        across = down = 0.0
        for x in (area.x, area.right):
            for y in (area.y, area.bottom):
                here = mapped(self._back, (x, y))
                across = max(across, math.dist(here, mapped(self._back, (x + 1.0, y))))
                down = max(down, math.dist(here, mapped(self._back, (x, y + 1.0))))
        return _count(across), _count(down)

    def _came_from(self, area: Rect, across: int, down: int) -> tuple[Floats, Floats]:
        """Where in the source each sample of an area came from, in pixels; far away where from nowhere."""
        xs = area.x + (np.arange(area.width * across) + 0.5) / across
        ys = area.y + (np.arange(area.height * down) + 0.5) / down
        if self._mesh is not None:
            return self._mesh.back(xs, ys)
        assert self._back is not None
        (a, b, c), (d, e, f), (g, h, i) = self._back
        if g == h == 0:
            columns = (a / i * xs + c / i)[None] + (b / i * ys)[:, None]
            rows = (d / i * xs + f / i)[None] + (e / i * ys)[:, None]
            return columns.astype(np.float32), rows.astype(np.float32)
        weight = (g * xs + i)[None] + (h * ys)[:, None]
        weight[np.abs(weight) < 1e-12] = 1e-12
        columns = ((a * xs + c)[None] + (b * ys)[:, None]) / weight
        rows = ((d * xs + f)[None] + (e * ys)[:, None]) / weight
        return columns.astype(np.float32), rows.astype(np.float32)

    def _is_inner(self, area: Rect) -> bool:
        """Whether all of an area comes from well inside the source, where its edges are of no account."""
        assert self._back is not None
        box = self._bounds
        corners = [mapped(self._back, (x, y)) for x in (area.x, area.right) for y in (area.y, area.bottom)]
        return self._is_one_side(area) and all(
            box.x + 1 <= x <= box.right - 1 and box.y + 1 <= y <= box.bottom - 1 for x, y in corners
        )

    def _coverage(self, area: Rect, samples: tuple[int, int], columns: Floats, rows: Floats) -> Floats:
        """How much of each sample lies within the edges of the source, 0..1: they stay as sharp as pixels can show."""
        assert self._back is not None
        (a, b, _), (d, e, _), (g, h, i) = self._back
        across, down = samples
        xs = (area.x + (np.arange(columns.shape[1]) + 0.5) / across)[None]
        ys = (area.y + (np.arange(columns.shape[0]) + 0.5) / down)[:, None]
        weight = np.float32(1) if g == h == 0 else (g * xs + h * ys + i).astype(np.float32)
        box, covered = self._bounds, np.ones(columns.shape, np.float32)
        for places, first, last, by_x, by_y in (
            (columns, box.x, box.right, a, b),
            (rows, box.y, box.bottom, d, e),
        ):
            step_x = (np.float32(by_x) - np.float32(g) * places) / (weight * np.float32(across))
            step_y = (np.float32(by_y) - np.float32(h) * places) / (weight * np.float32(down))
            step = np.maximum(cv2.magnitude(step_x, step_y), np.float32(1e-9))
            inside = np.minimum(places - np.float32(first), np.float32(last) - places) / step + np.float32(0.5)
            covered = covered * np.clip(inside, 0, 1)
        return np.asarray(covered, np.float32)

    def _ending(self, values: Values, covered: Floats) -> Values:
        """Values that go over into the default where they are not covered."""
        ends = covered < 1
        share = covered[ends] if values.ndim == 2 else covered[ends][:, None]
        mixed = values[ends] * share + np.float32(self._source.default) * (1 - share)
        values[ends] = np.rint(mixed) if values.dtype == np.uint8 else mixed
        return values

    def _is_beyond(self, area: Rect) -> bool:
        """Whether it is known without a look at each sample that nothing comes out in an area."""
        if self._mesh is not None:
            return self._mesh.density(area) == 0
        if not self._is_one_side(area):
            return False
        assert self._back is not None
        corners = [mapped(self._back, (x, y)) for x in (area.x, area.right) for y in (area.y, area.bottom)]
        came_from = around(corners).expanded(REACH[self._how] + 1).intersected(self._bounds)
        return not any(key in self._source.tiles for key in came_from.tile_keys())

    def _wanted(self, area: Rect, columns: Floats, rows: Floats) -> Rect | None:
        """The part of the source that the samples of an area need; ``None`` if there is nothing."""
        margin = REACH[self._how]
        near = self._bounds if self._has_straight_edges else self._bounds.expanded(margin)
        if self._back is not None and self._is_one_side(area):
            corners = [mapped(self._back, (x, y)) for x in (area.x, area.right) for y in (area.y, area.bottom)]
            found = around(corners).expanded(margin + 1).intersected(near)
            return None if found.is_empty else found
        around_it = near.expanded(1)
        is_near = (columns > around_it.x) & (columns < around_it.right)
        is_near &= (rows > around_it.y) & (rows < around_it.bottom)
        if not is_near.any():
            return None
        x, y = math.floor(columns[is_near].min()) - margin, math.floor(rows[is_near].min()) - margin
        right, bottom = math.ceil(columns[is_near].max()) + margin, math.ceil(rows[is_near].max()) + margin
        return Rect(x, y, right - x, bottom - y).intersected(near)

    def _is_one_side(self, area: Rect) -> bool:
        """Whether an area lies on one side of the horizon, so that its corners tell where all of it came from."""
        assert self._back is not None
        g, h, i = self._back[2]
        weights = [g * x + h * y + i for x in (area.x, area.right) for y in (area.y, area.bottom)]
        return min(weights) > 1e-9 or max(weights) < -1e-9

    def _read(self, wanted: Rect) -> tuple[Values, int, int, int] | None:
        """A part of the source: its values, its top left, and by how much it was thinned out; ``None`` if empty."""
        if not any(key in self._source.tiles for key in wanted.tile_keys()):
            return None
        thinned = -(-max(wanted.width, wanted.height) // _LONGEST_READ)
        pixels = np.ascontiguousarray(self._source.read(wanted)[::thinned, ::thinned])
        return (self._space.load(pixels) if pixels.ndim == 3 else pixels), wanted.x, wanted.y, thinned


def _count(density: float) -> int:
    """Samples along a side of a pixel for so many source pixels."""
    return 1 if density <= _SHARP else min(_MOST_A_PIXEL, math.ceil(density))


def _inside(raster: Raster, transform: FreeTransform) -> Raster:
    """The part of a raster that a transform says something about: for perspective and warp only what is in the box."""
    if transform.is_affine:
        return raster
    box = transform.box
    if raster.bounds().intersected(box) == raster.bounds():
        return raster
    return Raster(raster.channels, raster.default).with_array(raster.read(box), box.x, box.y)


def _placed(raster: Raster, box: Rect, exact: Exact) -> Raster:
    """A raster whose pixels are turned about as they are."""
    held = raster.tile_bounds()
    if held.is_empty:
        return raster
    if not exact.is_mirrored and exact.quarters == 0:
        return raster.translated(exact.x - box.x, exact.y - box.y)
    pixels = raster.read(held)
    left, top, right, bottom = held.x - box.x, held.y - box.y, box.right - held.right, box.bottom - held.bottom
    if exact.is_mirrored:
        pixels, left, right = pixels[:, ::-1], right, left
    for _quarter in range(exact.quarters):
        left, top, right, bottom = bottom, left, top, right
    turned = np.ascontiguousarray(np.rot90(pixels, -exact.quarters))
    return Raster(raster.channels, raster.default).with_array(turned, exact.x + left, exact.y + top)


def _blocks(area: Rect) -> Iterator[Rect]:
    """Squares of whole tiles that cover an area."""
    for y in range(area.y // _BLOCK * _BLOCK, area.bottom, _BLOCK):
        for x in range(area.x // _BLOCK * _BLOCK, area.right, _BLOCK):
            yield Rect(x, y, _BLOCK, _BLOCK)


def _sign(value: float) -> int | None:
    """-1, 0 or 1 where a number is that, but for its last digits."""
    nearest = round(value)
    return nearest if abs(value - nearest) < 1e-9 and abs(nearest) <= 1 else None


def _nearest(way: float) -> int:
    """The nearest whole number; halves go towards 0, so that turns one way and back again end where they began."""
    return int(math.copysign(math.ceil(abs(way) - 0.5 - 1e-9), way))


_QUARTERS: Final = {
    (1, 0, 0, 1): (False, 0),
    (0, -1, 1, 0): (False, 1),
    (-1, 0, 0, -1): (False, 2),
    (0, 1, -1, 0): (False, 3),
    (-1, 0, 0, 1): (True, 0),
    (0, -1, -1, 0): (True, 1),
    (1, 0, 0, -1): (True, 2),
    (0, 1, 1, 0): (True, 3),
}
"""The matrices that only mirror and turn: mirrored first, then so many quarters clockwise."""
