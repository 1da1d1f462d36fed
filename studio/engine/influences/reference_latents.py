"""Pictures that a transformer looks at itself, as latents beside those that it draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch

from studio.engine.families.denoiser import NetworkInput
from studio.engine.families.flux2 import REFERENCE_LATENTS
from studio.engine.sampling import Influence
from studio.engine.schedule import Step
from studio.generation.conditioning import Reference


class ReferenceLatents(Influence):
    """Shows ``latents``, (1, channels, h, w) each, of ``references`` while each is felt, which none is by degrees."""

    def __init__(self, references: Sequence[Reference], latents: Sequence[torch.Tensor]) -> None:
        self._shown = tuple(zip(references, latents, strict=True))

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        felt = [latents for reference, latents in self._shown if reference.acts_at(step.index, step.total)]
        return replace(given, extras={**given.extras, REFERENCE_LATENTS: felt}) if felt else given
