"""A linear map from latents to colours, good enough for a preview without decoding."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from studio.training.networks.autoencoder import SCALING_FACTOR, encode, to_float
from studio.training.networks.libraries import Autoencoder
from studio.training.networks.loop import in_batches
from studio.training.scenes.data import Pictures


def fit_preview(autoencoder: Autoencoder, pictures: Pictures) -> dict[str, list[list[float]] | list[float]]:
    """Fit scaled latents to the mean colour of their 8x8 pixels by least squares.

    Returns ``latent_rgb_factors``, one RGB row a latent channel, and ``latent_rgb_bias``: a preview in [-1, 1] is
    ``latents @ factors + bias``.
    """
    latents, colours = [], []
    for part in in_batches(len(pictures), 32):
        batch = to_float(pictures[part]).to(autoencoder.device)
        latents.append(_as_rows(encode(autoencoder, batch) * SCALING_FACTOR))
        colours.append(_as_rows(functional.avg_pool2d(batch, 8)))
    rows = torch.cat(latents)
    rows = torch.cat([rows, torch.ones(len(rows), 1)], dim=1)
    solution: Tensor = torch.linalg.lstsq(rows.double(), torch.cat(colours).double()).solution
    rounded = [[round(value, 5) for value in row] for row in solution.tolist()]
    return {"latent_rgb_factors": rounded[:-1], "latent_rgb_bias": rounded[-1]}


def save_preview(autoencoder: Autoencoder, pictures: Pictures, path: Path) -> None:
    """Fit the map and write it as JSON."""
    path.write_text(json.dumps(fit_preview(autoencoder, pictures), indent=2) + "\n", "utf-8")


def _as_rows(maps: Tensor) -> Tensor:
    """Turn (n, c, h, w) into (n h w, c)."""
    return maps.float().permute(0, 2, 3, 1).flatten(0, 2).cpu()
