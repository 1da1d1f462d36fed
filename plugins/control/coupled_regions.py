"""Regions for UNets: each cell of the picture looks at the words of its region alone.

What a layer sees in the words of each region is added up by how much of a cell each region is, as in "Attention Couple"
of the ComfyUI and Forge communities; the same idea is in "Compositional Visual Generation with Composable Diffusion
Models" (Liu and others 2022, arXiv 2206.01714) for whole networks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from studio.api import AttentionLook, InfluenceRegions, InfluenceStep, NetworkInput, SamplingInfluence

Prompts = Sequence[Any]


class CoupledRegions(SamplingInfluence):
    """Shows the layers that look at the prompt what is said of each region."""

    def __init__(self, regions: InfluenceRegions) -> None:
        self._regions = regions
        self._sides: tuple[Prompts | None, ...] = ()
        self._shares: dict[int, torch.Tensor] = {}

    def before_step(self, step: InfluenceStep, given: NetworkInput) -> NetworkInput:
        self._sides = tuple(self._regions.at(side, step) for side in given.sides)
        return self._regions.with_pooled(given, step)

    def instead(self, look: AttentionLook) -> torch.Tensor:
        queries, words = (each.chunk(len(self._sides)) for each in (look.query, look.words))
        seen = [
            look.at(whole, query) if prompts is None else self._coupled(look, prompts, whole, query)
            for prompts, whole, query in zip(self._sides, words, queries, strict=True)
        ]
        return torch.cat(seen)

    def _coupled(self, look: AttentionLook, prompts: Prompts, whole: torch.Tensor, query: torch.Tensor) -> torch.Tensor:
        """What some rows see: (rows, cells, width). ``whole`` is the job's prompt, as the layer takes it."""
        shares = self._shares_at(look).to(whole.dtype)
        tokens = (each.tokens.to(whole.dtype).expand(len(whole), -1, -1) for each in prompts)
        seen = [look.at(words, query) * share for words, share in zip(tokens, shares, strict=True)]
        return torch.stack(seen).sum(dim=0)

    def _shares_at(self, look: AttentionLook) -> torch.Tensor:
        """How much of each of a layer's cells each region is: (regions, cells, 1)."""
        if look.count not in self._shares:
            masks = self._regions.masks
            size = look.cells_of(*masks.shape[-2:])
            halved = torch.nn.functional.interpolate(masks[None], size=size, mode="nearest-exact")[0]
            self._shares[look.count] = halved.flatten(1)[..., None]
        return self._shares[look.count]
