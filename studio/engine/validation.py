"""Checks of a job before any work: every refusal names the setting and the way out."""

from __future__ import annotations

import numpy as np

from studio.api import DenoiseJob, ModelLimits
from studio.errors import SettingError


def check_job(job: DenoiseJob, limits: ModelLimits) -> None:
    """Raise `SettingError` for sizes, steps, strength, image or mask that the model cannot work with."""
    _check_size(job, limits)
    if job.steps < 1:
        raise SettingError(f"steps cannot be {job.steps}.", "Give a whole number from 1.")
    if job.count < 1:
        raise SettingError(f"count cannot be {job.count}.", "Give a whole number from 1.")
    if not 0.0 <= job.strength <= 1.0:
        raise SettingError(f"strength cannot be {job.strength}.", "Give a number from 0 to 1.")
    if not 0.0 <= job.guidance_scale <= 1000.0:
        raise SettingError(f"guidance_scale cannot be {job.guidance_scale}.", "Give a number from 0 to 50.")
    _check_image(job)
    _check_mask(job)
    _check_blends(job)


def _check_size(job: DenoiseJob, limits: ModelLimits) -> None:
    for name, side in (("width", job.width), ("height", job.height)):
        if side < limits.multiple or side % limits.multiple:
            nearest = max(limits.multiple, round(side / limits.multiple) * limits.multiple)
            raise SettingError(
                f"{name} cannot be {side}: this model needs multiples of {limits.multiple}.", f"Try {nearest}."
            )


def _check_image(job: DenoiseJob) -> None:
    if job.image is None:
        return
    wanted = (job.height, job.width, 3)
    if job.image.shape != wanted or job.image.dtype != np.uint8:
        raise SettingError(
            f"The image is {job.image.dtype} {job.image.shape}, not uint8 {wanted}.",
            "Give an RGB image of the job's own width and height.",
        )


def _check_blends(job: DenoiseJob) -> None:
    for name in ("prompt_blend", "negative_blend", "seed_blend"):
        blend = getattr(job, name)
        if blend is not None and not 0.0 <= blend.amount <= 1.0:
            raise SettingError(f"The amount of {name} cannot be {blend.amount}.", "Give a number from 0 to 1.")
    if job.seed_blend is not None and (job.image is not None or job.count != 1):
        raise SettingError("Seeds were to be blended for a job that cannot.", "Ask for one picture without an image.")


def _check_mask(job: DenoiseJob) -> None:
    if job.mask is None:
        return
    if job.image is None:
        raise SettingError("A mask was given without an image.", "Give the image that the mask belongs to.")
    if job.mask.shape != (job.height, job.width) or not np.issubdtype(job.mask.dtype, np.floating):
        raise SettingError(
            f"The mask is {job.mask.dtype} {job.mask.shape}, not float32 {(job.height, job.width)}.",
            "Give a mask of the job's own width and height with values from 0 to 1.",
        )
    if not np.isfinite(job.mask).all() or job.mask.min() < 0.0 or job.mask.max() > 1.0:
        raise SettingError("The mask has values outside 0..1.", "Scale it to 0..1.")
