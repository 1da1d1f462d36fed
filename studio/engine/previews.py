"""Rough RGB previews straight from latents: one linear map a model, no decoder."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from studio.document import Pixels
from studio.text.untrusted import parse_json

_MOST_CELLS: Final = 16
"""Along a side of the picture that is fitted to."""
_CELLS_OF_SPOT: Final = 3


@dataclass(frozen=True, eq=False)
class LatentPreview:
    """``rgb = latents @ factors + bias``: scaled latents (channels, h, w) to RGB in -1..1.

    ``factors`` is float32 ``(channels, 3)``, ``bias`` float32 ``(3,)``, both on the CPU.
    """

    factors: torch.Tensor
    bias: torch.Tensor

    def render(self, latents: torch.Tensor) -> Pixels:
        """Latents ``(1, channels, h, w)`` to uint8 ``(h, w, 3)`` RGB, one pixel for every latent cell."""
        flat = latents[0].detach().float().cpu().permute(1, 2, 0)
        rgb = torch.nan_to_num(flat @ self.factors + self.bias)
        return to_uint8(rgb)


def to_uint8(rgb: torch.Tensor) -> Pixels:
    """RGB in -1..1, any shape, to uint8 by rounding."""
    scaled = rgb.float().mul(127.5).add_(127.5).clamp_(0, 255).round_().to(torch.uint8)
    pixels: Pixels = np.ascontiguousarray(scaled.cpu().numpy())
    return pixels


def load_preview(folder: Path, channels: int) -> LatentPreview | None:
    """The map of ``preview.json`` in a model folder, or ``None`` when there is none that fits."""
    try:
        value = parse_json((folder / "preview.json").read_bytes())
        factors = torch.tensor(value["latent_rgb_factors"], dtype=torch.float32)
        bias = torch.tensor(value["latent_rgb_bias"], dtype=torch.float32)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None
    sound = factors.shape == (channels, 3) and bias.shape == (3,)
    return LatentPreview(factors, bias) if sound and bool(torch.isfinite(factors).all()) else None


@torch.no_grad()
def fit_preview(decode: Any, channels: int) -> LatentPreview:
    """The least-squares map from smooth random latents to what the VAE makes of them, averaged over each cell.

    One small picture is enough, and decoding is what loading a model would else wait for.

    ``decode`` takes scaled latents ``(1, channels, h, w)`` and returns RGB ``(1, 3, H, W)`` in -1..1.
    """
    # Spots of values that have nothing to do with each other: together more than twice as many as are to be found.
    spots = math.isqrt(2 * (channels + 1)) + 1
    side = min(_MOST_CELLS, _CELLS_OF_SPOT * spots)
    coarse = torch.randn(1, channels, spots, spots, generator=torch.Generator().manual_seed(0))
    latents = torch.nn.functional.interpolate(coarse, size=(side, side), mode="bicubic")
    rgb = torch.nn.functional.adaptive_avg_pool2d(decode(latents).float().cpu(), side)
    design = torch.cat([latents[0].flatten(1).T, torch.ones(side**2, 1)], dim=1)
    solution = torch.linalg.lstsq(design, rgb[0].flatten(1).T).solution
    return LatentPreview(solution[:-1].contiguous(), solution[-1].contiguous())
