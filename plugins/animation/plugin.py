"""Five ways to make the frames of an animation. Each depends on its context only, so that a stopped run can go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.api import (
    AnimationFrame,
    AnimationSpec,
    Blend,
    BoolParameter,
    DenoiseJob,
    FloatParameter,
    FrameContext,
    IntParameter,
    MotionJob,
    Pixels,
    SettingError,
    TextParameter,
    hookimpl,
    picture_seed,
)

if TYPE_CHECKING:
    from studio.api.motion import Matrix


@hookimpl
def shoreline_animations() -> Sequence[AnimationSpec]:
    return [
        AnimationSpec(
            id="latent_walk",
            name="Latent walk",
            frame=latent_walk,
            description="Goes from one prompt and seed to the next by way of everything in between.",
        ),
        AnimationSpec(
            id="feedback",
            name="Feedback",
            frame=feedback,
            description="Moves the last frame as a camera would and draws it over.",
            parameters=(
                IntParameter(
                    id="cadence",
                    label="Cadence",
                    help="Draws every so many frames; optical flow makes those in between.",
                    default=1,
                    minimum=1,
                    maximum=32,
                ),
                BoolParameter(
                    id="match_colours",
                    label="Match colours",
                    help="Keeps the colours of the first frame.",
                    default=True,
                ),
                BoolParameter(
                    id="new_noise",
                    label="New noise for every frame",
                    help="The same noise again and again burns its pattern in.",
                    default=True,
                ),
            ),
            keyframed=camera_parameters(),
        ),
        AnimationSpec(
            id="in_between",
            name="In between",
            frame=in_between,
            description="Draws key frames as a latent walk does, or takes those of a source, and moves them into one "
            "another by optical flow.",
            parameters=(
                IntParameter(
                    id="spacing",
                    label="Spacing",
                    help="Frames from one key frame to the next.",
                    default=6,
                    minimum=2,
                    maximum=240,
                ),
            ),
        ),
        AnimationSpec(
            id="video_to_video",
            name="Video to video",
            frame=video_to_video,
            description="Draws over every frame of a film, an animation or a folder.",
            parameters=(
                FloatParameter(
                    id="coherence",
                    label="Coherence",
                    help="How much of the last result is carried along by optical flow.",
                    default=0.5,
                    minimum=0.0,
                    maximum=1.0,
                ),
                BoolParameter(
                    id="mask_follows",
                    label="The mask follows",
                    help="Optical flow carries the mask of the first frame along.",
                ),
            ),
            needs_source=True,
        ),
        AnimationSpec(
            id="animate_diff",
            name="AnimateDiff",
            frame=animate_diff,
            description="Draws many frames together with a motion adapter, so that things move by themselves.",
            parameters=(
                IntParameter(
                    id="window",
                    label="Window",
                    help="Frames that are drawn together; most adapters were trained on 16.",
                    default=16,
                    minimum=2,
                    maximum=64,
                ),
                IntParameter(
                    id="overlap",
                    label="Overlap",
                    help="Frames of the last window that the next one goes on from.",
                    default=4,
                    minimum=0,
                    maximum=63,
                ),
                TextParameter(
                    id="adapter",
                    label="Motion adapter",
                    help="Its identifier; if left out, the first that fits the model.",
                ),
            ),
        ),
    ]


def camera_parameters() -> tuple[FloatParameter, ...]:
    """The camera's step at each frame, against the frame before."""

    def number(name: str, label: str, text: str, reach: float, default: float = 0.0) -> FloatParameter:
        low = 0.5 if name == "zoom" else -reach
        return FloatParameter(id=name, label=label, help=text, default=default, minimum=low, maximum=reach)

    return (
        number("zoom", "Zoom", "1.02 goes nearer by 2 % a frame.", 2.0, 1.0),
        number("pan_x", "Pan to the right", "Share of the width a frame.", 0.5),
        number("pan_y", "Pan down", "Share of the height a frame.", 0.5),
        number("rotation", "Rotation", "Degrees clockwise a frame.", 90.0),
        number("tilt_x", "Perspective to the right", "Degrees by which the right side goes away a frame.", 30.0),
        number("tilt_y", "Perspective down", "Degrees by which the lower side goes away a frame.", 30.0),
    )


