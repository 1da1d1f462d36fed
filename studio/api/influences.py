"""Influences: what takes part while a model takes off noise, as a kind of guide asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studio.document import Pixels


@dataclass(frozen=True, kw_only=True)
class InfluenceStep:
    """A step of sampling, counted from 0, of so many."""

    index: int
    total: int


@dataclass(frozen=True, kw_only=True, eq=False)
class InfluenceContext:
    """What an influence is made of: the ``picture`` that its layer shows, uint8 ``(height, width, 3)`` RGB of the size
    of the job, a ``strength`` above 0 and up to 1.5, and the ``family`` of the model, such as "sd1" or "flux1"."""

    picture: Pixels
    strength: float
    family: str


class SamplingInfluence:
    """Changes what a model draws at each step. Subclasses say what they do and leave the rest.

    All tensors are torch's, float32 ``(1, channels, height, width)`` in cells of the model's VAE; what is returned has
    the shape of what was given. It is asked on the worker's thread, for every picture of a job.
    """

    def guided(self, step: InfluenceStep, sample: Any, prediction: Any) -> Any:
        """What the scheduler is given as the model's prediction for a sample."""
        del step, sample
        return prediction

    def after_step(self, step: InfluenceStep, latents: Any) -> Any:
        """What the next step starts from, or the outcome of the last."""
        del step
        return latents


@dataclass(frozen=True, kw_only=True)
class InfluenceSpec:
    """A way to take part in sampling, for a `GuideSpec` that names it as its ``influence``.

    ``run`` is called once a job, on the worker's thread, and returns what takes part. It is asked at those steps only
    at which the guide is felt; at strength 0 it is not made at all.
    """

    id: str
    name: str
    run: Callable[[InfluenceContext], SamplingInfluence]
    description: str = ""
