"""The families of models, by the ids that are stored, and what people call them."""

from __future__ import annotations

from typing import Final, Literal, get_args

from studio.engine.models.families.table import FAMILIES as DESCRIPTIONS

Kind = Literal[
    "model",
    "part",
    "lora",
    "embedding",
    "control",
    "reference",
    "vae",
    "upscaler",
    "motion adapter",
    "other",
]
"""What a file is for: to draw with; a network that draws only together with others; what changes how a model draws; a
decoder; what does not belong to drawing, or cannot be told."""

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

FAMILIES: Final = {
    "sd1": "Stable Diffusion 1",
    "sd2": "Stable Diffusion 2",
    "sdxl": "Stable Diffusion XL",
    "sdxl-refiner": "Stable Diffusion XL refiner",
    "sd3": "Stable Diffusion 3",
    "flux1": "Flux.1",
    "flux2": "Flux.2",
    "chroma": "Chroma",
    "z-image": "Z-Image",
    "qwen-image": "Qwen-Image",
    "lumina2": "Lumina 2",
    "wan": "Wan video",
    "hunyuan-video": "Hunyuan video",
    "hunyuan-dit": "Hunyuan-DiT",
    "ltx-video": "LTX video",
    "svd": "Stable Video Diffusion",
    "cascade": "Stable Cascade",
    "kolors": "Kolors",
    "pixart": "PixArt",
    "auraflow": "AuraFlow",
    "hidream": "HiDream",
    "mochi": "Mochi video",
    "cosmos": "Cosmos",
    "anima": "Anima",
}


def drawn() -> tuple[str, ...]:
    """The families that Shoreline draws with."""
    return tuple(DESCRIPTIONS)


def known_families() -> tuple[str, ...]:
    """All families that a file may be of, those that are drawn with first."""
    return (*DESCRIPTIONS, *(family for family in FAMILIES if family not in DESCRIPTIONS))


def is_named_here(family: str) -> bool:
    """Whether a family, or "" for none, is known without plugins."""
    return not family or family in FAMILIES


def family_name(family: str) -> str:
    """A family's name for a person; the id itself for one that is not known."""
    own = DESCRIPTIONS[family].title if family in DESCRIPTIONS else ""
    return own or FAMILIES.get(family, family)
