"""Inpaint: draws inside the painted mask and leaves every pixel outside it as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studio.api import (
    BoolParameter,
    ChoiceParameter,
    GeneratedImage,
    IntParameter,
    Parameter,
    SettingError,
    ToolContext,
    ToolSpec,
    composed,
    hookimpl,
    opaque,
    over_ground,
    picture_seed,
)

if TYPE_CHECKING:
    from studio.api.inpainting import Fill, InpaintGeometry

AUTO = -1
LARGEST = 1024


@hookimpl
def shoreline_tools() -> Sequence[ToolSpec]:
    return [
        ToolSpec(
            id="inpaint",
            name="Inpaint",
            run=run,
            description="Draws inside the painted mask. Pixels outside it stay exactly as they are.",
            parameters=parameters(),
            needs_image=True,
            needs_mask=True,
            uses_strength=True,
            default_strength=1.0,
        )
    ]


def parameters() -> tuple[Parameter, ...]:
    return (
        ChoiceParameter(
            id="fill",
            label="Start from",
            help="What stands inside the mask before drawing. Automatic: the picture, or at full strength the "
            "colours around the mask.",
            default="auto",
            choices=(
                ("auto", "Automatic"),
                ("original", "The picture"),
                ("blur", "Colours around the mask"),
                ("neutral", "Grey"),
                ("telea", "Edges continued"),
            ),
        ),
        ChoiceParameter(
            id="view",
            label="View",
            help="Close up, a whole thing is drawn also in a small mask, but little is seen of what is around it. "
            "Automatic: close up if there is a prompt; without one the mask is filled from its surroundings.",
            default="auto",
            choices=(
                ("auto", "Automatic"),
                ("close", "Close up"),
                ("wide", "With the surroundings"),
            ),
        ),
        BoolParameter(
            id="match_colour",
            label="Match colours",
            help="Corrects a colour shift of the model by the pixels around the mask.",
            default=True,
        ),
        _pixels("feather", "Feather", "Width of the soft edge in which the model mixes old and new."),
        _pixels("grow", "Grow", "How far drawing reaches beyond the mask."),
        _pixels("padding", "Context", "How much of the surroundings the model sees around the mask."),
        BoolParameter(
            id="refine",
            label="Refine large areas",
            help="When the area is larger than the model draws well, a second pass adds detail at full size.",
            default=True,
            advanced=True,
        ),
    )


def run(context: ToolContext) -> tuple[GeneratedImage, ...]:
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.api.inpainting import composite_mask, denoise_mask, padded, part
    from studio.api.sampling import Redraw, redraw

    document, settings, values = context.request.document, context.request.settings, context.parameters
    geometry = geometry_of(context)
    selection = document.selection.read(geometry.context)
    denoise = denoise_mask(selection, geometry)
    mask = composite_mask(selection, denoise, geometry)
    task = Redraw(
        image=over_ground(composed(document, geometry.context)),
        rect=geometry.context,
        mask=denoise,
        preview_mask=padded(mask, geometry.box, geometry.context),
        fill=fill_of(values["fill"], settings.strength),
        match_colours=values["match_colour"],
        refine=values["refine"],
        least_side=geometry.least_side,
    )
    return tuple(
        GeneratedImage(
            pixels=opaque(part(picture, geometry.context, geometry.box)),
            seed=picture_seed(settings.seed, i),
            x=geometry.box.x,
            y=geometry.box.y,
            mask=mask,
            from_canvas=True,
        )
        for i, picture in enumerate(redraw(context, task))
    )


def geometry_of(context: ToolContext) -> InpaintGeometry:
    from studio.api.inpainting import inpaint_geometry

    document, settings = context.request.document, context.request.settings
    selection = document.selection.bounds().intersected(document.canvas)
    if selection.is_empty:
        raise SettingError("There is no mask to draw in.", "Paint over what should change with the mask brush first.")
    return inpaint_geometry(
        document.canvas,
        selection,
        context.engine.limits(settings.model),
        strength=settings.strength,
        close=is_close(context.parameters["view"], settings.prompt),
        **_chosen(context.parameters),
    )


def is_close(view: str, prompt: str) -> bool:
    """Whether a small mask is looked at from near."""
    return view == "close" or (view == "auto" and bool(prompt.strip()))


def fill_of(chosen: str, strength: float) -> Fill:
    if chosen == "blur" or (chosen == "auto" and strength >= 1.0):
        return "blur"
    if chosen == "neutral":
        return "neutral"
    return "telea" if chosen == "telea" else "original"


def _chosen(values: Mapping[str, Any]) -> dict[str, int]:
    return {key: values[key] for key in ("feather", "grow", "padding") if values[key] != AUTO}


def _pixels(parameter_id: str, label: str, text: str) -> IntParameter:
    return IntParameter(
        id=parameter_id,
        label=label,
        help=f"{text} {AUTO} chooses it by the size of the mask.",
        default=AUTO,
        minimum=AUTO,
        maximum=LARGEST,
        suffix=" px",
        minimum_label="Automatic",
        advanced=True,
    )
