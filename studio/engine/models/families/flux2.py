"""Flux.2 Klein 4B on the disk: a transformer, Qwen3-4B, and a VAE of 32 channels."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from studio.engine.models.families.family import Config, Family, Part, Preset, Tensors
from studio.engine.models.families.flux import TRANSFORMER, TRANSFORMER_PLACES
from studio.engine.models.families.qwen3 import QWEN3
from studio.engine.models.families.sd import VAE_PLACES, autoencoder
from studio.engine.models.layouts.flux2 import flux2_slots, flux2_vae_slots
from studio.engine.models.layouts.slots import Place
from studio.message import Message

_WORDS: Final = ("txt_in.weight", "context_embedder.weight")
_OTHERS: Final = {
    12288: Message("it is Flux.2 Klein 9B, which reads prompts with Qwen3-8B; only Klein 4B is supported"),
    15360: Message("it is Flux.2 dev, which reads prompts with Mistral; only Klein 4B is supported"),
}
"""By the numbers that a network is given for each word."""
_KLEIN: Final = Preset(scheduler="euler", steps=4, guidance_scale=1.0)
_BASE: Final = Preset(scheduler="euler", steps=50, guidance_scale=4.0)


def _fitted(tensors: Tensors, place: Place) -> Config:
    words = tensors.get(place.prefix + _WORDS[place.naming != "original"])
    return {"joint_attention_dim": words.shape[1]} if words is not None and len(words.shape) == 2 else {}


def _refused(config: Config) -> str | None:
    return _OTHERS.get(int(config.get("joint_attention_dim", 0)))


def _preset(words: frozenset[str], _is_guided: bool) -> Preset:
    return _BASE if "base" in words else _KLEIN


FLUX2: Final = Family(
    id="flux2",
    parts=(
        QWEN3,
        Part(
            name=TRANSFORMER,
            called="transformer",
            make="transformer of Flux.2",
            classes=("Flux2Transformer2DModel",),
            slots=flux2_slots,
            places=TRANSFORMER_PLACES,
            first=("double_stream_modulation_img.lin.weight", "double_stream_modulation_img.linear.weight"),
            fitted=_fitted,
            refused=_refused,
            is_large=True,
        ),
        replace(
            autoencoder("VAE of Flux.2"),
            classes=("AutoencoderKLFlux2",),
            slots=flux2_vae_slots,
            places=(*VAE_PLACES, Place("vae.", "nested"), Place("", "nested")),
            alike=("block_out_channels", "latent_channels"),
        ),
    ),
    pipelines=("Flux2KleinPipeline", "Flux2KleinInpaintPipeline"),
    side=1024,
    smallest=0.5,
    largest=2.0,
    multiple=16,
    is_flow=True,
    preset=_preset,
)
