"""A tiny random model in the layout of the one that ships, schedulers and jobs for the engine's tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from studio.api import DenoiseJob, SchedulerSpec
from studio.engine.engine import DiffusionEngine
from studio.generation import CancelToken, Progress

SIDE = 64


def scheduler_specs() -> dict[str, SchedulerSpec]:
    import diffusers

    def spec(name: str, class_name: str, **changes: Any) -> SchedulerSpec:
        def factory(config: Mapping[str, Any]) -> Any:
            return getattr(diffusers, class_name).from_config(dict(config), **changes)

        return SchedulerSpec(id=name, name=name, factory=factory)

    specs = (
        spec("euler", "EulerDiscreteScheduler"),
        spec("euler_a", "EulerAncestralDiscreteScheduler"),
        spec("ddim", "DDIMScheduler"),
        spec("heun", "HeunDiscreteScheduler"),
        spec("dpmpp_2m_karras", "DPMSolverMultistepScheduler", use_karras_sigmas=True),
    )
    return {item.id: item for item in specs}


def make_job(**changes: Any) -> DenoiseJob:
    """A small job; change what the test is about."""
    values: dict[str, Any] = {
        "prompt": "a beautiful beach",
        "negative_prompt": "",
        "seed": 7,
        "steps": 4,
        "guidance_scale": 3.0,
        "scheduler": "euler",
        "model": "tiny",
        "width": SIDE,
        "height": SIDE,
    }
    return DenoiseJob(**{**values, **changes})


def generate(engine: DiffusionEngine, job: DenoiseJob, cancel: CancelToken | None = None) -> tuple[Any, list[Progress]]:
    """The pictures and everything that was reported."""
    reports: list[Progress] = []
    pictures = engine.bound(reports.append, cancel or CancelToken()).denoise(job)
    return pictures, reports


def picture(seed: int = 0) -> Any:
    """A smooth colourful RGB picture."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (4, 4, 3), dtype=np.uint8)
    return np.kron(coarse, np.ones((SIDE // 4, SIDE // 4, 1), np.uint8))


def write_tiny_model(
    folder: Path, *, unet_channels: int = 4, seed: int = 0, text_width: int = 32, **unet_options: Any
) -> None:
    """Random networks of the classes that Stable Diffusion uses, 1 MB in all (100 MB with ``text_width`` 1024)."""
    import torch
    from diffusers import DDPMScheduler, StableDiffusionPipeline

    torch.manual_seed(seed)
    pipeline = StableDiffusionPipeline(
        vae=tiny_vae(),
        text_encoder=tiny_text_encoder(width=text_width),
        tokenizer=tiny_tokenizer(folder.parent / f".{folder.name}-tokenizer"),
        unet=tiny_unet(unet_channels, cross_attention_dim=text_width, **unet_options),
        scheduler=DDPMScheduler(
            beta_schedule="scaled_linear",
            beta_start=0.00085,
            beta_end=0.012,
            prediction_type="v_prediction",
            timestep_spacing="trailing",
            rescale_betas_zero_snr=True,
            clip_sample=False,
            steps_offset=1,
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.save_pretrained(folder, safe_serialization=True)


def write_tiny_sdxl(folder: Path, *, unet_channels: int = 4, **unet_options: Any) -> None:
    """The same with the second text encoder and the added conditions of SDXL."""
    import torch
    from diffusers import EulerDiscreteScheduler, StableDiffusionXLPipeline

    torch.manual_seed(0)
    tokenizer = tiny_tokenizer(folder.parent / f".{folder.name}-tokenizer")
    pipeline = StableDiffusionXLPipeline(
        vae=tiny_vae(),
        text_encoder=tiny_text_encoder(),
        text_encoder_2=tiny_text_encoder(projection=16),
        tokenizer=tokenizer,
        tokenizer_2=tokenizer,
        unet=tiny_unet(
            unet_channels,
            cross_attention_dim=64,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=8 * 6 + 16,
            **unet_options,
        ),
        scheduler=EulerDiscreteScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012),
        add_watermarker=False,
    )
    pipeline.save_pretrained(folder, safe_serialization=True)


def tiny_unet(channels: int, cross_attention_dim: int = 32, **options: Any) -> Any:
    from diffusers import UNet2DConditionModel

    usual: dict[str, Any] = {
        "sample_size": SIDE // 8,
        "in_channels": channels,
        "out_channels": 4,
        "block_out_channels": (16, 24),
        "layers_per_block": 1,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
        "cross_attention_dim": cross_attention_dim,
        "attention_head_dim": 2,
        "norm_num_groups": 8,
    }
    return UNet2DConditionModel(**{**usual, **options})


def tiny_vae(latent_channels: int = 4) -> Any:
    from diffusers import AutoencoderKL

    kinds = {"down_block_types": ("DownEncoderBlock2D",) * 4, "up_block_types": ("UpDecoderBlock2D",) * 4}
    return AutoencoderKL(
        block_out_channels=(8, 8, 16, 16),
        layers_per_block=1,
        latent_channels=latent_channels,
        norm_num_groups=8,
        sample_size=SIDE,
        **kinds,
    )


def tiny_text_encoder(projection: int | None = None, width: int = 32) -> Any:
    """With ``projection``, the kind that also returns one pooled vector of this width."""
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        vocab_size=514,
        hidden_size=width,
        intermediate_size=4 * width,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=77,
        bos_token_id=512,
        eos_token_id=513,
        pad_token_id=513,
        projection_dim=projection or 32,
    )
    return CLIPTextModel(config) if projection is None else CLIPTextModelWithProjection(config)


def tiny_tokenizer(folder: Path) -> Any:
    """CLIP's byte-level tokenizer without any merges."""
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    letters = byte_letters()
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: index for index, word in enumerate(words)}), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    return CLIPTokenizer.from_pretrained(folder, local_files_only=True, model_max_length=77)


def byte_letters() -> list[str]:
    """One printable character for every byte, as byte-level BPE writes them."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in printable]
    return [chr(byte) for byte in printable] + [chr(256 + index) for index in range(len(rest))]