def latent_walk(context: FrameContext) -> AnimationFrame:
    return AnimationFrame(pixels=_drawn(context))


def feedback(context: FrameContext) -> AnimationFrame:
    """Key frames are redrawn from the last key frame; those in between lie on the camera's way from one to the next."""
    from studio.api.motion import between, moved

    cadence, index = context.parameters["cadence"], context.index
    before = index - 1 - (index - 1) % cadence
    following = min(before + cadence, context.total - 1)
    if index == 0:
        first = context.source(0) if context.source is not None else _drawn(context)
        context.kept.put("key_0", first)
        return AnimationFrame(pixels=first)
    start = _kept(context, before)
    end = context.kept.get(f"key_{following}")
    if end is None:
        end = _next_key(context.at(following), start, before)
        context.kept.put(f"key_{following}", end)
    if index == following:
        return AnimationFrame(pixels=end)
    onward = moved(start, _way(context, before, index))
    back = moved(end, np.asarray(np.linalg.inv(_way(context, index, following)), np.float64))
    return AnimationFrame(pixels=between(onward, back, (index - before) / (following - before)))


def in_between(context: FrameContext) -> AnimationFrame:
    from studio.api.motion import between

    spacing, index = context.parameters["spacing"], context.index
    number, past = divmod(index, spacing)
    start = _numbered(context, number)
    if past == 0:
        return AnimationFrame(pixels=start)
    return AnimationFrame(pixels=between(start, _numbered(context, number + 1), _share(context, past)))


def video_to_video(context: FrameContext) -> AnimationFrame:
    from studio.api.inpainting import blended
    from studio.api.motion import flow_between, warped

    assert context.source is not None
    index, start, mask = context.index, context.source(context.index), context.mask
    if index > 0:
        flow = flow_between(context.source(index - 1), start)
        coherence = context.parameters["coherence"]
        if context.previous is not None and coherence > 0.0:
            amount = np.full(start.shape[:2], coherence, np.float32)
            start = blended(start, warped(context.previous, flow), amount)
        if mask is not None and context.parameters["mask_follows"]:
            carried = context.kept.get(f"mask_{index - 1}")
            mask = mask if carried is None else warped(carried, flow)
    if mask is not None and context.parameters["mask_follows"]:
        context.kept.put(f"mask_{index}", mask)
    return AnimationFrame(pixels=_redrawn(context, start, mask), mask=mask)


def animate_diff(context: FrameContext) -> AnimationFrame:
    """Windows of frames, each drawn at once when its first new frame is asked for, and kept for the others."""
    from studio.api.inpainting import scaled

    if context.parameters["overlap"] >= context.parameters["window"]:
        raise SettingError("The overlap must be smaller than the window.", "Give an overlap of a quarter of it.")
    if context.source is not None and context.settings.strength <= 0.0:
        return AnimationFrame(pixels=context.source(context.index))
    found = context.kept.get(f"window_{context.index}")
    if found is None:
        found = _drawn_window(context)
    return AnimationFrame(pixels=_of_size(context, scaled(found, context.settings.width, context.settings.height)))


def _drawn_window(context: FrameContext) -> Pixels:
    """Draw the window that brings frame ``context.index``, and keep its new frames as the model drew them."""
    first, new, end = _window(context)
    held = [context.kept.get(f"window_{index}") for index in range(first, new)]
    if any(picture is None for picture in held):
        raise RuntimeError(f"frames {first + 1} to {new} are missing from the work folder")
    frames = tuple(_frame_job(context.at(index)) for index in range(first, end))
    job = MotionJob(frames=frames, adapter=context.parameters["adapter"], held=tuple(p for p in held if p is not None))
    pictures = context.engine.denoise_together(job)
    for index in range(new, end):
        context.kept.put(f"window_{index}", pictures[index - first])
    return pictures[context.index - first]


def _window(context: FrameContext) -> tuple[int, int, int]:
    """The first frame of the window that brings ``context.index``, its first new one, and its end.

    Every window but that of a short animation is whole: the last one begins earlier and goes on from more frames.
    """
    length, step = context.parameters["window"], context.parameters["window"] - context.parameters["overlap"]
    number = 0 if context.index < length else 1 + (context.index - length) // step
    end = min(length + number * step, context.total)
    return max(0, end - length), 0 if number == 0 else length + (number - 1) * step, end


