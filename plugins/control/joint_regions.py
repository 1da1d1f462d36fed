"""Regions for transformers that read words and picture as one sequence.

The words of all regions stand behind each other. Those of a region look at themselves and at its part of the picture,
and are looked at from there alone; the picture looks at all of itself, so that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch

from studio.api import InfluenceRegions, InfluenceStep, JointSequence, NetworkInput, SamplingInfluence

Prompt = tuple[torch.Tensor, torch.Tensor | None]
"""The words of a region, (1, length, width), and which of them count."""


class JointRegions(SamplingInfluence):
    """Gives a network with a ``sequence`` all words at once, and its layers a mask that keeps them apart."""

    def __init__(self, sequence: JointSequence, regions: InfluenceRegions) -> None:
        self._sequence = sequence
        self._regions = regions
        self._lengths: tuple[int, ...] = ()
        self._made: dict[tuple[tuple[int, ...], int, torch.dtype], torch.Tensor] = {}

    @contextmanager
    def opened(self, network: Any) -> Iterator[None]:
        hooks = [
            layer.register_forward_pre_hook(self._masked, with_kwargs=True)
            for name, layer in network.named_modules()
            if hasattr(layer, "set_processor") and not self._is_without_words(name)
        ]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def _is_without_words(self, name: str) -> bool:
        alone = self._sequence.picture_alone
        return alone is not None and name.startswith(alone)

    def before_step(self, step: InfluenceStep, given: NetworkInput) -> NetworkInput:
        """All words behind each other in place of the job's. Both sides of guidance are asked for alone."""
        (side,) = given.sides
        regions = self._regions.at(side, step)
        if regions is None:
            self._lengths = ()
            return given
        prompts = [(each.tokens, each.mask) for each in regions]
        if self._sequence.skips_filling:
            prompts = [_counting(*each) for each in prompts]
        self._lengths = tuple(tokens.shape[1] for tokens, _ in prompts)
        given = self._regions.with_pooled(given, step)
        return _behind_each_other(given, prompts)

    def _masked(
        self, _layer: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]] | None:
        """What a layer is called with, with the mask."""
        if not self._lengths:
            return None
        picture = kwargs.get("hidden_states", args[0] if args else None)
        words = kwargs.get("encoder_hidden_states")
        count = picture.shape[1] + (0 if words is None else words.shape[1])
        mask = self._mask(count, picture)
        return args, {**kwargs, "attention_mask": _together(kwargs.get("attention_mask"), mask)}

    def _mask(self, count: int, like: torch.Tensor) -> torch.Tensor:
        """What is added to how much tokens look at each other: (1, 1, count, count)."""
        key = self._lengths, count, like.dtype
        if key not in self._made:
            self._made[key] = self._joint(count).to(like.device, like.dtype)
        return self._made[key]

    def _joint(self, count: int) -> torch.Tensor:
        words = self._of_words()
        between = words[:, None, :].eq(words[None]).all(dim=-1) | words.all(dim=-1)[None]
        apart = between.float().log()
        if count == len(words):  # a layer that reads words alone
            return apart[None, None]
        cells = self._of_cells(count - len(words))
        felt = (words.float() @ cells.T).clamp(max=1.0).log()
        free = torch.zeros(len(cells), len(cells))
        if self._sequence.words_first:
            rows = torch.cat([apart, felt], dim=1), torch.cat([felt.T, free], dim=1)
        else:
            rows = torch.cat([free, felt.T], dim=1), torch.cat([felt, apart], dim=1)
        return torch.cat(rows)[None, None]

    def _of_words(self) -> torch.Tensor:
        """Which regions each token of the words is for, bool (tokens, regions): one, or all where it is filling."""
        count = len(self._lengths)
        own = torch.repeat_interleave(torch.eye(count, dtype=torch.bool), torch.tensor(self._lengths), dim=0)
        filling = torch.ones(self._sequence.filled(len(own)) - len(own), count, dtype=torch.bool)
        return torch.cat([own, filling])

    def _of_cells(self, count: int) -> torch.Tensor:
        """How much of each token of the picture each region is, (count, regions); what is behind it is of all."""
        shares = torch.nn.functional.avg_pool2d(self._regions.masks.cpu(), self._sequence.patch).flatten(1).T
        return torch.cat([shares, torch.ones(count - len(shares), shares.shape[1])])


def _behind_each_other(given: NetworkInput, prompts: Sequence[Prompt]) -> NetworkInput:
    """The call for several prompts as one, the same for each of the latents."""
    rows = len(given.sample)
    masks = [mask for _, mask in prompts if mask is not None]
    return replace(
        given,
        words=torch.cat([tokens for tokens, _ in prompts], dim=1).expand(rows, -1, -1),
        mask=torch.cat(masks, dim=1).expand(rows, -1) if len(masks) == len(prompts) else None,
        lengths=tuple(tokens.shape[1] for tokens, _ in prompts),
    )


def _counting(tokens: torch.Tensor, mask: torch.Tensor | None) -> Prompt:
    """A prompt without the tokens that do not count."""
    return (tokens, None) if mask is None else (tokens[:, mask[0]], None)


def _together(mask: torch.Tensor | None, regions: torch.Tensor) -> torch.Tensor:
    """The network's own mask and that of the regions."""
    if mask is None:
        return regions
    if mask.dtype == torch.bool:
        keys = mask[:, None, None, :] if mask.ndim == 2 else mask
        return regions.masked_fill(~keys, -torch.inf)
    return mask + regions
