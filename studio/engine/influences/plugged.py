"""What a plugin does while noise is taken off, as a guide asks for it."""

from __future__ import annotations

from typing import Any

import torch

from studio.api import InfluenceStep
from studio.engine.sampling import Influence
from studio.engine.schedule import Step
from studio.errors import PluginError
from studio.generation.conditioning import Influenced


class Plugged(Influence):
    """Asks what a plugin made for a guide, at those steps at which the guide is felt."""

    def __init__(self, given: Influenced, family: str) -> None:
        self._given = given
        self._own = given.begin(family)

    def guided(self, step: Step, sample: torch.Tensor, prediction: torch.Tensor) -> torch.Tensor:
        if not self._given.acts_at(step.index, step.total):
            return prediction
        return self._checked(self._own.guided(_told(step), sample, prediction), prediction)

    def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
        if not self._given.acts_at(step.index, step.total):
            return latents
        return self._checked(self._own.after_step(_told(step), latents), latents)

    def _checked(self, made: Any, before: torch.Tensor) -> torch.Tensor:
        if not isinstance(made, torch.Tensor) or made.shape != before.shape or not bool(torch.isfinite(made).all()):
            raise PluginError(
                "The plugin that {guide} comes from made no latents of latents.",
                "Switch it off, or ask its author.",
                guide=self._given.name,
            )
        return made.to(before.device, before.dtype)


def _told(step: Step) -> InfluenceStep:
    return InfluenceStep(index=step.index, total=step.total)
