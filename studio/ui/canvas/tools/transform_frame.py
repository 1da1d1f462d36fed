"""The frame of the transform tool: what of it is held, and what a drag makes of it. All in document pixels."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from studio.raster.free_transform import (
    MAX_SKEW,
    MIN_SIDE,
    Corners,
    FreeTransform,
    Point,
    inverted,
    is_convex,
    mapped,
    square_to,
)
from studio.ui.canvas.tools.edges_frame import GRIPS, WHOLE, Grip
from studio.ui.canvas.tools.snapping import Snapping

NO_SNAPPING: Final = Snapping()
TURN_STEP: Final = 15.0
"""Degrees between the angles that Shift keeps to."""
ARM: Final = 28.0
"""Logical view pixels from the frame to the handle that turns it."""
_CORNERS: Final = ((-1, -1), (1, -1), (1, 1), (-1, 1))
"""The grips of the corners, clockwise from the top left."""
_HALVINGS: Final = 20


class Part(Enum):
    """What of the frame can be held."""

    HANDLE = auto()
    INSIDE = auto()
    TURN = auto()
    PIVOT = auto()
    MESH = auto()


@dataclass(frozen=True)
class Hold:
    """What is held: of handles ``grip`` says which, of control points ``index``."""

    part: Part
    grip: Grip = WHOLE
    index: int = 0


@dataclass(frozen=True, kw_only=True)
class Keys:
    """How a drag is meant.

    ``is_straight`` keeps proportions, angles in steps of `TURN_STEP`, and moves level or upright; ``both`` moves the
    opposite side as well; ``is_free`` pulls corners and sides alone: perspective and skew; ``snapping`` attracts
    edges.
    """

    is_straight: bool = False
    both: bool = False
    is_free: bool = False
    snapping: Snapping = NO_SNAPPING


def unit(grip: Grip) -> Point:
    """Where a handle lies in the box, in its own 0..1."""
    return (grip[0] + 1) / 2, (grip[1] + 1) / 2


# --- what is held ---------------------------------------------------------------------------------


def hold_at(
    shape: FreeTransform,
    point: Point,
    to_view: Callable[[Point], Point],
    *,
    reach: float,
    is_warping: bool = False,
    places_pivot: bool = False,
) -> Hold:
    """What lies under a point of the view. ``to_view`` maps canvas points there; ``reach`` is in its pixels.

    A frame that is small on screen can be held inside too. ``places_pivot`` holds the pivot wherever the inside would
    be held.
    """
    outline = [to_view(corner) for corner in shape.outline()]
    if is_warping and shape.mesh is not None:
        points = [to_view(mapped(shape.matrix(), each)) for each in shape.mesh.points]
        nearest = min(range(len(points)), key=lambda index: math.dist(points[index], point))
        if math.dist(points[nearest], point) <= reach:
            return Hold(Part.MESH, index=nearest)
    is_inside = _is_inside(outline, point)
    near = min(reach, max(2.0, _length(outline) / 4)) if is_inside else reach
    grip = None if is_warping else _grip_at(shape, point, to_view, near)
    if grip is not None:
        return Hold(Part.HANDLE, grip)
    if math.dist(turning_handle(shape, to_view), point) <= reach or not is_inside:
        return Hold(Part.TURN)
    return Hold(Part.PIVOT if places_pivot else Part.INSIDE)


def turning_handle(shape: FreeTransform, to_view: Callable[[Point], Point]) -> Point:
    """Where the handle that turns lies in the view: beyond the middle of the upper side."""
    top, middle = to_view(shape.frame_point((0.5, 0.0))), to_view(shape.frame_point((0.5, 0.5)))
    way = math.dist(top, middle) or 1.0
    return top[0] + (top[0] - middle[0]) * ARM / way, top[1] + (top[1] - middle[1]) * ARM / way


def _grip_at(shape: FreeTransform, point: Point, to_view: Callable[[Point], Point], reach: float) -> Grip | None:
    """The handle within reach; corners win over sides."""
    near = [(math.dist(to_view(shape.frame_point(unit(grip))), point), grip) for grip in GRIPS]
    found = [(0 not in grip, distance, grip) for distance, grip in near if distance <= reach]
    if not found:
        return None
    return min(found, key=lambda each: (not each[0], each[1]))[2]


def _length(outline: Sequence[Point]) -> float:
    """The shorter side of a frame in the view."""
    return min(math.dist(outline[0], outline[1]), math.dist(outline[1], outline[2]))


def _is_inside(outline: Sequence[Point], point: Point) -> bool:
    turns = []
    for index, (ax, ay) in enumerate(outline):
        bx, by = outline[(index + 1) % 4]
        turns.append((bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax))
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)


# --- what a drag does -----------------------------------------------------------------------------


def dragged(start: FreeTransform, hold: Hold, begin: Point, end: Point, keys: Keys) -> FreeTransform:
    """``start`` after a drag from ``begin`` to ``end``."""
    match hold.part:
        case Part.INSIDE:
            return _moved(start, begin, end, keys)
        case Part.TURN:
            return _turned(start, begin, end, keys)
        case Part.PIVOT:
            return replace(start, pivot=_clear(mapped(inverted(start.matrix()), end)))
        case Part.MESH:
            return _bent(start, hold.index, begin, end)
        case Part.HANDLE if keys.is_free:
            return _pulled(start, hold.grip, begin, end)
        case Part.HANDLE:
            return _scaled(start, hold.grip, begin, end, keys)


def with_size(shape: FreeTransform, width: float | None, height: float | None) -> FreeTransform:
    """With the frame's own sides so long, in pixels, about the pivot; below 0 mirrored, never below `MIN_SIDE`."""
    scale_x = shape.scale_x if width is None else _at_least(width, shape.scale_x) / shape.box.width
    scale_y = shape.scale_y if height is None else _at_least(height, shape.scale_y) / shape.box.height
    return shape.keeping(shape.pivot, lambda each: replace(each, scale_x=scale_x, scale_y=scale_y))


