"""Diffusion upscale: the picture enlarged plainly, then drawn over tile by tile at a low strength."""

from __future__ import annotations

from collections.abc import Sequence

from studio.api import (
    BoolParameter,
    DenoiseJob,
    FloatParameter,
    IntParameter,
    ModelLimits,
    Pixels,
    TextParameter,
    UpscaleContext,
    UpscalerSpec,
    hookimpl,
    picture_seed,
)

TONE_SIGMA = 12.0
"""What is smoother than this, in pixels of the enlarged picture, is tone and not detail."""


@hookimpl
def shoreline_upscalers() -> Sequence[UpscalerSpec]:
    return [
        UpscalerSpec(
            id="diffusion",
            name="Diffusion",
            run=run,
            description="Draws fine detail into the enlarged picture with the model of the Generate panel. Slow.",
            parameters=(
                FloatParameter(
                    id="strength",
                    label="Strength",
                    help="How freely the model draws. From 0.2 to 0.35 it adds detail; more changes things.",
                    default=0.25,
                    minimum=0.05,
                    maximum=0.8,
                ),
                BoolParameter(
                    id="keep_tone",
                    label="Keep tones",
                    help="Takes only detail from the model: broad colours and light stay, and neighbours match.",
                    default=True,
                ),
                IntParameter(
                    id="overlap",
                    label="Overlap",
                    help="How far neighbouring tiles are blended into each other. More hides seams, and takes longer.",
                    default=64,
                    minimum=16,
                    maximum=256,
                    step=8,
                    suffix=" px",
                    advanced=True,
                ),
                IntParameter(
                    id="steps",
                    label="Steps",
                    help="Denoising steps of the whole schedule; the strength says how many of them run.",
                    default=20,
                    minimum=4,
                    maximum=150,
                    advanced=True,
                ),
                TextParameter(
                    id="prompt",
                    label="Prompt",
                    help="What every tile shows, such as a material or a style. Empty: the prompt of the panel.",
                    advanced=True,
                ),
            ),
        )
    ]


def run(context: UpscaleContext) -> Pixels:
    """The picture at the wanted size, drawn over in tiles of the model's own size.

    Every tile gets noise of its own from the seed. So that no seam shows, neighbours are blended over the overlap, and
    broad tones are those of the given picture.
    Raises as `Engine.denoise`.
    """
    # OpenCV comes with this; at the top it would delay every start.
    from studio.api.inpainting import schedule_steps
    from studio.api.upscaling import Tiler, scaled

    strength = float(context.parameters["strength"])
    limits = context.engine.limits(context.settings.model)
    enlarged = scaled(context.pixels, context.width, context.height)
    drawn = 0

    def draw(tile: Pixels) -> Pixels:
        nonlocal drawn
        height, width = (fitting(side, limits) for side in tile.shape[:2])
        job = DenoiseJob.from_settings(
            context.settings,
            prompt=context.parameters["prompt"] or context.settings.prompt,
            seed=picture_seed(context.settings.seed, drawn),
            steps=schedule_steps(int(context.parameters["steps"]), strength),
            width=width,
            height=height,
            count=1,
            tile="off",  # these are parts of a picture
            strength=strength,
            image=scaled(tile, width, height),
        )
        drawn += 1
        (picture,) = context.engine.denoise(job)
        detailed = scaled(picture, tile.shape[1], tile.shape[0])
        return with_tone_of(tile, detailed) if context.parameters["keep_tone"] else detailed

    tile = limits.native_side
    tiler = Tiler(
        draw,
        tile=tile,
        overlap=min(int(context.parameters["overlap"]), tile // 2),
        cancel=context.cancel,
        report=lambda fraction: context.report(fraction, ""),
    )
    return tiler.run(enlarged)


def with_tone_of(given: Pixels, drawn: Pixels) -> Pixels:
    """The detail of ``drawn`` on the broad tones of ``given``, both uint8 ``(h, w, 3)``."""
    import cv2
    import numpy as np

    old, new = given.astype(np.float32), drawn.astype(np.float32)
    tones = cv2.GaussianBlur(old - new, (0, 0), TONE_SIGMA, borderType=cv2.BORDER_REPLICATE)
    return (new + tones).clip(0, 255).round().astype(np.uint8)


def fitting(side: int, limits: ModelLimits) -> int:
    """The side that the model draws for a tile's side: a multiple it takes, and no less than it draws well."""
    wanted = max(side, limits.minimum_side)
    return -(-wanted // limits.multiple) * limits.multiple
