"""What is kept of a picture, shown to an inpainting network in channels of its own."""

from __future__ import annotations

from dataclasses import replace

import torch

from studio.api.network_input import NetworkInput
from studio.engine.sampling import Influence
from studio.engine.schedule import Step


class MaskedImage(Influence):
    """``mask`` is float32 (1, 1, h, w), 1 where to draw; ``image`` are latents of the picture, grey there."""

    def __init__(self, mask: torch.Tensor, image: torch.Tensor) -> None:
        self._channels = torch.cat([mask, image], dim=1)

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        channels = self._channels.expand(len(given.sample), -1, -1, -1)
        return replace(given, sample=torch.cat([given.sample, channels], dim=1))
