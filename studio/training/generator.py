"""Step 3: the image generator, an autoencoder and then a denoiser on its cached latents."""

from __future__ import annotations

from pathlib import Path

import torch

from studio.training.autoencoder import train_autoencoder
from studio.training.configuration import StarterConfig
from studio.training.data import Pictures, RenderedSplit
from studio.training.denoiser import Conditioning, cache_latents, train_denoiser
from studio.training.libraries import Autoencoder, Denoiser, TextEncoder, Tokenizer


def train_generator(
    config: StarterConfig,
    split: RenderedSplit,
    held_out: Pictures,
    *,
    tokenizer: Tokenizer,
    text_encoder: TextEncoder,
    folder: Path,
    device: torch.device,
) -> tuple[Autoencoder, Denoiser]:
    """Train both networks, or resume them, under ``folder``; returns their averages."""
    autoencoder = train_autoencoder(config.autoencoder, split.pictures, held_out, folder / "autoencoder", device)
    cache = folder / "autoencoder" / "latents.pt"
    latents = cache_latents(autoencoder, split.pictures, cache, device, mirrored=config.denoiser.mirrored)
    conditioning = Conditioning(tokenizer, text_encoder, autoencoder)
    unet = train_denoiser(config.denoiser, split, latents, conditioning, folder / "denoiser", device=device)
    return autoencoder, unet
