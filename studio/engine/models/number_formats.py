"""Weights from one number format and memory layout to another."""

from __future__ import annotations

from typing import Final

import torch

_BLOCK: Final = 1 << 17
"""So many numbers stay in the processor's cache, and make calls few."""


def in_format(tensor: torch.Tensor, dtype: torch.dtype, layout: torch.memory_format) -> torch.Tensor:
    """The tensor in a number format, and in a memory layout if it has four dimensions."""
    if tensor.dim() == 4:
        return tensor.to(dtype, memory_format=layout)
    if tensor.dtype == torch.float16 and dtype == torch.bfloat16 and tensor.device.type == "cpu":
        return _by_float32(tensor)
    return tensor.to(dtype)


def _by_float32(tensor: torch.Tensor) -> torch.Tensor:
    """float16 as bfloat16. The same numbers as torch's own way, which takes one after the other, in half the time."""
    given = tensor.contiguous().view(-1)
    made, between = torch.empty_like(given, dtype=torch.bfloat16), torch.empty(min(_BLOCK, len(given)))
    for start in range(0, len(given), _BLOCK):
        part = given[start : start + _BLOCK]
        made[start : start + _BLOCK].copy_(between[: len(part)].copy_(part))
    return made.view(tensor.shape)
