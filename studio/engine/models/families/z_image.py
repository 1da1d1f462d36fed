"""Z-Image on the disk: one transformer for picture and words, Qwen3-4B, and the VAE of Flux.1."""

from __future__ import annotations

from typing import Final

from studio.engine.models.families.family import VAE, Family, Part, Preset
from studio.engine.models.families.flux import FLUX1, TRANSFORMER, TRANSFORMER_PLACES
from studio.engine.models.families.qwen3 import QWEN3
from studio.engine.models.layouts.z_image import z_image_slots

_TURBO: Final = Preset(scheduler="euler", steps=9, guidance_scale=1.0)
_BASE: Final = Preset(scheduler="euler", steps=28, guidance_scale=4.0)
_FEW_STEPS: Final = frozenset({"turbo", "zit", "distilled"})
"""Words in the names of models that were taught to draw in a few steps."""


def _preset(words: frozenset[str], _is_guided: bool) -> Preset:
    return _TURBO if words & _FEW_STEPS else _BASE


Z_IMAGE: Final = Family(
    id="z-image",
    parts=(
        QWEN3,
        Part(
            name=TRANSFORMER,
            called="transformer",
            make="transformer of Z-Image",
            classes=("ZImageTransformer2DModel",),
            slots=z_image_slots,
            places=TRANSFORMER_PLACES,
            first=("cap_embedder.1.weight", "cap_embedder.1.weight"),
            is_large=True,
        ),
        FLUX1.part(VAE),
    ),
    pipelines=("ZImagePipeline", "ZImageImg2ImgPipeline", "ZImageInpaintPipeline"),
    side=1024,
    smallest=0.5,
    largest=2.0,
    multiple=16,
    is_flow=True,
    preset=_preset,
)
