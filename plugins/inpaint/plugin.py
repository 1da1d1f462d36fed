"""Inpaint: draws inside the painted mask and leaves every pixel outside it as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.api import (
    BoolParameter,
    ChoiceParameter,
    GeneratedImage,
    IntParameter,
    Parameter,
    ToolContext,
    ToolSpec,
    hookimpl,
)

if TYPE_CHECKING:
    from studio.api.inpainting import Fill

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
        BoolParameter(
            id="match_edge",
            label="Match colours at the edge",
            help="Carries the colours along the edge of the mask into what was drawn, so that no step shows where both "
            "meet. Best for filling a ground; a thing that is drawn anew may take on the colour behind it.",
            default=False,
        ),
        BoolParameter(
            id="soft",
            label="Soft mask",
            help="Where the mask is grey, the picture changes only as far as that: half grey is a strength of a half. "
            "Off, what is at least half masked is drawn all anew. A feathered selection is one always.",
            default=False,
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
    from studio.api.inpainting import is_softly_selected
    from studio.api.sampling import RedrawInside, redraw_inside

    settings, values, document = context.request.settings, context.parameters, context.request.document
    task = RedrawInside(
        selection=document.generation_mask,
        fill=fill_of(values["fill"], settings.strength),
        close=is_close(values["view"], settings.prompt),
        match_colours=values["match_colour"],
        match_edge=values["match_edge"],
        soft=values["soft"] or is_softly_selected(document),
        refine=values["refine"],
        grow=_chosen(values["grow"]),
        feather=_chosen(values["feather"]),
        padding=_chosen(values["padding"]),
    )
    return redraw_inside(context, task)


def is_close(view: str, prompt: str) -> bool:
    """Whether a small mask is looked at from near."""
    return view == "close" or (view == "auto" and bool(prompt.strip()))


def fill_of(chosen: str, strength: float) -> Fill:
    if chosen == "blur" or (chosen == "auto" and strength >= 1.0):
        return "blur"
    if chosen == "neutral":
        return "neutral"
    return "telea" if chosen == "telea" else "original"


def _chosen(value: int) -> int | None:
    return None if value == AUTO else value


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
