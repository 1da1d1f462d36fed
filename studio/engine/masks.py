"""Masks at latent resolution, soft values kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray


def latent_mask(mask: NDArray[np.float32], factor: int) -> torch.Tensor:
    """Average a mask ``(height, width)`` over each latent cell: float32 ``(1, 1, height / factor, width / factor)``."""
    whole = torch.from_numpy(np.ascontiguousarray(mask, dtype=np.float32))[None, None]
    return torch.nn.functional.avg_pool2d(whole, factor)


def layer_size(latents: Sequence[int], cells: int) -> tuple[int, int]:
    """Rows and columns of a layer with so many cells, where a network has halved those of latents, rounding up."""
    height, width = latents
    while height * width > cells:
        height, width = -(-height // 2), -(-width // 2)
    return height, width


def free_cells(mask: torch.Tensor, index: int, total: int) -> torch.Tensor:
    """Where the picture may change at step ``index`` (0-based) of ``total``: float32 0 or 1 in the mask's shape.

    A cell of value *m* is held to the original at first and denoises during the last ``m * total`` steps, so a soft
    mask changes the picture by degrees (differential diffusion: Levin and Fried 2023, arXiv 2306.00950).
    """
    threshold = 1.0 - (index + 1) / total
    return (mask > threshold + 1e-6).float()
