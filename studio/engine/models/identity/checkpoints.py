"""Checkpoints of Stable Diffusion 1, 2 and XL: which networks a file holds, where they lie, and if they are whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from studio.engine.models.headers import TensorEntry
from studio.engine.models.identity.samples import broken_tensor
from studio.engine.models.identity.subject import Subject
from studio.engine.models.layouts.slots import Place, Slot, found_place, misfits
from studio.engine.models.layouts.text_encoders import clip_slots
from studio.engine.models.layouts.unet import unet_slots
from studio.engine.models.layouts.vae import vae_slots
from studio.engine.models.settings_files import read_json

UNET: Final = "unet"
VAE: Final = "vae"
_CLIP: Final = (
    Place("cond_stage_model.transformer.", "diffusers"),
    Place("cond_stage_model.transformer.", "headless"),
    Place("conditioner.embedders.0.transformer.", "diffusers"),
    Place("conditioner.embedders.0.transformer.", "headless"),
    Place("text_encoders.clip_l.transformer.", "diffusers"),
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
_VAE: Final = (
    Place("first_stage_model.", "original"),
    Place("vae.", "original"),
    Place("vae.", "diffusers"),
    Place("", "original"),
    Place("", "diffusers"),
    Place("", "earlier"),
)
FOLDER_PLACES: Final[Mapping[str, tuple[Place, ...]]] = {
    "text_encoder": (Place("", "diffusers"), Place("", "headless")),
    "text_encoder_2": (Place("", "diffusers"), Place("", "headless")),
    UNET: (Place("", "diffusers"),),
    VAE: (Place("", "diffusers"), Place("", "earlier")),
}
"""The same for the folder of one network."""

PLACES: Final[Mapping[str, Mapping[str, tuple[Place, ...]]]] = {
    "sd1": {"text_encoder": _CLIP, UNET: _UNET, VAE: _VAE},
    "sd2": {"text_encoder": _OPEN_CLIP, UNET: _UNET, VAE: _VAE},
    "sdxl": {"text_encoder": _CLIP, "text_encoder_2": _OPEN_CLIP_XL, UNET: _UNET, VAE: _VAE},
}
"""The networks of a family, in the order of loading, and where each may lie in a file."""

NAMES: Final = {
    "text_encoder": "text encoder",
    "text_encoder_2": "second text encoder",
    UNET: "UNet",
    VAE: "VAE",
}
"""What people call them."""

_OTHER_CHANNELS: Final = {
    5: "it is a depth model, which is shown distances too",
    7: "it is the x4 upscaler of Stable Diffusion 2, which is shown a small picture too",
    8: "it is an InstructPix2Pix model, which is shown a picture too",
}
_KNOWN_CHANNELS: Final = (4, 9)
_FOREIGN: Final = (
    ("edm_mean", "it was taught with EDM's noise (as Playground 2.5), which is not supported"),
    ("edm_vpred.sigma_max", "it was taught with EDM's noise (as CosXL), which is not supported"),
    ("noise_augmentor.time_embed.0.weight", "it is an unCLIP model, which is shown a picture too"),
)
_QUANTISED: Final = ("absmax", "quant_map", "quant_state.bitsandbytes__nf4")
_DTYPES: Final = frozenset({"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2"})


@dataclass(frozen=True)
class Found:
    """The networks in a file by name, each with its place; and what is wrong with them, a clause, or ``None``."""

    places: Mapping[str, Place]
    problem: str | None


def find_networks(subject: Subject, family: str, configs: Path) -> Found:
    """What a checkpoint of a family in `PLACES` holds. Raises `ModelError` if it cannot be read."""
    tensors = subject.header.tensors
    guided = tensors.get(subject.around + "time_embed.cond_proj.weight")
    guidance = guided.shape[1] if guided is not None and len(guided.shape) == 2 else 0
    places: dict[str, Place] = {}
    problem = _foreign(subject)
    for part, possible in PLACES[family].items():
        slots = family_slots(configs, family, part, _channels(subject), guidance)
        place = found_place(possible, slots, tensors) or (unet_place(tensors) if part == UNET else None)
        if place is not None:
            places[part] = place
            problem = problem or _wrong(part, family, slots, place, tensors)
    return Found(places, problem or _broken(subject))


def find_part(subject: Subject, family: str, configs: Path) -> tuple[str, str, str | None] | None:
    """(family, network, problem) of a file that holds one network that is no UNet; of ``family``, where that fits.

    ``None`` for a network of no family in `PLACES`. Raises `ModelError` if the file cannot be read.
    """
    tensors = subject.header.tensors
    wrong: tuple[str, str, str | None] | None = None
    for each in sorted(PLACES, key=lambda name: name != family):
        for part, possible in PLACES[each].items() if (configs / each).is_dir() else ():
            slots = family_slots(configs, each, part)
            place = None if part == UNET else found_place(possible, slots, tensors)
            if place is not None:
                problem = _wrong(part, each, slots, place, tensors)
                if problem is None:
                    return each, part, _broken(subject)
                wrong = wrong or (each, part, problem)
    return wrong


def part_config(configs: Path, family: str, part: str, *, channels: int = 4, guidance: int = 0) -> dict[str, Any]:
    """The bundled config of a network, for a file whose UNet takes so many channels and is shown the guidance scale in
    a vector of ``guidance`` numbers, if any."""
    config = read_json(configs / family / part / "config.json")
    if part == UNET:
        config["in_channels"] = channels if channels in _KNOWN_CHANNELS else config["in_channels"]
        config["time_cond_proj_dim"] = guidance or None
    return config


@lru_cache(maxsize=64)
def family_slots(configs: Path, family: str, part: str, channels: int = 4, guidance: int = 0) -> tuple[Slot, ...]:
    """The tensors of a network by its bundled config."""
    config = part_config(configs, family, part, channels=channels, guidance=guidance)
    return slots_of(part, config) or ()


def slots_of(part: str, config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """The tensors of a network with this config; ``None`` where they cannot be told."""
    if part == UNET:
        return unet_slots(config)
    return vae_slots(config) if part == VAE else clip_slots(config)


def guidance_width(tensors: Mapping[str, TensorEntry], place: Place) -> int:
    """How many numbers a UNet is shown of the guidance scale; 0 for all but LCM's."""
    name = "time_embed.cond_proj.weight" if place.naming == "original" else "time_embedding.cond_proj.weight"
    entry = tensors.get(place.prefix + name)
    return entry.shape[1] if entry is not None and len(entry.shape) == 2 else 0