def on_pixels(shape: FreeTransform) -> FreeTransform:
    """Moved by less than a pixel, so that upright edges at the left and at the top lie between pixels."""
    if shape.angle % 90.0 or shape.skew or not shape.is_affine:
        return shape
    x, y = (min(point[axis] for point in shape.outline()) for axis in (0, 1))
    return shape.moved(round(x) - x, round(y) - y)


def _moved(start: FreeTransform, begin: Point, end: Point, keys: Keys) -> FreeTransform:
    """By whole pixels, so that what is only moved stays sharp."""
    dx, dy = end[0] - begin[0], end[1] - begin[1]
    if keys.is_straight:
        dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
    bounds = start.moved(dx, dy).bounds()
    middle = (bounds.x + bounds.width / 2, bounds.y + bounds.height / 2)
    pull_x = keys.snapping.across.offset((bounds.x, middle[0], bounds.right), keys.snapping.reach)
    pull_y = keys.snapping.down.offset((bounds.y, middle[1], bounds.bottom), keys.snapping.reach)
    return start.moved(float(round(dx + pull_x)), float(round(dy + pull_y)))


def _turned(start: FreeTransform, begin: Point, end: Point, keys: Keys) -> FreeTransform:
    pivot = start.frame_point(start.pivot)
    before, after = (math.atan2(point[1] - pivot[1], point[0] - pivot[0]) for point in (begin, end))
    degrees = math.degrees(after - before)
    if keys.is_straight:
        degrees = round((start.angle + degrees) / TURN_STEP) * TURN_STEP - start.angle
    return start.turned(degrees)


def _bent(start: FreeTransform, index: int, begin: Point, end: Point) -> FreeTransform:
    if start.mesh is None:
        return start
    back, old = inverted(start.matrix()), start.mesh.points[index]
    at = mapped(start.matrix(), old)
    to = (at[0] + end[0] - begin[0], at[1] + end[1] - begin[1])
    return replace(start, mesh=start.mesh.moved(index, mapped(back, to)))


def _pulled(start: FreeTransform, grip: Grip, begin: Point, end: Point) -> FreeTransform:
    """A corner, or both corners of a side, pulled alone: as far as the shape stays one that perspective shows."""
    way = _in_box(start, begin, end)
    if 0 in grip:
        way = (way[0], 0.0) if grip[0] == 0 else (0.0, way[1])

    def corners(share: float) -> Corners:
        first, second, third, fourth = (
            (x + way[0] * share, y + way[1] * share) if _is_held(grip, corner) else (x, y)
            for corner, (x, y) in zip(_CORNERS, start.corners, strict=True)
        )
        return first, second, third, fourth

    if 0 in grip and start.is_affine:
        return _skewed(start, grip, way)
    if is_convex(corners(1.0)):
        return replace(start, corners=corners(1.0))
    good, bad = 0.0, 1.0
    for _halving in range(_HALVINGS):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if is_convex(corners(middle)) else (good, middle)
    return replace(start, corners=corners(good))


