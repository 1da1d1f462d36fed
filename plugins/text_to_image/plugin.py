"""Text to image: a new picture from the prompt, of the size in the settings."""

from collections.abc import Sequence

from studio.api import (
    DenoiseJob,
    GeneratedImage,
    ModelLimits,
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
        )
    ]


def run(context: ToolContext) -> tuple[GeneratedImage, ...]:
    settings, canvas = context.request.settings, context.request.document.canvas
    limits = context.engine.limits(settings.model)
    width, height = possible_side(settings.width, limits), possible_side(settings.height, limits)
    rect = Rect((canvas.width - width) // 2, (canvas.height - height) // 2, width, height)
    pictures = context.engine.denoise(DenoiseJob.from_settings(settings, width=width, height=height, rect=rect))
    return tuple(
        GeneratedImage(pixels=opaque(picture), seed=picture_seed(settings.seed, i), x=rect.x, y=rect.y)
        for i, picture in enumerate(pictures)
    )


def possible_side(side: int, limits: ModelLimits) -> int:
    """The nearest side in pixels that the model's layers can divide."""
    return max(limits.multiple, round(side / limits.multiple) * limits.multiple)
