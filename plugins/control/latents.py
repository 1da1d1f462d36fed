"""Pictures that a transformer looks at itself, as latents beside those that it draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.api import InfluenceGuide, InfluenceModel, InfluenceStep, NetworkInput, SamplingInfluence

REFERENCE_LATENTS = "reference_latents"
"""The name under which networks of Flux.2 are given them: (1, channels, h, w) each."""


class ReferenceLatents(SamplingInfluence):
    """Shows the latents of pictures while each is felt, which none is by degrees."""

    def __init__(self, guides: Sequence[InfluenceGuide], model: InfluenceModel) -> None:
        self._shown = tuple((guide, model.latents(guide.picture)) for guide in guides)

    def before_step(self, step: InfluenceStep, given: NetworkInput) -> NetworkInput:
        felt = [latents for guide, latents in self._shown if guide.acts_at(step)]
        return replace(given, extras={**given.extras, REFERENCE_LATENTS: felt}) if felt else given
