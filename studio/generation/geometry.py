"""The numbers of inpainting: how far to feather, what the model sees, at which size, in how many passes.

The constants are those in use for models trained at 512 pixels (see the field notes of Krita's AI plugin);
for others they scale with `native_side / 512`. ``d`` below is the diagonal of the selection's bounding box.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from studio.document import Rect
from studio.generation.limits import ModelLimits
from studio.generation.repeating import Tile, along

_REFERENCE_SIDE = 512
_MAX_ASPECT = 1.5
"""Longest to shortest side of a context: what models trained on 512x768 still draw well."""

_BOX_MULTIPLE = 16
_CONTEXT_MULTIPLE = 8
_CELLS_OF_A_THING = 18
"""Latent cells that a mask has to span for a whole thing to be drawn in it. Measured with the model that ships: a
castle appeared for none of ten seeds in a mask of 6 cells, and for all in one of 18."""
_CELLS_THAT_DO = 11
"""From so many on a thing appears also without looking closer, and then fits better into what is around it."""
_NEAREST = 8.0
"""Nobody looks nearer than this many times: there is nothing to see in a few enlarged pixels."""
_TWO_PASS_BELOW = 0.9
_REFINE_LIMIT = 2.0
"""A second pass works at up to this many times the largest side for the first: beyond it only memory grows."""

REFINE_STRENGTH = 0.4
"""Strength of the second pass."""

MINIMUM_STEPS = 4
"""Denoising steps that run at least, however small the strength."""


_MOST_STEPS = 1000
"""Time steps that the models are trained with; no schedule has more."""


@dataclass(frozen=True, kw_only=True)
class InpaintGeometry:
    """Where an inpainting acts, in canvas pixels.

    ``selection`` is the bounding box of the selected pixels, ``box`` the part of the canvas that is
    replaced, ``context`` the part that the model sees; each lies in the next and in the canvas.
    ``grow`` dilates the selection, ``feather`` is the width of the denoise mask's ramp and ``blend`` that
    of the composite mask's. The model draws the context with sides of ``least_side`` pixels or more.
    """

    selection: Rect
    box: Rect
    context: Rect
    grow: int
    feather: int
    blend: int
    least_side: int


@dataclass(frozen=True)
class Pass:
    """One call of the model: its size in pixels and its strength."""

    width: int
    height: int
    strength: float


def inpaint_geometry(
    canvas: Rect,
    selection: Rect,
    limits: ModelLimits,
    *,
    strength: float = 1.0,
    grow: int | None = None,
    feather: int | None = None,
    padding: int | None = None,
    close: bool = False,
    tile: Tile = "off",
) -> InpaintGeometry:
    """Geometry for a selection's bounding box on a canvas.

    ``grow``, ``feather`` (pixels) and ``padding`` (pixels of context around the box) are worked out unless
    given. With ``close`` the model looks at a small selection from near, at the price of its surroundings, unless
    ``padding`` is given. A model that sees what is kept takes what is free for the place of a thing, so there the
    selection hardly grows. With ``tile`` the model sees the canvas from one side to the other along these axes, and
    nothing from near. ``ValueError`` if the selection does not touch the canvas.
    """
    selection = selection.intersected(canvas)
    if selection.is_empty:
        raise ValueError("the selection lies outside the canvas")
    near = nearness(selection, limits) if close and padding is None and tile == "off" else 1.0
    least_side = limits.minimum_side if near == 1.0 else _side_for_details(limits)
    seen = limits.native_side if near == 1.0 else round(least_side / near)
    unit = seen / _REFERENCE_SIDE
    diagonal = math.hypot(selection.width, selection.height)
    edge = max(1, round(4 * unit))
    if feather is None:
        feather = max(math.floor(0.10 * strength * diagonal), round(32 * unit * strength))
    if grow is None:
        grow = edge if limits.sees_kept else edge + feather // 2
    reach = grow + feather // 2
    blend = min(max(1, round(25 * unit)), reach)
    box = _box(canvas, selection, max(reach, feather + edge) + math.floor(0.06 * diagonal), round(256 * unit))
    if near > 1.0:
        padding = 0
    elif padding is None:
        padding = max(max(canvas.width, canvas.height) // 16, (box.width + box.height) // 4)
    context = _across(_context(canvas, box, padding, seen), canvas, tile)
    return InpaintGeometry(
        selection=selection,
        box=box,
        context=context,
        grow=grow,
        feather=feather,
        blend=blend,
        least_side=least_side,
    )


def nearness(selection: Rect, limits: ModelLimits) -> float:
    """How many times a selection's bounding box has to be enlarged for a thing to be drawn in it; at least 1."""
    cells = max(1, selection.width, selection.height) / limits.multiple
    return 1.0 if cells >= _CELLS_THAT_DO else min(_NEAREST, _CELLS_OF_A_THING / cells)


