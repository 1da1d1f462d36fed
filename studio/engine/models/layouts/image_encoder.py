"""The tensors of CLIP's image encoders, as transformers and as OpenCLIP name them, and what they say of a config."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from studio.engine.models.headers import TensorEntry
from studio.engine.models.layouts.slots import Place, Slot, count_of, norm, side_of
from studio.engine.models.layouts.text_encoders import clip_layer

Tensors: TypeAlias = Mapping[str, TensorEntry]

IMAGE_ENCODER_PLACES: Final = (Place("", "diffusers"), Place("", "original"))
_WHOLE: Final = ("vision_model.embeddings.class_embedding", "visual.class_embedding")
_PATCH: Final = ("vision_model.embeddings.patch_embedding.weight", "visual.conv1.weight")
_SPOTS: Final = ("vision_model.embeddings.position_embedding.weight", "visual.positional_embedding")
_LAYER: Final = ("vision_model.encoder.layers.{}", "visual.transformer.resblocks.{}")
_FIRST_NORM: Final = ("layer_norm1.weight", "ln_1.weight")
_MIDDLE: Final = ("mlp.fc1.weight", "mlp.c_fc.weight")
_PROJECTION: Final = ("visual_projection.weight", "visual.proj")
"""Names in transformers and in OpenCLIP."""
_MOST_LAYERS: Final = 64
_ACTS: Final = ("gelu", "quick_gelu")
_KNOWN: Final[Mapping[int, tuple[int, str]]] = {
    768: (12, "quick_gelu"),
    1024: (16, "quick_gelu"),
    1280: (16, "gelu"),
    1664: (16, "gelu"),
}
"""Heads of the attention and the function between its layers, which no tensor tells, by width: ViT-B, L, H and bigG."""


def image_encoder_config(tensors: Tensors, said: Mapping[str, Any]) -> dict[str, Any] | None:
    """The config of the image encoder with these tensors; ``said`` is the one beside it, empty without any.

    ``None`` for one of a size that is not known, of which no config says how it is run.
    """
    original = int(_WHOLE[1] in tensors)
    layer, patch = _LAYER[original], side_of(tensors, _PATCH[original], 3)
    width = side_of(tensors, _WHOLE[original], 0)
    heads, act = _how_it_runs(width, said)
    config = {
        "hidden_size": width,
        "image_size": patch * math.isqrt(max(0, side_of(tensors, _SPOTS[original], 0) - 1)),
        "intermediate_size": side_of(tensors, f"{layer.format(0)}.{_MIDDLE[original]}", 0),
        "num_attention_heads": heads,
        "num_hidden_layers": min(count_of(tensors, f"{layer}.{_FIRST_NORM[original]}"), _MOST_LAYERS),
        "patch_size": patch,
        "projection_dim": side_of(tensors, _PROJECTION[original], original),
        "hidden_act": act,
    }
    return config if heads and width % heads == 0 and act in _ACTS else None


def _how_it_runs(width: int, said: Mapping[str, Any]) -> tuple[int, str]:
    """Heads and function by the config beside, or by the width; 0 and "" where neither tells."""
    inner = said.get("vision_config")
    own = inner if isinstance(inner, dict) else said
    heads, act = own.get("num_attention_heads"), own.get("hidden_act")
    if isinstance(heads, int) and isinstance(act, str):
        return heads, act
    return _KNOWN.get(width, (0, ""))


def image_encoder_slots(config: Mapping[str, Any]) -> tuple[Slot, ...]:
    """All tensors of the image encoder with this config; ``original`` are OpenCLIP's names."""
    return tuple(_slots(config))


def _slots(config: Mapping[str, Any]) -> Iterator[Slot]:
    width, patch = int(config["hidden_size"]), int(config["patch_size"])
    spots = (int(config["image_size"]) // max(1, patch)) ** 2
    yield Slot(*_WHOLE, (width,))
    yield Slot(*_PATCH, (width, 3, patch, patch))
    yield Slot(*_SPOTS, (spots + 1, width))
    yield from norm("vision_model.pre_layrnorm", "visual.ln_pre", width)
    for number in range(int(config["num_hidden_layers"])):
        name, original = (each.format(number) for each in _LAYER)
        yield from clip_layer(name, original, width, int(config["intermediate_size"]))
    yield from norm("vision_model.post_layernorm", "visual.ln_post", width)
    yield Slot(*_PROJECTION, (int(config["projection_dim"]), width), "transposed")
