"""Checks of a job before any work: every refusal names the setting and the way out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.api import DenoiseJob, ModelLimits
from studio.errors import SettingError
from studio.generation.conditioning import ShownPicture


def check_job(job: DenoiseJob, limits: ModelLimits) -> None:
    """Raise `SettingError` for sizes, steps, strength, image or mask that the model cannot work with."""
    _check_size(job, limits)
    if job.steps < 1:
        raise SettingError("steps cannot be {steps}.", "Give a whole number from 1.", steps=job.steps)
    if job.count < 1:
        raise SettingError("count cannot be {count}.", "Give a whole number from 1.", count=job.count)
    if not 0.0 <= job.strength <= 1.0:
        raise SettingError("strength cannot be {strength}.", "Give a number from 0 to 1.", strength=job.strength)
    if not 0.0 <= job.guidance_scale <= 1000.0:
        raise SettingError(
            "guidance_scale cannot be {guidance_scale}.",
            "Give a number from 0 to 50.",
            guidance_scale=job.guidance_scale,
        )
    _check_image(job)
    _check_mask(job)
    _check_blends(job)
    _check_tile(job, limits)
    _check_regions(job)


def _check_size(job: DenoiseJob, limits: ModelLimits) -> None:
    for name, side in (("width", job.width), ("height", job.height)):
        if side < limits.multiple or side % limits.multiple:
            nearest = max(limits.multiple, round(side / limits.multiple) * limits.multiple)
            raise SettingError(
                "{name} cannot be {side}: this model needs multiples of {multiple}.",
                "Try {nearest}.",
                name=name,
                side=side,
                multiple=limits.multiple,
                nearest=nearest,
            )


def _check_image(job: DenoiseJob) -> None:
    if job.image is None:
        return
    wanted = (job.height, job.width, 3)
    if job.image.shape != wanted or job.image.dtype != np.uint8:
        raise SettingError(
            "The image is {dtype} {shape}, not uint8 {wanted}.",
            "Give an RGB image of the job's own width and height.",
            dtype=job.image.dtype,
            shape=job.image.shape,
            wanted=wanted,
        )


def _check_blends(job: DenoiseJob) -> None:
    for name in ("prompt_blend", "negative_blend", "seed_blend"):
        blend = getattr(job, name)
        if blend is not None and not 0.0 <= blend.amount <= 1.0:
            raise SettingError(
                "The amount of {name} cannot be {amount}.", "Give a number from 0 to 1.", name=name, amount=blend.amount
            )
    if job.seed_blend is not None and job.count != 1:
        raise SettingError("Seeds were to be blended for several pictures.", "Ask for one picture.")


def _check_tile(job: DenoiseJob, limits: ModelLimits) -> None:
    asked = job.conditioning
    has_places = asked is not None and bool(asked.controls or asked.regions)
    if job.tile != "off" and has_places and limits.is_flow:
        raise SettingError(
            "This model cannot draw a picture that tiles after control layers or regions.",
            "Switch off the tiling, or these, or choose a Stable Diffusion model.",
        )


def _check_mask(job: DenoiseJob) -> None:
    if job.mask is None:
        return
    if job.image is None:
        raise SettingError("A mask was given without an image.", "Give the image that the mask belongs to.")
    _check_values(job.mask, job)


def _check_values(mask: NDArray[np.float32], job: DenoiseJob) -> None:
    if mask.shape != (job.height, job.width) or not np.issubdtype(mask.dtype, np.floating):
        raise SettingError(
            "The mask is {dtype} {shape}, not float32 {wanted}.",
            "Give a mask of the job's own width and height with values from 0 to 1.",
            dtype=mask.dtype,
            shape=mask.shape,
            wanted=(job.height, job.width),
        )
    if not np.isfinite(mask).all() or mask.min() < 0.0 or mask.max() > 1.0:
        raise SettingError("The mask has values outside 0..1.", "Scale it to 0..1.")


def _guides(job: DenoiseJob) -> tuple[ShownPicture, ...]:
    given = job.conditioning
    return () if given is None else (*given.controls, *given.references, *given.influences)


def _check_regions(job: DenoiseJob) -> None:
    regions = () if job.conditioning is None else job.conditioning.regions
    if len(regions) == 1:
        raise SettingError("A job has one region only.", "Give it two or more, or one prompt for all of it.")
    for mask in (*(part.mask for part in regions), *(guide.mask for guide in _guides(job))):
        if mask is not None:
            _check_values(mask, job)