def input_channels(tensors: Mapping[str, TensorEntry], place: Place) -> int:
    """How many channels a UNet takes: 4, or 9 for inpainting."""
    name = "input_blocks.0.0.weight" if place.naming == "original" else "conv_in.weight"
    entry = tensors.get(place.prefix + name)
    return entry.shape[1] if entry is not None and len(entry.shape) == 4 else 4


def _channels(subject: Subject) -> int:
    place = unet_place(subject.header.tensors)
    return input_channels(subject.header.tensors, place) if place is not None else 4


def unet_place(tensors: Mapping[str, TensorEntry]) -> Place | None:
    """Where a UNet begins, whole or not."""
    for place in _UNET:
        first = "input_blocks.0.0.weight" if place.naming == "original" else "conv_in.weight"
        if place.prefix + first in tensors:
            return place
    return None


def _foreign(subject: Subject) -> str | None:
    """What makes a file one that is drawn with in another way, or stored so."""
    tensors = subject.header.tensors
    if reason := next((reason for name, reason in _FOREIGN if name in tensors), None):
        return reason
    if reason := _OTHER_CHANNELS.get(_channels(subject)):
        return f"{reason}; that is not supported"
    if any(name.endswith(".scale_weight") for name in tensors) or "scaled_fp8" in tensors:
        return "its weights are fp8 with scales, which are not supported"
    if any(name.endswith(_QUANTISED) for name in tensors):
        return "its weights are packed by bitsandbytes, which is not supported"
    return None


def _wrong(
    part: str, family: str, slots: tuple[Slot, ...], place: Place, tensors: Mapping[str, TensorEntry]
) -> str | None:
    """What is wrong with a network that is there."""
    if part == UNET and family == "sdxl" and _has_no_middle(slots, place, tensors):
        return "it is a smaller XL, such as SSD-1B, which is not supported"
    wrong = list(misfits(slots, place, tensors))
    if wrong:
        more = f" and {len(wrong) - 1} more do not fit" if len(wrong) > 1 else ""
        return f"the {NAMES[part]} is not whole: {wrong[0]}{more}"
    odd = next((key for slot in slots if tensors[key := place.key(slot)].dtype not in _DTYPES), None)
    return f"the {NAMES[part]} is stored in a format that is not supported: {tensors[odd].dtype}" if odd else None


def _has_no_middle(slots: tuple[Slot, ...], place: Place, tensors: Mapping[str, TensorEntry]) -> bool:
    middle = [slot for slot in slots if slot.name.startswith("mid_block.attentions.")]
    return sum(place.key(slot) in tensors for slot in middle) < len(middle) // 2


def _broken(subject: Subject) -> str | None:
    name = broken_tensor(subject.path, subject.header)
    return None if name is None else f"the tensor {name} has numbers that are none (NaN or infinite)"
