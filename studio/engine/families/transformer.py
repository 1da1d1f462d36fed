"""What the denoisers of all transformers have in common."""

from __future__ import annotations

from typing import Any

import torch

from studio.api.families import FamilyDenoiser


class TransformerDenoiser(FamilyDenoiser):
    """A transformer of diffusers that is asked for one side of guidance at a time and sees no masked picture.

    Its inputs are given in its own number format.
    """

    takes_pairs = False

    def __init__(self, transformer: Any) -> None:
        self.network = transformer
        # Asked once: diffusers looks at every layer for the answer.
        self._dtype: torch.dtype = transformer.dtype

    @property
    def device(self) -> torch.device:
        device: torch.device = self.network.device
        return device

    def _guidance(self, scale: float, rows: int) -> torch.Tensor | None:
        """The guidance scale for a network that takes it, ``None`` for another: (rows,)."""
        if not self.network.config.guidance_embeds:
            return None
        return torch.full((rows,), scale, dtype=torch.float32, device=self.device)
