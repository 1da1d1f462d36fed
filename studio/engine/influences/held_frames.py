"""Frames that are there already, among those that are drawn together."""

from __future__ import annotations

import torch

from studio.engine.sampling import Influence
from studio.engine.schedule import Step


class HeldFrames(Influence):
    """After each step the first frames are what they should be at that noise level.

    So the others are drawn to agree with them, as masked pixels are with the rest in inpainting (Lugmayr et al. 2022,
    arXiv 2201.09865, without their repetitions). ``frames`` and ``noise`` are float32 (held, channels, h, w).
    """

    def __init__(self, frames: torch.Tensor, noise: torch.Tensor) -> None:
        self._frames = frames
        self._noise = noise

    def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
        return torch.cat([step.following(self._frames, self._noise), latents[len(self._frames) :]])
