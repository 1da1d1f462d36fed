"""What the sampling loop asks of a network, whatever its family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, runtime_checkable

import torch

from studio.api.network_input import NetworkInput, Side
from studio.engine.prompts import PromptEmbedding


def called(
    sample: torch.Tensor,
    timestep: torch.Tensor,
    prompts: PromptEmbedding,
    sides: tuple[Side, ...] = ("positive",),
    guidance: float = 1.0,
) -> NetworkInput:
    """A call of a network for prompts that have a row for each of the samples."""
    given = NetworkInput(sample=sample, timestep=timestep, words=None, sides=sides, guidance=guidance)
    return with_prompts(given, prompts)


def with_prompts(given: NetworkInput, prompts: PromptEmbedding) -> NetworkInput:
    """The same call for other prompts."""
    return replace(given, words=prompts.tokens, pooled=prompts.pooled, mask=prompts.mask, lengths=prompts.lengths)


class Denoiser(Protocol):
    """The network that takes noise off latents.

    Outside of it latents are float32 (n, channels, h, w) in every family, one cell for each spot of the picture; a
    family that wants them packed or in another format does so inside `predict`.
    """

    @property
    def network(self) -> Any:
        """The torch module that is run, for influences that hook into it."""
        ...

    @property
    def device(self) -> torch.device: ...

    @property
    def takes_guidance(self) -> bool:
        """Whether the guidance scale is an input of the network: then a negative prompt has no meaning."""
        ...

    @property
    def takes_pairs(self) -> bool:
        """Whether both sides of guidance go through the network in one call."""
        ...

    @property
    def takes_masked_image(self) -> bool:
        """Whether the network is an inpainting one, which sees mask and masked picture in channels of its own."""
        ...

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        """More arguments of a scheduler's ``set_timesteps`` for latents of a shape, such as the shift of flows."""
        ...

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """What the network says about a sample: float32 (n, channels, h, w)."""
        ...


@runtime_checkable
class Steered(Protocol):
    """A denoiser whose network control networks can steer."""

    def shared_inputs(self, given: NetworkInput) -> Mapping[str, Any]:
        """What its network is given as are those that steer it, by the names of the arguments."""
        ...


def in_dtype(value: Any, dtype: torch.dtype) -> Any:
    """A value with every floating-point tensor in it, however nested in lists, tuples and mappings, in a format."""
    if isinstance(value, torch.Tensor):
        return value.to(dtype) if value.is_floating_point() else value
    if isinstance(value, Mapping):
        return {name: in_dtype(item, dtype) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(in_dtype(item, dtype) for item in value)
    return value
