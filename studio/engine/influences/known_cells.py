"""The part of the latents that a masked job keeps, for a network that was taught to see it without noise.

Other networks see the kept part under as much noise as the rest, and learn late what they must fit.
"""

from __future__ import annotations

from dataclasses import replace

import torch

from studio.api.network_input import NetworkInput
from studio.engine.masks import free_cells
from studio.engine.predictions import Prediction
from studio.engine.sampling import Influence
from studio.engine.schedule import Step


class KnownCells(Influence):
    """``clean`` are the scaled latents, float32 (1, channels, h, w); they count in the cells that ``mask``, float32
    (1, 1, h, w) in 0..1, does not set free yet."""

    def __init__(self, clean: torch.Tensor, mask: torch.Tensor, prediction: Prediction) -> None:
        self._clean = clean
        self._mask = mask
        self._prediction = prediction

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        """The sample with the known cells in it, free of noise."""
        return replace(given, sample=torch.where(self._known(step), self._clean, given.sample))

    def guided(self, step: Step, sample: torch.Tensor, prediction: torch.Tensor) -> torch.Tensor:
        """In the known cells the prediction leads from the sample to what is known.

        What a network says there means nothing, and schedulers that look back would use it once the cells are free.
        """
        known = self._prediction.leading_to(self._clean, sample, step.timestep)
        return torch.where(self._known(step), known, prediction)

    def _known(self, step: Step) -> torch.Tensor:
        return free_cells(self._mask, step.index, step.total) == 0
