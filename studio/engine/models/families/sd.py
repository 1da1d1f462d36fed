"""Stable Diffusion 1, 2 and XL on the disk: a UNet, CLIP and a VAE of 4 channels."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from studio.engine.models.families.family import VAE, Config, Family, Part, Preset, Tensors
from studio.engine.models.layouts.slots import Place, Slot
from studio.engine.models.layouts.text_encoders import clip_slots
from studio.engine.models.layouts.unet import unet_slots
from studio.engine.models.layouts.vae import vae_slots
from studio.message import Message

UNET: Final = "unet"
CLIP: Final = ("CLIPTextModel", "CLIPTextModelWithProjection")
CLIP_L: Final = "CLIP-L"
CLIP_FOLDER: Final = (Place("", "diffusers"), Place("", "headless"))
CLIP_ALIKE: Final = ("hidden_size", "num_hidden_layers", "vocab_size")
END: Final = "<|endoftext|>"
VAE_FOLDER: Final = (Place("", "diffusers"), Place("", "earlier"))
VAE_ALIKE: Final = ("block_out_channels", "latent_channels", "scaling_factor")
VAE_PLACES: Final = (
    Place("first_stage_model.", "original"),
    Place("vae.", "original"),
    Place("vae.", "diffusers"),
    Place("", "original"),
    Place("", "diffusers"),
    Place("", "earlier"),
)
CLIP_L_PLACES: Final = (
    Place("cond_stage_model.transformer.", "diffusers"),
    Place("cond_stage_model.transformer.", "headless"),
    Place("conditioner.embedders.0.transformer.", "diffusers"),
    Place("conditioner.embedders.0.transformer.", "headless"),
    Place("text_encoders.clip_l.transformer.", "diffusers"),
    Place("text_encoders.clip_l.transformer.", "headless"),
    Place("text_encoder.", "diffusers"),
    Place("", "diffusers"),
    Place("", "headless"),
)
_OPEN_CLIP: Final = (
    Place("cond_stage_model.model.", "original"),
    Place("text_encoders.clip_h.transformer.", "diffusers"),
    Place("", "diffusers"),
    Place("", "headless"),
    Place("", "original"),
)
_OPEN_CLIP_XL: Final = (
    Place("conditioner.embedders.1.model.", "original"),
    Place("text_encoders.clip_g.transformer.", "diffusers"),
    Place("text_encoder_2.", "diffusers"),
    Place("", "diffusers"),
    Place("", "headless"),
    Place("", "original"),
)
_UNET: Final = (
    Place("model.diffusion_model.", "original"),
    Place("diffusion_model.", "original"),
    Place("unet.", "diffusers"),
    Place("", "original"),
    Place("", "diffusers"),
)
_CHANNELS: Final = {
    5: Message("it is a depth model, which is shown distances too"),
    7: Message("it is the x4 upscaler of Stable Diffusion 2, which is shown a small picture too"),
    8: Message("it is an InstructPix2Pix model, which is shown a picture too"),
}
_KNOWN_CHANNELS: Final = (4, 9)
_FOREIGN: Final = (
    ("edm_mean", "it was taught with EDM's noise (as Playground 2.5), which is not supported"),
    ("edm_vpred.sigma_max", "it was taught with EDM's noise (as CosXL), which is not supported"),
    ("noise_augmentor.time_embed.0.weight", "it is an unCLIP model, which is shown a picture too"),
)
_FIRST: Final = ("input_blocks.0.0.weight", "conv_in.weight")
_LCM: Final = Preset(scheduler="lcm", steps=6, guidance_scale=1.5)
_LCM_GUIDED: Final = Preset(scheduler="lcm", steps=6, guidance_scale=8.0)
"""For networks that are shown the guidance scale."""
_PRESETS: Final = (
    (("lcm",), _LCM),
    (("dmd2", "dmd"), Preset(scheduler="lcm", steps=4, guidance_scale=1.0)),
    (("tcd",), Preset(scheduler="tcd", steps=4, guidance_scale=1.0)),
    (("lightning",), Preset(scheduler="euler", steps=4, guidance_scale=1.0)),
    (("hyper",), Preset(scheduler="euler", steps=8, guidance_scale=1.0)),
    (("turbo",), Preset(scheduler="euler_a", steps=4, guidance_scale=1.0)),
    (("schnell",), Preset(scheduler="euler", steps=4, guidance_scale=1.0)),
)
"""Models that were made to draw in a few steps, by words in their names."""


def _fitted(tensors: Tensors, place: Place) -> Config:
    """How many channels a UNet takes, and how many numbers it is shown of the guidance scale, which only LCM's are."""
    is_original = place.naming == "original"
    first = tensors.get(place.prefix + _FIRST[not is_original])
    named = "time_embed.cond_proj.weight" if is_original else "time_embedding.cond_proj.weight"
    guided = tensors.get(place.prefix + named)
    channels = first.shape[1] if first is not None and len(first.shape) == 4 else 4
    guidance = guided.shape[1] if guided is not None and len(guided.shape) == 2 else None
    return {"in_channels": channels, "time_cond_proj_dim": guidance}