def _side_for_details(limits: ModelLimits) -> int:
    """At which side a part is drawn that is looked at close up."""
    # A model for small pictures draws things clearly better in larger ones, and is quick; others would take too long.
    return limits.maximum_side if limits.native_side < _REFERENCE_SIDE else limits.minimum_side


def sampling_passes(
    width: int, height: int, limits: ModelLimits, *, strength: float = 1.0, refine: bool = True, least_side: int = 0
) -> tuple[Pass, ...]:
    """At which sizes to run the model for a picture of ``width`` x ``height`` pixels.

    The first pass keeps both sides within the limits, and at ``least_side`` or more where those allow it. When that
    loses more than a tenth of the resolution and ``refine`` is set, a second pass of `REFINE_STRENGTH` follows at the
    full size (at most twice the largest side), on the enlarged result of the first.
    """
    limits = replace(limits, minimum_side=max(limits.minimum_side, least_side))
    scale = _scale_into(width, height, limits)
    first = Pass(_within(width * scale, limits), _within(height * scale, limits), strength)
    if not refine or scale >= _TWO_PASS_BELOW:
        return (first,)
    larger = min(1.0, _REFINE_LIMIT * limits.maximum_side / max(width, height))
    second = Pass(
        max(first.width, _multiple(width * larger, limits.multiple)),
        max(first.height, _multiple(height * larger, limits.multiple)),
        min(strength, REFINE_STRENGTH),
    )
    return (first, second) if (second.width, second.height) != (first.width, first.height) else (first,)


def schedule_steps(steps: int, strength: float) -> int:
    """Steps of the whole schedule such that the part that ``strength`` (above 0) runs keeps `MINIMUM_STEPS`.

    The part that runs is ``steps - round(steps * (1 - strength))``: see `steps_run`.
    """
    wanted = min(MINIMUM_STEPS, steps)
    if steps_run(steps, strength) >= wanted:
        return steps
    return min(_MOST_STEPS, math.ceil(wanted / strength))


def steps_run(steps: int, strength: float) -> int:
    """How many of ``steps`` are run at a strength."""
    return steps - round(steps * (1.0 - strength))


def _box(canvas: Rect, selection: Rect, padding: int, minimum: int) -> Rect:
    width = _box_side(selection.width, padding, minimum, canvas.width)
    height = _box_side(selection.height, padding, minimum, canvas.height)
    return _around(selection, width, height, canvas)


def _box_side(selected: int, padding: int, minimum: int, available: int) -> int:
    wanted = max(selected + 2 * padding, minimum)
    return min(math.ceil(wanted / _BOX_MULTIPLE) * _BOX_MULTIPLE, available)


def _context(canvas: Rect, box: Rect, padding: int, minimum: int) -> Rect:
    width = min(max(box.width + 2 * padding, minimum), canvas.width)
    height = min(max(box.height + 2 * padding, minimum), canvas.height)
    width, height = max(width, math.ceil(height / _MAX_ASPECT)), max(height, math.ceil(width / _MAX_ASPECT))
    return _around(
        box, _context_side(width, box.width, canvas.width), _context_side(height, box.height, canvas.height), canvas
    )


def _across(context: Rect, canvas: Rect, tile: Tile) -> Rect:
    """The context from one side of the canvas to the other along the axes on which the picture goes on there."""
    across, down = along(tile)
    x, width = (canvas.x, canvas.width) if across else (context.x, context.width)
    y, height = (canvas.y, canvas.height) if down else (context.y, context.height)
    return Rect(x, y, width, height)


def _context_side(wanted: int, least: int, available: int) -> int:
    side = math.ceil(wanted / _CONTEXT_MULTIPLE) * _CONTEXT_MULTIPLE
    if side <= available:
        return side
    side = available // _CONTEXT_MULTIPLE * _CONTEXT_MULTIPLE
    return side if side >= least else available


def _around(inner: Rect, width: int, height: int, canvas: Rect) -> Rect:
    """A rectangle centred on ``inner`` and shifted into the canvas."""
    x = inner.x - (width - inner.width) // 2
    y = inner.y - (height - inner.height) // 2
    x = min(max(x, canvas.x), canvas.right - width)
    y = min(max(y, canvas.y), canvas.bottom - height)
    return Rect(x, y, width, height)


def _scale_into(width: int, height: int, limits: ModelLimits) -> float:
    longest, shortest = max(width, height), min(width, height)
    if longest > limits.maximum_side:
        return limits.maximum_side / longest
    if shortest < limits.minimum_side:
        return min(limits.minimum_side / shortest, limits.maximum_side / longest)
    return 1.0


def _within(side: float, limits: ModelLimits) -> int:
    # A side far below the minimum is stretched: the model can draw nothing in a strip of a few pixels.
    least = _multiple(limits.minimum_side / 2, limits.multiple)
    return min(max(_multiple(side, limits.multiple), least), limits.maximum_side)


def _multiple(side: float, multiple: int) -> int:
    return max(multiple, round(side / multiple) * multiple)
