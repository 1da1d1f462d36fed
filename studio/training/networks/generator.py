"""Step 3: the image generator: an autoencoder, a denoiser on its cached latents, and the denoiser in few steps."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.training.configuration import StarterConfig
from studio.training.networks.autoencoder import train_autoencoder
from studio.training.networks.denoiser import Conditioning, cache_latents, train_denoiser
from studio.training.networks.few_steps import train_few_steps
from studio.training.networks.libraries import Autoencoder, Denoiser, TextEncoder, Tokenizer
from studio.training.scenes.data import Pictures, RenderedSplit


@dataclass(frozen=True)
class Generator:
    """The trained networks. ``few_steps`` is a copy of ``denoiser`` with its few-step LoRA in it."""

    autoencoder: Autoencoder
    denoiser: Denoiser
    few_steps: Denoiser


def train_generator(
    config: StarterConfig,
    split: RenderedSplit,
    held_out: Pictures,
    *,
    tokenizer: Tokenizer,
    text_encoder: TextEncoder,
    folder: Path,
    device: torch.device,
    start: Path | None = None,
) -> Generator:
    """Train the networks, or resume them, under ``folder``; returns their averages.

    ``start`` is the folder of an earlier model of the same sizes, whose networks are trained on.
    """
    autoencoder = train_autoencoder(
        config.autoencoder, split.pictures, held_out, folder / "autoencoder", device, start=start
    )
    cache = folder / "autoencoder" / "latents.pt"
    latents = cache_latents(autoencoder, split.pictures, cache, device, halves=config.denoiser.small_share > 0)
    conditioning = Conditioning(tokenizer, text_encoder, autoencoder)
    unet = train_denoiser(
        config.denoiser, split, latents, conditioning, folder / "denoiser", device=device, start=start
    )
    few_steps = train_few_steps(
        config.few_steps,
        copy.deepcopy(unet),
        split,
        latents,
        conditioning=conditioning,
        folder=folder / "few_steps",
        device=device,
    )
    return Generator(autoencoder, unet, few_steps)
