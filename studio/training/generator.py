"""Step 3: the image generator, an autoencoder and then a denoiser on its cached latents."""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

from studio.training.autoencoder import train_autoencoder
from studio.training.configuration import StarterConfig
from studio.training.data import Pictures, RenderedSplit
from studio.training.denoiser import Conditioning, cache_latents, train_denoiser


def train_generator(
    config: StarterConfig,
    split: RenderedSplit,
    held_out: Pictures,
    tokenizer: CLIPTokenizer,
    text_encoder: CLIPTextModel,
    folder: Path,
    device: torch.device,
) -> tuple[AutoencoderKL, UNet2DConditionModel]:
    """Train both networks, or resume them, under ``folder``; returns their averages."""
    autoencoder = train_autoencoder(config.autoencoder, split.pictures, held_out, folder / "autoencoder", device)
    latents = cache_latents(autoencoder, split.pictures, folder / "autoencoder" / "latents.pt", device)
    conditioning = Conditioning(tokenizer, text_encoder, autoencoder)
    unet = train_denoiser(config.denoiser, split, latents, conditioning, folder / "denoiser", device)
    return autoencoder, unet
