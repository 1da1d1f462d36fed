"""Pictures that tile, by a network that counts places: it sees the picture moved around, elsewhere at every step."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import torch

from studio.api.network_input import NetworkInput
from studio.engine.sampling import Influence
from studio.engine.schedule import Step
from studio.generation.repeating import Tile, along

_PATCH: Final = 2
"""Cells along one side of what transformers take for one token: what is moved by whole ones, they read alike."""
_SHARES: Final = (0.6180339887498949, 0.7548776662466927)
"""By which share of each side the picture moves on at a step: such that all places come to the border in turn."""


class MovedAround(Influence):
    """The border lies elsewhere at each step, so that what meets at it at last was drawn in the middle before.

    It has to be the first influence: the others then add to the moved picture what does not lie in it, such as
    references, and see predictions as if nothing had been moved.
    """

    def __init__(self, tile: Tile) -> None:
        self._across, self._down = along(tile)

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        return replace(given, sample=torch.roll(given.sample, self._shift(step, given.sample), (-2, -1)))

    def guided(self, step: Step, sample: torch.Tensor, prediction: torch.Tensor) -> torch.Tensor:
        down, across = self._shift(step, sample)
        return torch.roll(prediction, (-down, -across), (-2, -1))

    def _shift(self, step: Step, sample: torch.Tensor) -> tuple[int, int]:
        """Cells (down, across)."""
        height, width = sample.shape[-2:]
        down = _moved(height, (step.index + 1) * _SHARES[0]) if self._down else 0
        return down, _moved(width, (step.index + 1) * _SHARES[1]) if self._across else 0


def _moved(side: int, share: float) -> int:
    return round(side * (share % 1.0)) // _PATCH * _PATCH
