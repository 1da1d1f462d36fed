"""Flux.1 and Chroma on the disk: a transformer, T5 and, for Flux, CLIP; a VAE of 16 channels."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from studio.engine.models.families.family import Config, Family, Part, Preset, Tensors
from studio.engine.models.families.sd import CLIP_L, CLIP_L_PLACES, autoencoder, clip
from studio.engine.models.layouts.flux import chroma_slots, flux_slots
from studio.engine.models.layouts.slots import Place, Slot
from studio.engine.models.layouts.t5 import t5_slots
from studio.message import Message

TRANSFORMER: Final = "transformer"
TRANSFORMER_PLACES: Final = (
    Place("model.diffusion_model.", "original"),
    Place("diffusion_model.", "original"),
    Place("", "original"),
    Place("transformer.", "diffusers"),
    Place("", "diffusers"),
)
_CHANNELS: Final = 64
_SHOWN_MORE: Final = {
    128: Message("it is a Depth or Canny model of Flux.1, which is shown a second picture"),
    384: Message("it is Flux.1 Fill, which is shown the picture and the mask"),
}
_T5_PLACES: Final = (
    Place("text_encoders.t5xxl.transformer.", "diffusers"),
    Place("text_encoder_2.", "diffusers"),
    Place("text_encoder.", "diffusers"),
    Place("", "diffusers"),
    Place("", "original"),
)


def t5(name: str, called: str) -> Part:
    """The text encoder T5 1.1 XXL."""
    return Part(
        name=name,
        called=called,
        make="T5-XXL",
        classes=("T5EncoderModel",),
        library="transformers",
        slots=t5_slots,
        places=_T5_PLACES,
        alike=("d_model", "d_ff", "num_layers", "num_heads", "vocab_size"),
        tokenizer="t5",
        is_large=True,
    )


def _fitted(tensors: Tensors, place: Place) -> Config:
    """Whether the transformer is shown the guidance scale, and how many channels it takes."""
    is_original = place.naming == "original"
    first = tensors.get(place.prefix + _FIRST[not is_original])
    guided = "guidance_in.in_layer.weight" if is_original else _GUIDED
    channels = first.shape[1] if first is not None and len(first.shape) == 2 else _CHANNELS
    return {"in_channels": channels, "guidance_embeds": place.prefix + guided in tensors}


def _refused(config: Config) -> str | None:
    channels = config.get("in_channels", _CHANNELS)
    if channels == _CHANNELS:
        return None
    reason = _SHOWN_MORE.get(channels) or Message("its transformer takes {channels} channels", channels=channels)
    return Message("{reason}; that is not supported", reason=reason)


def _pruned(slots: tuple[Slot, ...], place: Place, tensors: Tensors) -> str | None:
    """Smaller ones have the last blocks of neither kind."""
    norms = [slot for slot in slots if slot.name.endswith("attn.norm_q.weight")]
    found = sum(place.key(slot) in tensors for slot in norms)
    is_smaller = len(norms) // 2 < found < len(norms)
    smaller = Message("it has fewer blocks than Flux.1, such as Flux.1 lite; that is not supported")
    return smaller if is_smaller else None


_FIRST: Final = ("img_in.weight", "x_embedder.weight")
_GUIDED: Final = "time_text_embed.guidance_embedder.linear_1.weight"
_SCHNELL: Final = Preset(scheduler="euler", steps=4, guidance_scale=1.0)
_DEV: Final = Preset(scheduler="euler", steps=28, guidance_scale=3.5)
_HURRIED: Final = Preset(scheduler="euler", steps=8, guidance_scale=3.5)
_CHROMA: Final = Preset(scheduler="euler", steps=26, guidance_scale=4.0)
_CHROMA_FLASH: Final = Preset(scheduler="euler", steps=8, guidance_scale=1.0)


def _flux_preset(words: frozenset[str], is_guided: bool) -> Preset:
    if not is_guided:
        return _SCHNELL
    return _HURRIED if words & {"turbo", "hyper", "lightning"} else _DEV


def _chroma_preset(words: frozenset[str], _is_guided: bool) -> Preset:
    return _CHROMA_FLASH if "flash" in words else _CHROMA


def _flux_schedule(config: Config) -> Config:
    """Schnell's steps are even, whatever the size of the picture."""
    return {} if config.get("guidance_embeds") else {"use_dynamic_shifting": False, "shift": 1.0}


FLUX1: Final = Family(
    id="flux1",
    parts=(
        clip("text_encoder", "CLIP-L text encoder", CLIP_L, CLIP_L_PLACES),
        t5("text_encoder_2", "T5-XXL text encoder"),
        Part(
            name=TRANSFORMER,
            called="transformer",
            make="transformer of Flux.1",
            classes=("FluxTransformer2DModel",),
            slots=flux_slots,
            places=TRANSFORMER_PLACES,
            first=_FIRST,
            fitted=_fitted,
            refused=_refused,
            lacking=_pruned,
            is_large=True,
        ),
        autoencoder("VAE of Flux.1"),
    ),
    pipelines=("FluxPipeline", "FluxImg2ImgPipeline", "FluxInpaintPipeline"),
    side=1024,
    smallest=1 / 2,
    largest=3 / 2,
    multiple=16,
    is_flow=True,
    is_guided=lambda config: bool(config.get("guidance_embeds")),
    preset=_flux_preset,
    schedule=_flux_schedule,
)

CHROMA: Final = Family(
    id="chroma",
    parts=(
        t5("text_encoder", "T5-XXL text encoder"),
        replace(
            FLUX1.denoiser,
            make="transformer of Chroma",
            classes=("ChromaTransformer2DModel",),
            slots=chroma_slots,
            fitted=lambda _tensors, _place: {},
            lacking=lambda _slots, _place, _tensors: None,
        ),
        FLUX1.part("vae"),
    ),
    pipelines=("ChromaPipeline", "ChromaImg2ImgPipeline", "ChromaInpaintPipeline"),
    side=1024,
    smallest=1 / 2,
    largest=5 / 4,
    multiple=16,
    is_flow=True,
    preset=_chroma_preset,
)