def _refused(config: Config) -> str | None:
    channels = config.get("in_channels", 4)
    if channels in _KNOWN_CHANNELS:
        return None
    reason = _CHANNELS.get(channels) or Message("its UNet takes {channels} channels", channels=channels)
    return Message("{reason}; that is not supported", reason=reason)


def _is_inpainting(config: Config) -> bool:
    return bool(config.get("in_channels") == 9)


def _is_guided(config: Config) -> bool:
    return config.get("time_cond_proj_dim") is not None


def _smaller(slots: tuple[Slot, ...], place: Place, tensors: Tensors) -> str | None:
    middle = [slot for slot in slots if slot.name.startswith("mid_block.attentions.")]
    is_whole = sum(place.key(slot) in tensors for slot in middle) >= len(middle) // 2
    return None if is_whole else Message("it is a smaller XL, such as SSD-1B, which is not supported")


def _preset(words: frozenset[str], is_guided: bool) -> Preset | None:
    usual = _LCM_GUIDED if is_guided else None
    found = next((preset for marks, preset in _PRESETS if words & set(marks)), usual)
    if found is None or not is_guided:
        return found
    return Preset(scheduler=found.scheduler, steps=found.steps, guidance_scale=_LCM_GUIDED.guidance_scale)


_UNET_PART: Final = Part(
    name=UNET,
    called="UNet",
    make="UNet of Stable Diffusion",
    classes=("UNet2DConditionModel",),
    slots=unet_slots,
    places=_UNET,
    first=_FIRST,
    fitted=_fitted,
    refused=_refused,
)


def clip(name: str, called: str, make: str, places: tuple[Place, ...], *, filling: str = END) -> Part:
    """A text encoder of CLIP."""
    return Part(
        name=name,
        called=called,
        make=make,
        classes=CLIP,
        library="transformers",
        slots=clip_slots,
        places=places,
        folder_places=CLIP_FOLDER,
        alike=CLIP_ALIKE if name == "text_encoder" else (*CLIP_ALIKE, "projection_dim"),
        tokenizer="clip",
        filling=filling,
    )


def autoencoder(make: str) -> Part:
    """An ``AutoencoderKL``."""
    return Part(
        name=VAE,
        called="VAE",
        make=make,
        classes=("AutoencoderKL",),
        slots=vae_slots,
        places=VAE_PLACES,
        folder_places=VAE_FOLDER,
        alike=VAE_ALIKE,
    )


def _is_sd2(config: Config) -> bool:
    return bool(config.get("cross_attention_dim") == 1024)


_PIPELINES: Final = (
    "StableDiffusionPipeline",
    "StableDiffusionImg2ImgPipeline",
    "StableDiffusionInpaintPipeline",
    "LatentConsistencyModelPipeline",
)

SD1: Final = Family(
    id="sd1",
    parts=(
        clip("text_encoder", "text encoder", CLIP_L, CLIP_L_PLACES),
        _UNET_PART,
        autoencoder("VAE of Stable Diffusion"),
    ),
    pipelines=_PIPELINES,
    holds=lambda config: not _is_sd2(config),
    side=512,
    is_inpainting=_is_inpainting,
    is_guided=_is_guided,
    preset=_preset,
    foreign=_FOREIGN,
)

SD2: Final = Family(
    id="sd2",
    parts=(
        clip("text_encoder", "text encoder", "OpenCLIP-H", _OPEN_CLIP, filling="!"),
        _UNET_PART,
        autoencoder("VAE of Stable Diffusion"),
    ),
    pipelines=_PIPELINES,
    holds=_is_sd2,
    side=768,
    is_inpainting=_is_inpainting,
    is_guided=_is_guided,
    preset=_preset,
    foreign=_FOREIGN,
)

SDXL: Final = Family(
    id="sdxl",
    parts=(
        clip("text_encoder", "text encoder", CLIP_L, CLIP_L_PLACES),
        clip("text_encoder_2", "second text encoder", "OpenCLIP-G", _OPEN_CLIP_XL, filling="!"),
        replace(_UNET_PART, lacking=_smaller),
        autoencoder("VAE of Stable Diffusion XL"),
    ),
    pipelines=(
        "StableDiffusionXLPipeline",
        "StableDiffusionXLImg2ImgPipeline",
        "StableDiffusionXLInpaintPipeline",
    ),
    optional=("text_encoder",),
    empty_is_zero=True,
    side=1024,
    smallest=5 / 8,
    largest=5 / 4,
    is_inpainting=_is_inpainting,
    is_guided=_is_guided,
    preset=_preset,
    foreign=_FOREIGN,
)
