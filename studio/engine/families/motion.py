"""Frames together: a UNet with motion modules between its blocks (AnimateDiff)."""

from __future__ import annotations

from typing import Any

import torch

from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import in_dtype
from studio.engine.families.sd import StableDiffusion


class MotionDenoiser(StableDiffusion):
    """A ``UNetMotionModel`` that takes batches of ``frames`` frames as if each were a picture of its own."""

    def __init__(self, network: Any, frames: int) -> None:
        super().__init__(network, channels_last=False)
        self._frames = frames

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """The network's output for samples (films * frames, channels, h, w), of the same shape."""
        sample = given.sample.to(self._dtype)
        films = sample.reshape(-1, self._frames, *sample.shape[1:]).transpose(1, 2)
        output: torch.Tensor = self.network(
            films,
            given.timestep,
            encoder_hidden_states=given.words.to(self._dtype),
            timestep_cond=self._guidance(given.guidance, len(films)),
            return_dict=False,
            **in_dtype(given.extras, self._dtype),
        )[0]
        return output.transpose(1, 2).flatten(0, 1).float()
