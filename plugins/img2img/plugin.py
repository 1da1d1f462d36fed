"""Image to image: the whole canvas drawn over, as far as the strength says."""

from collections.abc import Sequence

from studio.api import (
    BoolParameter,
    GeneratedImage,
    ToolContext,
    ToolSpec,
    composed,
    hookimpl,
    opaque,
    over_ground,
    picture_seed,
)


@hookimpl
def shoreline_tools() -> Sequence[ToolSpec]:
    return [
        ToolSpec(
            id="image_to_image",
            name="Image to image",
            run=run,
            description="Draws over the whole canvas. A small strength keeps most of it, 1 nothing.",
            parameters=(
                BoolParameter(
                    id="refine",
                    label="Refine large pictures",
                    help="On a canvas larger than the model draws well, a second pass adds detail at full size.",
                    default=True,
                    advanced=True,
                ),
            ),
            needs_image=True,
            uses_strength=True,
            default_strength=0.6,
        )
    ]


def run(context: ToolContext) -> tuple[GeneratedImage, ...]:
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.api.sampling import Redraw, redraw

    document, settings = context.request.document, context.request.settings
    image = over_ground(composed(document, document.canvas))
    task = Redraw(image=image, rect=document.canvas, refine=context.parameters["refine"])
    return tuple(
        GeneratedImage(pixels=opaque(picture), seed=picture_seed(settings.seed, i), from_canvas=True)
        for i, picture in enumerate(redraw(context, task))
    )
