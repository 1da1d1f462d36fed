"""Drawing with the parts in training through the same pipeline that ships."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from studio.training.networks.libraries import (
    Autoencoder,
    Denoiser,
    Pipeline,
    Scheduler,
    StableDiffusionPipeline,
    TextEncoder,
    Tokenizer,
)
from studio.training.networks.loop import in_batches


def assemble_pipeline(
    tokenizer: Tokenizer,
    text_encoder: TextEncoder,
    unet: Denoiser,
    autoencoder: Autoencoder,
    scheduler: Scheduler,
) -> Pipeline:
    """Put the parts together, silent and without a safety checker."""
    pipeline = StableDiffusionPipeline(
        vae=autoencoder,
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


@torch.no_grad()
def draw_pictures(
    pipeline: Pipeline,
    prompts: Sequence[str],
    *,
    seed: int,
    steps: int = 20,
    guidance_scale: float = 3.0,
    batch_size: int = 8,
) -> Tensor:
    """Pictures, float32 (n, 3, side, side) in [-1, 1], one a prompt; the i-th is drawn from ``seed + i``."""
    parts = []
    for part in in_batches(len(prompts), batch_size):
        generators = [torch.Generator("cpu").manual_seed(seed + i) for i in range(part.start, part.stop)]
        drawn = pipeline(
            list(prompts[part]),
            num_inference_steps=steps,
            guidance_scale=guidance_scale,
            generator=generators,
            output_type="pt",
        ).images
        parts.append(drawn.float().cpu() * 2 - 1)
    return torch.cat(parts)
