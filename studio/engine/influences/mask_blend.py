"""A picture that is kept where a mask says so, for networks that know of no mask."""

from __future__ import annotations

import torch

from studio.engine.masks import free_cells
from studio.engine.sampling import Influence
from studio.engine.schedule import Step


class MaskBlend(Influence):
    """After each step the cells that are not free yet are those of the picture, under as much noise as the rest.

    ``image`` and ``noise`` are float32 (1, channels, h, w), ``mask`` is float32 (1, 1, h, w) in 0..1; see `free_cells`.
    """

    def __init__(self, image: torch.Tensor, noise: torch.Tensor, mask: torch.Tensor) -> None:
        self._image = image
        self._noise = noise
        self._mask = mask

    def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
        free = free_cells(self._mask, step.index, step.total)
        return (1 - free) * step.following(self._image, self._noise) + free * latents
