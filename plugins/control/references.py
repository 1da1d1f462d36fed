"""Pictures that the one that is drawn is to resemble: the layers of the UNet look at them beside the prompt.

After Ye and others, "IP-Adapter: Text Compatible Image Prompt Adapter" (2023, arXiv 2308.06721).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

from studio.api import (
    AttentionLook,
    GuideNetwork,
    InfluenceGuide,
    InfluenceModel,
    InfluenceStep,
    InfluenceWindow,
    NetworkInput,
    SamplingInfluence,
)

Answers = tuple[torch.Tensor, torch.Tensor]
"""Keys and values of a layer."""
Sides = tuple[str, ...]


class References(SamplingInfluence):
    """Shows pictures to the layers of the network, each as strongly as it is felt at the step and in its cells; in a
    window of the latents each in its part of it."""

    def __init__(self, shown: Sequence[Shown], window: InfluenceWindow | None = None) -> None:
        self._shown = tuple(shown)
        self._window = window
        self._felt: tuple[Shown, ...] = ()
        self._sides: Sides = ()

    @classmethod
    def of_guides(cls, guides: Sequence[InfluenceGuide], model: InfluenceModel) -> References:
        pairs = ((guide, guide.network) for guide in guides)
        return cls([Shown(guide, network, model.factor) for guide, network in pairs if network is not None])

    def before_step(self, step: InfluenceStep, given: NetworkInput) -> NetworkInput:
        self._sides = given.sides
        self._felt = tuple(each for each in self._shown if each.guide.acts_at(step))
        return given

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> References:
        del cells
        return References(self._shown, window)

    def beside(self, look: AttentionLook, seen: torch.Tensor) -> torch.Tensor:
        for each in self._felt:
            seen = each.beside(look, seen, self._sides, self._window)
        return seen


class Shown:
    """One picture. Its keys and values are made once for each layer."""

    def __init__(self, guide: InfluenceGuide, network: GuideNetwork, factor: int) -> None:
        self.guide = guide
        self._layers = network.layers
        self._network = network.module
        self._seen = network.seen
        self._answers: dict[tuple[str, Sides], Answers] = {}
        self._mask = None if guide.mask is None else in_cells(guide.mask, factor)
        self._shares: dict[tuple[int, InfluenceWindow | None], torch.Tensor] = {}

    def beside(
        self, look: AttentionLook, seen: torch.Tensor, sides: Sides, window: InfluenceWindow | None
    ) -> torch.Tensor:
        """What a layer sees with this picture, by the sides that its rows are made of, in all or in a window of it."""
        if self._layers and not look.name.startswith(self._layers):
            return seen
        key = look.name, sides
        if key not in self._answers:
            self._answers[key] = self._made(look, sides)
        keys, values = (in_rows(answer, len(seen)) for answer in self._answers[key])
        added: torch.Tensor = self.guide.strength * look.among(keys, values)
        if self._mask is not None:
            added = added * self._share(self._mask, look, window).to(added)
        return seen + added

    def _share(self, mask: torch.Tensor, look: AttentionLook, window: InfluenceWindow | None) -> torch.Tensor:
        """How much this picture is felt in each of a layer's cells: (1, cells, 1)."""
        key = look.count, window
        if key not in self._shares:
            height, width = mask.shape[-2:]
            part: torch.Tensor = mask if window is None else window.of(mask, (height, width))
            size = look.cells_of(*part.shape[-2:])
            self._shares[key] = torch.nn.functional.adaptive_avg_pool2d(part, size).flatten(1)[..., None]
        return self._shares[key]

    def _made(self, look: AttentionLook, sides: Sides) -> Answers:
        assert self._seen is not None
        picture, nothing = self._seen
        words = self._network.words(torch.cat([nothing if side == "negative" else picture for side in sides]))
        keys, values = self._network.keys[look.number], self._network.values[look.number]
        return look.in_heads(keys(words)), look.in_heads(values(words))


def in_cells(mask: Any, factor: int) -> torch.Tensor:
    """A mask (h, w), float32, averaged over each cell: (1, 1, h, w)."""
    return torch.nn.functional.avg_pool2d(torch.from_numpy(mask.copy())[None, None], factor)


def in_rows(answer: torch.Tensor, rows: int) -> torch.Tensor:
    """One for each of the latents: as many of each side as there are."""
    return answer if len(answer) == rows else answer.repeat_interleave(rows // len(answer), dim=0)
