"""Text to image: a new picture from the prompt, of the size in the settings."""

from collections.abc import Sequence

from studio.api import (
    BoolParameter,
    GeneratedImage,
    Rect,
    ToolContext,
    ToolSpec,
    hookimpl,
    opaque,
    picture_seed,
)


@hookimpl
def shoreline_tools() -> Sequence[ToolSpec]:
    return [
        ToolSpec(
            id="text_to_image",
            name="Text to image",
            run=run,
            description="Draws a new picture from the prompt.",
            parameters=(
                BoolParameter(
                    id="refine",
                    label="Refine large pictures",
                    help="When the size is larger than the model draws well, a second pass adds detail at full size.",
                    default=True,
                    advanced=True,
                ),
                BoolParameter(
                    id="transparent",
                    label="Transparent ground",
                    help="For stickers and sprites: a plain white ground is asked for, unless the prompt names one, "
                    "and taken away.",
                ),
            ),
        )
    ]


def run(context: ToolContext) -> tuple[GeneratedImage, ...]:
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.api.sampling import draw
    from studio.api.sprites import asking_for_plain_ground, freed_picture

    is_freed = context.parameters["transparent"]
    asked = asking_for_plain_ground(context) if is_freed else context
    settings, canvas = context.request.settings, context.request.document.canvas
    x, y = (canvas.width - settings.width) // 2, (canvas.height - settings.height) // 2
    pictures = draw(asked, Rect(x, y, settings.width, settings.height), refine=context.parameters["refine"])
    return tuple(
        GeneratedImage(
            pixels=freed_picture(context, picture) if is_freed else opaque(picture),
            seed=picture_seed(settings.seed, i),
            x=x,
            y=y,
        )
        for i, picture in enumerate(pictures)
    )
