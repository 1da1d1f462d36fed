"""Drawing over an existing picture at sizes that suit the model."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.api.inpainting import (
    Fill,
    FloatMask,
    InpaintGeometry,
    Pass,
    blended,
    composite_mask,
    denoise_mask,
    filled,
    inpaint_geometry,
    match_colour,
    match_edge,
    padded,
    sampling_passes,
    scaled,
    schedule_steps,
    steps_run,
)
from studio.api.pictures import composed, opaque, over_ground
from studio.api.specs import DenoiseJob, ToolContext
from studio.document import Pixels, Raster, Rect
from studio.errors import SettingError
from studio.generation import GeneratedImage, GenerationSettings, picture_seed
from studio.generation.pictures import scaled_around
from studio.generation.repeating import Tile, tile_within

_FIRST_GREY = 1e-3
_NEARLY_WHITE = 0.99


@dataclass(frozen=True, kw_only=True, eq=False)
class Redraw:
    """What to draw over.

    ``image`` is uint8 ``(h, w, 3)``, the part ``rect`` of the canvas. ``mask`` is float32 ``(h, w)``, 1
    where it may change, or ``None`` for everywhere. ``preview_mask``, uint8 ``(h, w)``, is how the tool will blend the
    result in, so that the preview shows no more than that; ``None`` shows all of it. ``fill`` replaces the masked part
    first. ``match_colours`` corrects a colour shift by what is outside the mask, and ``match_edge`` carries the colours
    along the mask's edge inwards. In a ``soft`` mask half is half, see `studio.api.inpainting.denoise_mask`.
    ``refine`` allows a second pass. The model draws with sides of ``least_side`` or more, where its limits allow it.
    ``strength`` is 0..1, or ``None`` for that of the settings. `redraw` sets ``tile`` by the settings.
    """

    image: Pixels
    rect: Rect
    mask: FloatMask | None = None
    preview_mask: Pixels | None = None
    fill: Fill = "original"
    match_colours: bool = False
    match_edge: bool = False
    soft: bool = False
    refine: bool = True
    least_side: int = 0
    strength: float | None = None
    tile: Tile = "off"


@dataclass(frozen=True, kw_only=True, eq=False)
class RedrawInside:
    """What part of the canvas to draw over.

    ``selection`` is a mask of the canvas with something chosen in it. ``close`` looks at a small selection from near;
    ``grow``, ``feather`` and ``padding`` (pixels) are worked out where they are ``None``, see
    `studio.api.inpainting.inpaint_geometry`. The others are as in `Redraw`.
    """

    selection: Raster
    fill: Fill = "original"
    strength: float | None = None
    close: bool = False
    match_colours: bool = True
    match_edge: bool = False
    soft: bool = False
    refine: bool = True
    grow: int | None = None
    feather: int | None = None
    padding: int | None = None


def redraw_inside(context: ToolContext, task: RedrawInside) -> tuple[GeneratedImage, ...]:
    """Inpainting: one picture for each seed, with the mask that blends it in; outside of that nothing changes.

    Each is all that the model drew, also what the mask hides, so that more or less of it can be shown afterwards.

    `SettingError` where nothing of the canvas is selected; else as `redraw`.
    """
    document, settings = context.request.document, context.request.settings
    geometry = _geometry(context, task)
    selection = task.selection.read(geometry.context)
    denoise = denoise_mask(selection, geometry, soft=task.soft)
    blend = composite_mask(selection, denoise, geometry, soft=task.soft)
    shown = padded(blend, geometry.box, geometry.context)
    pictures = redraw(
        context,
        Redraw(
            image=over_ground(composed(document, geometry.context)),
            rect=geometry.context,
            mask=denoise,
            preview_mask=shown,
            fill=task.fill,
            match_colours=task.match_colours,
            match_edge=task.match_edge,
            soft=task.soft,
            refine=task.refine,
            least_side=geometry.least_side,
            strength=task.strength,
        ),
    )
    return tuple(
        GeneratedImage(
            pixels=opaque(picture),
            seed=picture_seed(settings.seed, i),
            x=geometry.context.x,
            y=geometry.context.y,
            mask=shown,
            from_canvas=True,
        )
        for i, picture in enumerate(pictures)
    )


def redraw(context: ToolContext, task: Redraw) -> tuple[Pixels, ...]:
    """Run the model over a picture; one picture of ``task.image``'s size for each seed.

    The picture is scaled into the model's limits and back. Where that would lose much, a second, weaker pass
    works on the enlarged result. `SettingError` for a strength of 0; else as `Engine.denoise`.
    """
    settings = context.request.settings
    task = replace(task, tile=tile_within(settings.tile, task.rect, context.request.document.canvas))
    strength = _strength(settings, task.strength)
    if strength <= 0.0:
        raise SettingError("A strength of 0 changes nothing.", "Choose a larger strength.")
    limits = context.engine.limits(settings.model)
    first, *later = sampling_passes(
        task.rect.width,
        task.rect.height,
        limits,
        strength=strength,
        refine=task.refine,
        least_side=task.least_side,
    )
    pictures = _first_pass(context, task, first, later)
    for second in later:
        pictures = _second_pass(context, task, first, second, pictures)
    return tuple(scaled_around(picture, task.rect.width, task.rect.height, task.tile) for picture in pictures)


def draw(context: ToolContext, rect: Rect, *, refine: bool = True) -> tuple[Pixels, ...]:
    """Draw new pictures for ``rect`` of the canvas from noise, one of exactly its size for each seed.

    The model works within its limits. A larger picture is enlarged, and with ``refine`` drawn over once
    more at the larger size. Errors as `Engine.denoise`.
    """
    settings = context.request.settings
    limits = context.engine.limits(settings.model)
    first, *later = sampling_passes(rect.width, rect.height, limits, refine=refine)
    steps_after = settings.count * sum(_steps_of(settings, each) for each in later)
    pictures = context.engine.denoise(
        DenoiseJob.from_settings(settings, width=first.width, height=first.height, rect=rect, steps_after=steps_after)
    )
    for second in later:
        base = Redraw(image=scaled(pictures[0], rect.width, rect.height), rect=rect, tile=settings.tile)
        pictures = _second_pass(context, base, first, second, pictures)
    return tuple(scaled_around(picture, rect.width, rect.height, settings.tile) for picture in pictures)


def _geometry(context: ToolContext, task: RedrawInside) -> InpaintGeometry:
    document, settings = context.request.document, context.request.settings
    selection = task.selection.bounds().intersected(document.canvas)
    if selection.is_empty:
        raise SettingError("There is no mask to draw in.", "Paint over what should change with the mask brush first.")
    return inpaint_geometry(
        document.canvas,
        selection,
        context.engine.limits(settings.model),
        strength=_strength(settings, task.strength),
        close=task.close,
        tile=settings.tile,
        grow=task.grow,
        feather=task.feather,
        padding=task.padding,
    )


def _strength(settings: GenerationSettings, own: float | None) -> float:
    return settings.strength if own is None else own


def _first_pass(context: ToolContext, task: Redraw, first: Pass, later: list[Pass]) -> tuple[Pixels, ...]:
    original, mask = _at_size(task, first)
    start = original if mask is None else filled(original, _replaced(task, mask), task.fill)
    settings = context.request.settings
    steps_after = settings.count * sum(_steps_of(settings, each) for each in later)
    pictures = context.engine.denoise(_job(settings, task, first, start, mask, steps_after=steps_after))
    return tuple(_corrected(task, picture, original, mask) for picture in pictures)


def _second_pass(
    context: ToolContext, task: Redraw, first: Pass, second: Pass, pictures: tuple[Pixels, ...]
) -> tuple[Pixels, ...]:
    original, mask = _at_size(task, second)
    settings = context.request.settings
    before, own = settings.count * _steps_of(settings, first), _steps_of(settings, second)
    refined: list[Pixels] = []
    for index, picture in enumerate(pictures):
        start = scaled_around(picture, second.width, second.height, task.tile)
        if mask is not None:
            start = blended(original, start, _at_least(mask, _FIRST_GREY) if task.soft else mask)
        one = settings.with_changes(seed=picture_seed(settings.seed, index), count=1)
        after = (len(pictures) - 1 - index) * own
        job = _job(one, task, second, start, mask, steps_before=before + index * own, steps_after=after)
        (better,) = context.engine.denoise(job)
        refined.append(_corrected(task, better, original, mask))
    return tuple(refined)


def _steps_of(settings: GenerationSettings, each: Pass) -> int:
    return steps_run(schedule_steps(settings.steps, each.strength), each.strength)


def _replaced(task: Redraw, mask: FloatMask) -> FloatMask:
    """What is filled before denoising: in a soft mask only what is drawn all anew, as the rest is to be seen still."""
    return _at_least(mask, _NEARLY_WHITE) if task.soft else mask


def _at_least(mask: FloatMask, value: float) -> FloatMask:
    """A mask in black and white, white from ``value`` on."""
    return (mask >= value).astype(np.float32)


def _at_size(task: Redraw, each: Pass) -> tuple[Pixels, FloatMask | None]:
    mask = None if task.mask is None else scaled(task.mask, each.width, each.height)
    return scaled_around(task.image, each.width, each.height, task.tile), mask


def _job(
    settings: GenerationSettings, task: Redraw, each: Pass, image: Pixels, mask: FloatMask | None, **steps: int
) -> DenoiseJob:
    return DenoiseJob.from_settings(
        settings,
        steps=schedule_steps(settings.steps, each.strength),
        width=each.width,
        height=each.height,
        strength=each.strength,
        image=image,
        mask=mask,
        rect=task.rect,
        preview_mask=task.preview_mask,
        tile=task.tile,
        soft=task.soft,
        **steps,
    )


def _corrected(task: Redraw, picture: Pixels, original: Pixels, mask: FloatMask | None) -> Pixels:
    if mask is None:
        return picture
    if task.match_colours:
        picture = match_colour(picture, original, mask)
    return match_edge(picture, original, mask) if task.match_edge else picture
