"""What the regions of a job are drawn after, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch

from studio.api.influences import InfluenceStep
from studio.api.network_input import NetworkInput, Side
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.schedule import Step


@dataclass(frozen=True, eq=False)
class RegionWords:
    """``masks`` are float32 (regions, h, w), a cell each of the latents, and add up to 1; ``positive`` and ``negative``
    have one prompt for each region. Without ``negative`` all regions have that of the job.
    """

    masks: torch.Tensor
    positive: tuple[Encoded, ...]
    negative: tuple[Encoded, ...] | None = None

    def at(self, side: Side, step: InfluenceStep | Step) -> tuple[PromptEmbedding, ...] | None:
        """The embeddings of the regions; ``None`` where they share that of the job."""
        prompts = self.positive if side == "positive" else self.negative
        return None if prompts is None else tuple(each.at(step.index, step.total) for each in prompts)

    def with_pooled(self, given: NetworkInput, step: InfluenceStep | Step) -> NetworkInput:
        """The same call, told of all regions in one vector where the network is told so: their mean by their size."""
        pooled = given.pooled
        if pooled is None:
            return given
        rows = [
            part if (regions := self.at(side, step)) is None else self._mean(regions).expand_as(part)
            for side, part in zip(given.sides, pooled.chunk(len(given.sides)), strict=True)
        ]
        return replace(given, pooled=torch.cat(rows))

    def _mean(self, regions: tuple[PromptEmbedding, ...]) -> torch.Tensor:
        sizes = self.masks.mean(dim=(1, 2))
        vectors = [each.pooled * size for each, size in zip(regions, sizes, strict=True) if each.pooled is not None]
        return torch.stack(vectors).sum(dim=0)
