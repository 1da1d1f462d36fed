"""What somebody else's code makes of a call of a network, looked at before the network sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeGuard

import torch

from studio.api.network_input import NetworkInput


def is_like(made: Any, before: NetworkInput) -> TypeGuard[NetworkInput]:
    """Whether something is a call for the same sides: with words for each row, and arguments that have names."""
    if not isinstance(made, NetworkInput) or made.sides != before.sides:
        return False
    if not isinstance(made.extras, Mapping) or not all(isinstance(name, str) for name in made.extras):
        return False
    rows, _, width = before.words.shape
    if not _is_of(made.words, rows, None, width):
        return False
    is_masked = made.mask is None or _is_of(made.mask, rows, made.words.shape[1])
    is_pooled = made.pooled is before.pooled or (
        before.pooled is not None and _is_of(made.pooled, *before.pooled.shape)
    )
    return is_masked and is_pooled


def _is_of(made: Any, *shape: int | None) -> bool:
    """Whether something is a tensor of this shape; ``None`` is any length."""
    if not isinstance(made, torch.Tensor) or made.ndim != len(shape):
        return False
    return all(wanted in (None, length) for wanted, length in zip(shape, made.shape, strict=True))


def taken(made: NetworkInput, before: NetworkInput, sample: torch.Tensor) -> NetworkInput:
    """The call with this sample; where other words stand and nothing is said of their lengths they are one prompt."""
    is_told = made.lengths != before.lengths or made.words.shape == before.words.shape
    return replace(made, sample=sample, lengths=made.lengths if is_told else ())
