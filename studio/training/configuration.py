"""Sizes and schedules of the recipe, as plain frozen values with three presets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

Preset = Literal["smoke", "cpu", "gpu"]


@dataclass(frozen=True)
class DataConfig:
    """Step 1: how many pictures of ``resolution`` x ``resolution`` pixels, in shards of ``shard_size``."""

    seed: int = 20261123
    resolution: int = 128
    pictures: int = 16_384
    held_out_pictures: int = 512
    judge_pictures: int = 8192
    shard_size: int = 2048
    captions_per_language: int = 4


@dataclass(frozen=True)
class Schedule:
    """How long and how fast one network trains."""

    steps: int
    batch_size: int
    learning_rate: float
    warmup_steps: int = 100
    ema_decay: float = 0.999
    save_every: int = 200


@dataclass(frozen=True)
class TextConfig:
    """Step 2: the tokenizer, the text encoder and the image tower it is matched with."""

    vocabulary_size: int = 2560
    max_length: int = 77
    width: int = 128
    layers: int = 4
    heads: int = 4
    tower_resolution: int = 64
    train: Schedule = Schedule(steps=1200, batch_size=128, learning_rate=1e-3)


@dataclass(frozen=True)
class AutoencoderConfig:
    """Step 3, first half.

    Crops of ``crop`` pixels until the last ``whole_share`` of the steps, then whole pictures. The encoder learns for
    the first ``encoder_share`` of the steps; then it stands still and the decoder makes the best of its latents.
    """

    channels: tuple[int, ...] = (24, 48, 96, 128)
    crop: int = 64
    whole_share: float = 0.25
    encoder_share: float = 0.5
    edge_weight: float = 1.0
    kl_weight: float = 2e-4
    adversarial_weight: float = 0.0
    train: Schedule = Schedule(steps=7000, batch_size=8, learning_rate=6e-4, warmup_steps=200, save_every=250)


@dataclass(frozen=True)
class DenoiserConfig:
    """Step 3, second half. The UNet works on latents of an eighth of the picture's side, ``mirrored`` too if asked."""

    channels: tuple[int, ...] = (64, 128, 128)
    heads: int = 4
    caption_dropout: float = 0.1
    noise_words: float = 0.15
    snr_gamma: float = 5.0
    mirrored: bool = False
    train: Schedule = Schedule(steps=4600, batch_size=32, learning_rate=6e-4, save_every=400)


@dataclass(frozen=True)
class EvaluationConfig:
    """Step 4: the classifier that reads the pictures, and how many are read."""

    pictures: int = 500
    inference_steps: int = 20
    guidance_scale: float = 3.0
    classifier: Schedule = Schedule(steps=700, batch_size=64, learning_rate=2e-3)


@dataclass(frozen=True)
class StarterConfig:
    """The whole recipe."""

    data: DataConfig = field(default_factory=DataConfig)
    text: TextConfig = field(default_factory=TextConfig)
    autoencoder: AutoencoderConfig = field(default_factory=AutoencoderConfig)
    denoiser: DenoiserConfig = field(default_factory=DenoiserConfig)
    evaluation: EvaluationConfig = field(default_factory=EvaluationConfig)


def preset(name: Preset) -> StarterConfig:
    """Return the recipe for a size: ``smoke`` takes a minute, ``cpu`` about two hours, ``gpu`` tens of minutes."""
    if name == "smoke":
        return _smoke()
    return StarterConfig() if name == "cpu" else _gpu()


def _smoke() -> StarterConfig:
    brief = Schedule(steps=8, batch_size=8, learning_rate=1e-3, warmup_steps=2, save_every=8)
    return StarterConfig(
        DataConfig(pictures=64, held_out_pictures=16, judge_pictures=64, shard_size=64, captions_per_language=2),
        TextConfig(vocabulary_size=800, width=32, layers=2, heads=2, train=brief),
        AutoencoderConfig(channels=(8, 8, 16, 16), train=brief),
        DenoiserConfig(channels=(16, 24, 32), heads=2, train=brief),
        EvaluationConfig(pictures=8, inference_steps=4, classifier=brief),
    )


def _gpu() -> StarterConfig:
    small = StarterConfig()
    return replace(
        small,
        data=replace(small.data, pictures=65_536),
        text=replace(small.text, train=Schedule(steps=6000, batch_size=512, learning_rate=1e-3)),
        autoencoder=replace(
            small.autoencoder,
            channels=(32, 64, 96, 128),
            crop=128,
            adversarial_weight=0.05,
            train=Schedule(steps=40_000, batch_size=32, learning_rate=5e-4, warmup_steps=500, save_every=2000),
        ),
        denoiser=replace(
            small.denoiser,
            channels=(128, 224, 320),
            mirrored=True,
            train=Schedule(steps=60_000, batch_size=128, learning_rate=4e-4, warmup_steps=1000, save_every=5000),
        ),
    )
