"""A call of a network as plugins are told of it, and what they make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeGuard

import torch

from studio.api.influences import InfluenceInput
from studio.engine.families.denoiser import NetworkInput
from studio.engine.prompts import PromptEmbedding


def told(given: NetworkInput) -> InfluenceInput:
    """What a plugin is told of a call."""
    prompts = given.prompts
    return InfluenceInput(
        sample=given.sample,
        timestep=given.timestep,
        words=prompts.tokens,
        pooled=prompts.pooled,
        mask=prompts.mask,
        guidance=given.guidance,
        extras=given.extras,
        sides=given.sides,
    )


def network_input(made: InfluenceInput) -> NetworkInput:
    """The call of a network that an influence describes."""
    prompts = PromptEmbedding(made.words, made.pooled, mask=made.mask)
    return NetworkInput(made.sample, made.timestep, prompts, made.sides, made.guidance, made.extras)


def is_told(made: Any, before: InfluenceInput) -> TypeGuard[InfluenceInput]:
    """Whether a plugin made a call of a call: with words for each row, and arguments that have names."""
    if not isinstance(made, InfluenceInput) or made.sides != before.sides:
        return False
    if not isinstance(made.extras, Mapping) or not all(isinstance(name, str) for name in made.extras):
        return False
    return all(_is_like(getattr(made, name), getattr(before, name)) for name in ("words", "pooled", "mask"))


def _is_like(made: Any, before: torch.Tensor | None) -> bool:
    """Whether something has as many rows of as many numbers; words may be more or fewer."""
    if made is before:
        return True
    if not isinstance(made, torch.Tensor) or before is None or made.ndim != before.ndim:
        return False
    is_long = before.ndim == 3
    return made.shape[0] == before.shape[0] and (not is_long or made.shape[2] == before.shape[2])


def taken(given: NetworkInput, before: InfluenceInput, made: InfluenceInput, sample: torch.Tensor) -> NetworkInput:
    """The call with what a plugin made of it, and with this sample."""
    return replace(
        given,
        sample=sample,
        timestep=made.timestep,
        prompts=_prompts(given.prompts, before, made),
        guidance=made.guidance,
        extras=made.extras,
    )


def _prompts(prompts: PromptEmbedding, before: InfluenceInput, made: InfluenceInput) -> PromptEmbedding:
    if all(getattr(made, name) is getattr(before, name) for name in ("words", "pooled", "mask")):
        return prompts
    lengths = prompts.lengths if made.words.shape == before.words.shape else ()
    return replace(prompts, tokens=made.words, pooled=made.pooled, mask=made.mask, lengths=lengths)
