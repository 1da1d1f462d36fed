"""Drawing over an existing picture at sizes that suit the model."""

from __future__ import annotations

from dataclasses import dataclass

from studio.api.inpainting import (
    Fill,
    FloatMask,
    Pass,
    blended,
    filled,
    match_colour,
    sampling_passes,
    scaled,
    schedule_steps,
    steps_run,
)
from studio.api.specs import DenoiseJob, ToolContext
from studio.document import Pixels, Rect
from studio.errors import SettingError
from studio.generation import GenerationSettings, picture_seed


@dataclass(frozen=True, kw_only=True, eq=False)
class Redraw:
    """What to draw over.

    ``image`` is uint8 ``(h, w, 3)``, the part ``rect`` of the canvas. ``mask`` is float32 ``(h, w)``, 1
    where it may change, or ``None`` for everywhere. ``preview_mask``, uint8 ``(h, w)``, is how the tool will blend the
    result in, so that the preview shows no more than that; ``None`` shows all of it. ``fill`` replaces the masked part
    first. ``match_colours`` corrects a colour shift by what is outside the mask. ``refine`` allows a second pass. The
    model draws with sides of ``least_side`` or more, where its limits allow it.
    """

    image: Pixels
    rect: Rect
    mask: FloatMask | None = None
    preview_mask: Pixels | None = None
    fill: Fill = "original"
    match_colours: bool = False
    refine: bool = True
    least_side: int = 0


def redraw(context: ToolContext, task: Redraw) -> tuple[Pixels, ...]:
    """Run the model over a picture with the settings' strength; one picture of ``task.image``'s size for each seed.

    The picture is scaled into the model's limits and back. Where that would lose much, a second, weaker pass
    works on the enlarged result. `SettingError` for a strength of 0; else as `Engine.denoise`.
    """
    settings = context.request.settings
    if settings.strength <= 0.0:
        raise SettingError("A strength of 0 changes nothing.", "Choose a larger strength.")
    limits = context.engine.limits(settings.model)
    first, *later = sampling_passes(
        task.rect.width,
        task.rect.height,
        limits,
        strength=settings.strength,
        refine=task.refine,
        least_side=task.least_side,
    )
    pictures = _first_pass(context, task, first, later)
    for second in later:
        pictures = _second_pass(context, task, first, second, pictures)
    return tuple(scaled(picture, task.rect.width, task.rect.height) for picture in pictures)


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
        base = Redraw(image=scaled(pictures[0], rect.width, rect.height), rect=rect)
        pictures = _second_pass(context, base, first, second, pictures)
    return tuple(scaled(picture, rect.width, rect.height) for picture in pictures)


def _first_pass(context: ToolContext, task: Redraw, first: Pass, later: list[Pass]) -> tuple[Pixels, ...]:
    original, mask = _at_size(task, first)
    start = original if mask is None else filled(original, mask, task.fill)
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
        start = scaled(picture, second.width, second.height)
        if mask is not None:
            start = blended(original, start, mask)
        one = settings.with_changes(seed=picture_seed(settings.seed, index), count=1)
        after = (len(pictures) - 1 - index) * own
        job = _job(one, task, second, start, mask, steps_before=before + index * own, steps_after=after)
        (better,) = context.engine.denoise(job)
        refined.append(_corrected(task, better, original, mask))
    return tuple(refined)


def _steps_of(settings: GenerationSettings, each: Pass) -> int:
    return steps_run(schedule_steps(settings.steps, each.strength), each.strength)


def _at_size(task: Redraw, each: Pass) -> tuple[Pixels, FloatMask | None]:
    mask = None if task.mask is None else scaled(task.mask, each.width, each.height)
    return scaled(task.image, each.width, each.height), mask


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
        **steps,
    )


def _corrected(task: Redraw, picture: Pixels, original: Pixels, mask: FloatMask | None) -> Pixels:
    return match_colour(picture, original, mask) if task.match_colours and mask is not None else picture
