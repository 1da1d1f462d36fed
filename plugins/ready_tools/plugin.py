"""Inpainting for what is asked for most, with nothing to set: remove an object, replace the background, expand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.api import (
    ChoiceParameter,
    GeneratedImage,
    IntParameter,
    Raster,
    Rect,
    SettingError,
    ToolContext,
    ToolSpec,
    composed,
    hookimpl,
)

if TYPE_CHECKING:
    from studio.api.sampling import RedrawInside

AUTO = -1
LARGEST = 1024


@hookimpl
def shoreline_tools() -> Sequence[ToolSpec]:
    return [
        ToolSpec(
            id="remove_object",
            name="Remove object",
            run=remove_object,
            description="Fills the mask from what is around it. A prompt is not needed: it would say what is there "
            "instead.",
            parameters=(
                _words(),
                _reach("How far beyond the mask is drawn, so that the edge of the object goes with it."),
            ),
            needs_image=True,
            needs_mask=True,
            prompt_optional=True,
        ),
        ToolSpec(
            id="replace_background",
            name="Replace background",
            run=replace_background,
            description="Draws everything anew but for what is masked, which stays exactly as it is.",
            parameters=(
                ChoiceParameter(
                    id="covers",
                    label="The mask covers",
                    help="Which part of the picture is masked: what stays, or the background.",
                    default="kept",
                    choices=(("kept", "What stays"), ("background", "The background")),
                ),
                IntParameter(
                    id="edge",
                    label="Soft edge",
                    help="How far the new background mixes with the rim of what stays. 0 cuts it out.",
                    default=2,
                    minimum=0,
                    maximum=64,
                    suffix=" px",
                ),
            ),
            needs_image=True,
            needs_mask=True,
            prompt_optional=True,
        ),
        ToolSpec(
            id="expand",
            name="Expand",
            run=expand,
            description="Draws on where the canvas is empty, such as beyond edges that were dragged outwards. It needs "
            "no mask; one that lies there narrows it down.",
            parameters=(
                _words(),
                _reach("How far drawing reaches into the picture, so that old and new flow together."),
            ),
            needs_image=True,
            prompt_optional=True,
        ),
    ]


def remove_object(context: ToolContext) -> tuple[GeneratedImage, ...]:
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.api.sampling import RedrawInside

    selection = context.request.document.generation_mask
    # Measured on renders: along the mask shades are off by 6 levels instead of 9. Beyond an edge that gains nothing.
    task = RedrawInside(selection=selection, fill="blur", strength=1.0, match_edge=True, grow=_grow(context))
    return drawn(bare_scene(context, selection.bounds()), task)


def replace_background(context: ToolContext) -> tuple[GeneratedImage, ...]:
    from studio.api.sampling import RedrawInside, redraw_inside

    # Its own colours would shine through in the new ones, so that it starts from grey; nothing grows into what stays.
    task = RedrawInside(
        selection=background(context),
        fill="neutral",
        strength=1.0,
        grow=0,
        feather=2 * context.parameters["edge"],
    )
    return redraw_inside(context, task)


def expand(context: ToolContext) -> tuple[GeneratedImage, ...]:
    from studio.api.sampling import RedrawInside

    task = RedrawInside(selection=empty_part(context), fill="telea", strength=1.0, grow=_grow(context))
    request = context.request
    return drawn(bare_scene(context, request.document.canvas, otherwise=request.settings.prompt), task)


def drawn(context: ToolContext, task: RedrawInside) -> tuple[GeneratedImage, ...]:
    """Pictures that tell with which words they were drawn: maybe not with those that were asked for."""
    from studio.api.sampling import redraw_inside

    settings = context.request.settings
    return tuple(
        replace(image, settings=settings.with_changes(seed=image.seed, count=1))
        for image in redraw_inside(context, task)
    )


def bare_scene(context: ToolContext, area: Rect, *, otherwise: str = "") -> ToolContext:
    """The request with the words of the scene that the picture in ``area`` was drawn after, if its prompt says no more.

    ``otherwise`` is the prompt where no scene is known.
    """
    from studio.api.prompts import prompt_of_picture, scene_words

    request = context.request
    settings, prompt = request.settings, request.settings.prompt.strip()
    own = prompt_of_picture(request.document, area)
    if context.parameters["words"] != "scene" or prompt not in ("", own):
        return context
    words = scene_words(own)
    negative = ", ".join(filter(None, (settings.negative_prompt.strip(), words.thing)))
    described = settings.with_changes(prompt=words.scene or otherwise, negative_prompt=negative)
    return replace(context, request=replace(request, settings=described))


def background(context: ToolContext) -> Raster:
    """The mask of what is drawn anew. `SettingError` if nothing of the canvas is left for it."""
    from studio.api.inpainting import cleared

    document = context.request.document
    if context.parameters["covers"] == "background":
        return document.generation_mask
    rest = cleared(255 - document.generation_mask.read(document.canvas))
    if not rest.any():
        raise SettingError(
            "The mask covers all of the picture, so that no background is left.", "Mask only what is to stay."
        )
    return Raster.from_array(rest)


def empty_part(context: ToolContext) -> Raster:
    """The mask of where the canvas is empty, or that of the document if it lies there, or if no part is empty.

    `SettingError` if the canvas is empty nowhere and not masked either, or empty everywhere.
    """
    from studio.api.inpainting import cleared

    document = context.request.document
    empty = cleared(255 - composed(document, document.canvas)[..., 3])
    if empty.min() == 255:
        raise SettingError("All of the canvas is empty: there is nothing to go on from.", "Choose Text to image.")
    mask = cleared(document.generation_mask.read(document.canvas))
    if mask.any() and mask.min() < 255 and (not empty.any() or empty[mask > 0].any()):
        return Raster.from_array(mask)
    if not empty.any():
        raise SettingError(
            "No part of the canvas is empty.",
            "Make it larger first, with the canvas edges tool, or erase a part.",
        )
    return Raster.from_array(empty)


def _grow(context: ToolContext) -> int | None:
    reach: int = context.parameters["reach"]
    return None if reach == AUTO else reach


def _reach(text: str) -> IntParameter:
    return IntParameter(
        id="reach",
        label="Reach",
        help=f"{text} {AUTO} chooses it by the size of what is drawn.",
        default=AUTO,
        minimum=AUTO,
        maximum=LARGEST,
        suffix=" px",
        minimum_label="Automatic",
        advanced=True,
    )


def _words() -> ChoiceParameter:
    return ChoiceParameter(
        id="words",
        label="Words",
        help="What is drawn where the prompt is empty, or still the picture's own: the scene that the picture's prompt "
        "names, with the thing as what to keep out; or what the prompt says.",
        default="scene",
        choices=(("scene", "The scene of the picture"), ("prompt", "The prompt alone")),
    )