def _skewed(start: FreeTransform, grip: Grip, way: Point) -> FreeTransform:
    """A side shifted along itself; the opposite one stays."""
    (a, b, _), (c, d, _), _ = start.affine()
    if grip[0] == 0:
        b, d = b + grip[1] * way[0] * a, d + grip[1] * way[0] * c
    else:
        a, c = a + grip[0] * way[1] * b, c + grip[0] * way[1] * d
    width = math.copysign(math.hypot(a, c), start.scale_x)
    turn = math.atan2(c / width, a / width)
    lean = b * math.cos(turn) + d * math.sin(turn)
    height = -b * math.sin(turn) + d * math.cos(turn)
    skew = math.degrees(math.atan(-lean / height)) if height else 90.0
    if abs(skew) > MAX_SKEW or abs(width) < MIN_SIDE or abs(height) < MIN_SIDE:
        return start
    changed = replace(
        start,
        scale_x=width / start.box.width,
        scale_y=height / start.box.height,
        angle=math.degrees(turn),
        skew=skew,
    )
    return start.keeping(unit((-grip[0], -grip[1])), lambda _start: changed)


def _scaled(start: FreeTransform, grip: Grip, begin: Point, end: Point, keys: Keys) -> FreeTransform:
    handle = start.frame_point(unit(grip))
    target = (handle[0] + end[0] - begin[0], handle[1] + end[1] - begin[1])
    if start.angle % 90.0 == 0.0 and start.skew == 0.0:
        pull_x = keys.snapping.across.offset(target[:1], keys.snapping.reach)
        pull_y = keys.snapping.down.offset(target[1:], keys.snapping.reach)
        target = float(round(target[0] + pull_x)), float(round(target[1] + pull_y))
    anchor = start.pivot if keys.both else unit((-grip[0], -grip[1]))
    at, fixed = (mapped(square_to(start.corners), each) for each in (unit(grip), anchor))
    way = _in_box(start, handle, target)
    across = _factor(at[0] - fixed[0], way[0], grip[0])
    down = _factor(at[1] - fixed[1], way[1], grip[1])
    if keys.is_straight:
        across = down = _common(start, (at[0] - fixed[0], at[1] - fixed[1]), way, grip)
    scale_x = _at_least(start.scale_x * start.box.width * across, start.scale_x) / start.box.width
    scale_y = _at_least(start.scale_y * start.box.height * down, start.scale_y) / start.box.height
    return start.keeping(anchor, lambda each: replace(each, scale_x=scale_x, scale_y=scale_y))


def _factor(length: float, way: float, held: int) -> float:
    return 1.0 if not held or abs(length) < 1e-6 else (length + way) / length


def _common(start: FreeTransform, length: Point, way: Point, grip: Grip) -> float:
    """One factor for both sides: along the way from what stays to the handle."""
    width, height = start.box.width * start.scale_x, start.box.height * start.scale_y
    along = (length[0] * width if grip[0] else 0.0, length[1] * height if grip[1] else 0.0)
    moved = (way[0] * width, way[1] * height)
    square = along[0] ** 2 + along[1] ** 2
    return 1.0 if square < 1e-9 else 1.0 + (along[0] * moved[0] + along[1] * moved[1]) / square


def _in_box(shape: FreeTransform, begin: Point, end: Point) -> Point:
    """A way on the canvas in the box's own 0..1, before scale, skew and angle."""
    back = inverted(shape.affine())
    first, second = mapped(back, begin), mapped(back, end)
    return second[0] - first[0], second[1] - first[1]


def _is_held(grip: Grip, corner: Grip) -> bool:
    return all(side in (0, own) for side, own in zip(grip, corner, strict=True))


def _at_least(length: float, before: float) -> float:
    """A length, or the least that a side may have in its direction (or in the one that it had)."""
    return length if abs(length) >= MIN_SIDE else math.copysign(MIN_SIDE, length or before)


def _clear(point: Point) -> Point:
    """A pivot, in the middle, a corner or a side's middle where it is nearly there."""
    near = [float(round(value * 2)) / 2 for value in point]
    x, y = (n if abs(n - v) < 0.03 and 0 <= n <= 1 else v for n, v in zip(near, point, strict=True))
    return x, y