def _frame_job(context: FrameContext) -> DenoiseJob:
    """A frame of a window: with noise of its own, over its frame of the source if there is one."""
    from studio.api.inpainting import scaled

    width, height = _model_size(context)
    seeds = context.seeds
    if context.source is None:
        first, second = (picture_seed(seed, context.index) for seed in (seeds.first, seeds.second))
        return context.job(width, height, seed=first, seed_blend=Blend(first, second, seeds.amount))
    start, strength = scaled(context.source(context.index), width, height), context.settings.strength
    return context.job(width, height, seed=picture_seed(seeds.nearest, context.index), image=start, strength=strength)


def _numbered(context: FrameContext, number: int) -> Pixels:
    """Key frame ``number`` of `in_between`; past the last one, the last."""
    if context.source is not None:
        return context.source(min(number, context.source_count - 1))
    index = min(number * context.parameters["spacing"], context.total - 1)
    found = context.kept.get(f"key_{index}")
    if found is None:
        found = _drawn(context.at(index))
        context.kept.put(f"key_{index}", found)
    return found


def _share(context: FrameContext, past: int) -> float:
    """How far from its key frame to the next a frame is."""
    spacing: int = context.parameters["spacing"]
    start = context.index - past
    end = start + spacing if context.source is not None else min(start + spacing, context.total - 1)
    return past / (end - start)


def _kept(context: FrameContext, index: int) -> Pixels:
    found = context.kept.get(f"key_{index}")
    if found is None:
        raise RuntimeError(f"key frame {index + 1} is missing from the work folder")
    return found


def _next_key(context: FrameContext, start: Pixels, before: int) -> Pixels:
    """Key frame ``context.index`` from the one at ``before``."""
    from studio.api.inpainting import match_colour
    from studio.api.motion import moved

    seed = context.settings.seed
    changes = {"seed": picture_seed(seed, context.index)} if context.parameters["new_noise"] else {}
    picture = _redrawn(context, moved(start, _way(context, before, context.index)), context.mask, **changes)
    if not context.parameters["match_colours"]:
        return picture
    return match_colour(picture, _kept(context, 0), np.zeros(picture.shape[:2], np.float32))


def _way(context: FrameContext, start: int, end: int) -> Matrix:
    """The camera's steps from frame ``start`` to frame ``end`` together."""
    from studio.api.motion import Camera

    width, height = context.settings.width, context.settings.height
    way: Any = np.eye(3)
    for index in range(start + 1, end + 1):
        way = Camera(**context.at(index).values).matrix(width, height) @ way
    return np.asarray(way)


def _drawn(context: FrameContext) -> Pixels:
    """A picture from noise."""
    from studio.api.inpainting import scaled

    width, height = _model_size(context)
    (picture,) = context.engine.denoise(context.job(width, height))
    return _of_size(context, scaled(picture, context.settings.width, context.settings.height))


def _redrawn(context: FrameContext, image: Pixels, mask: Pixels | None, **changes: Any) -> Pixels:
    """``image`` drawn over as far as the frame's strength says."""
    from studio.api.inpainting import scaled

    settings = context.settings
    if settings.strength <= 0.0 or (mask is not None and not mask.any()):
        return image
    width, height = _model_size(context)
    changes |= {"image": scaled(image, width, height), "strength": settings.strength}
    if mask is not None:
        changes["mask"] = scaled(mask.astype(np.float32) / 255.0, width, height)
    (picture,) = context.engine.denoise(context.job(width, height, **changes))
    return _of_size(context, scaled(picture, settings.width, settings.height))


def _model_size(context: FrameContext) -> tuple[int, int]:
    from studio.api.inpainting import sampling_passes

    settings = context.settings
    first, *_ = sampling_passes(settings.width, settings.height, context.engine.limits(settings.model), refine=False)
    return first.width, first.height


def _of_size(context: FrameContext, pixels: Any) -> Pixels:
    context.cancel.raise_if_cancelled()
    return np.ascontiguousarray(pixels, np.uint8)
