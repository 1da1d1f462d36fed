"""Regions for UNets: each cell of the picture looks at the words of its region alone.

What a layer sees in the words of each region is added up by how much of a cell each region is, as in "Attention Couple"
of the ComfyUI and Forge communities; the same idea is in "Compositional Visual Generation with Composable Diffusion
Models" (Liu and others 2022, arXiv 2206.01714) for whole networks.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

import torch

from studio.api.network_input import NetworkInput
from studio.engine.attention import Look, Onlooker, looked_at
from studio.engine.families.denoiser import Denoiser
from studio.engine.influences.region_words import RegionWords
from studio.engine.masks import layer_size
from studio.engine.prompts import PromptEmbedding
from studio.engine.sampling import Influence
from studio.engine.schedule import Step


class CoupledRegions(Influence, Onlooker):
    """Shows the layers that look at the prompt what ``words`` say of each region, unless they ``is_silent``."""

    def __init__(self, words: RegionWords) -> None:
        self._words = words
        self.is_silent = False
        self._sides: tuple[tuple[PromptEmbedding, ...] | None, ...] = ()
        self._shares: dict[int, torch.Tensor] = {}

    def opened(self, denoiser: Denoiser) -> AbstractContextManager[None]:
        return looked_at(denoiser.network, (self,))

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        self._sides = tuple(self._words.at(side, step) for side in given.sides)
        return self._words.with_pooled(given, step)

    def instead(self, look: Look) -> torch.Tensor | None:
        if self.is_silent:
            return None
        queries, words = (each.chunk(len(self._sides)) for each in (look.query, look.words))
        seen = [
            look.at(whole, query) if regions is None else self._coupled(look, regions, whole, query)
            for regions, whole, query in zip(self._sides, words, queries, strict=True)
        ]
        return torch.cat(seen)

    def _coupled(
        self, look: Look, regions: tuple[PromptEmbedding, ...], whole: torch.Tensor, query: torch.Tensor
    ) -> torch.Tensor:
        """What some rows see: (rows, cells, width). ``whole`` is the job's prompt, as the layer takes it."""
        shares = self._shares_at(look.count).to(whole.dtype)
        tokens = (each.tokens.to(whole.dtype).expand(len(whole), -1, -1) for each in regions)
        seen = [look.at(words, query) * share for words, share in zip(tokens, shares, strict=True)]
        return torch.stack(seen).sum(dim=0)

    def _shares_at(self, cells: int) -> torch.Tensor:
        """How much of each cell each region is, in a layer with so many cells: (regions, cells, 1)."""
        if cells not in self._shares:
            self._shares[cells] = _nearest(self._words.masks, cells).flatten(1)[..., None]
        return self._shares[cells]


def _nearest(masks: torch.Tensor, cells: int) -> torch.Tensor:
    """Masks (regions, h, w) where the network has halved them to so many cells, rounding up."""
    size = layer_size(masks.shape[-2:], cells)
    return torch.nn.functional.interpolate(masks[None], size=size, mode="nearest-exact")[0]
