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
    return all(_has_rows(getattr(made, name), getattr(before, name)) for name in ("words", "pooled", "mask"))


def _has_rows(made: Any, before: torch.Tensor | None) -> bool:
    """Whether something has as many rows of as many numbers; words may be more or fewer."""
    if made is before:
        return True
    if not isinstance(made, torch.Tensor) or before is None or made.ndim != before.ndim:
        return False
    is_long = before.ndim == 3
    return made.shape[0] == before.shape[0] and (not is_long or made.shape[2] == before.shape[2])


def taken(made: NetworkInput, before: NetworkInput, sample: torch.Tensor) -> NetworkInput:
    """The call with this sample; other words than before are one prompt."""
    lengths = before.lengths if made.words.shape == before.words.shape else ()
    return replace(made, sample=sample, lengths=lengths)
