"""Numbers of networks that lie in no file, as they follow from the config."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import torch

from studio.system.parts import engine_part


def fill_buffers(network: Any, device: str) -> None:
    """Make what an empty network was given none of, on its device."""
    for name, buffer in list(network.named_buffers()):
        if buffer.is_meta:
            owner, _, own = name.rpartition(".")
            module = network.get_submodule(owner)
            made = _MADE.get(own, _positions)(module, buffer)
            module.register_buffer(own, made.to(device), persistent=False)


def _positions(_module: Any, buffer: torch.Tensor) -> torch.Tensor:
    """The places of words in a text."""
    return torch.arange(buffer.shape[-1]).expand(buffer.shape).clone()


def _modulations(_module: Any, buffer: torch.Tensor) -> torch.Tensor:
    """The numbers of Chroma's modulations, as waves."""
    embeddings = engine_part("diffusers.models.embeddings")
    numbers = torch.arange(buffer.shape[0]) * 1000
    waves: torch.Tensor = embeddings.get_timestep_embedding(
        numbers, buffer.shape[1], flip_sin_to_cos=True, downscale_freq_shift=0
    )
    return waves


def _frequencies(module: Any, _buffer: torch.Tensor) -> torch.Tensor:
    """Those of the waves by which a language model tells the places of words."""
    frequencies: torch.Tensor = type(module)(module.config).inv_freq
    return frequencies


_MADE: Final[Mapping[str, Callable[[Any, torch.Tensor], torch.Tensor]]] = {
    "mod_proj": _modulations,
    "inv_freq": _frequencies,
    "original_inv_freq": _frequencies,
}
"""By the buffer's own name; all others are positions."""
