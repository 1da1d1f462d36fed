"""The tensors of transformers' ``CLIPTextModel`` and its kin, and how OpenCLIP names and stores the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.engine.models.layouts.slots import HEAD, Slot, Taken, linear, norm

_MOST_LAYERS: Final = 128


def clip_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the text encoder with this config; ``original`` are OpenCLIP's names.

    ``None`` for a config that makes no sense. The projection is there for the class that has one.
    """
    try:
        layers = int(config["num_hidden_layers"])
        return tuple(_slots(config, layers)) if 0 < layers <= _MOST_LAYERS else None
    except (KeyError, TypeError, ValueError):
        return None


def _slots(config: Mapping[str, Any], layers: int) -> Iterator[Slot]:
    width, wide = int(config["hidden_size"]), int(config["intermediate_size"])
    token, position = (f"{HEAD}embeddings.{kind}_embedding.weight" for kind in ("token", "position"))
    yield Slot(token, "token_embedding.weight", (int(config["vocab_size"]), width))
    yield Slot(position, "positional_embedding", (int(config["max_position_embeddings"]), width))
    for number in range(layers):
        yield from clip_layer(f"{HEAD}encoder.layers.{number}", f"transformer.resblocks.{number}", width, wide)
    yield from norm(f"{HEAD}final_layer_norm", "ln_final", width)
    if "CLIPTextModelWithProjection" in (config.get("architectures") or ()):
        shape = (int(config["projection_dim"]), width)
        yield Slot("text_projection.weight", "text_projection", shape, "transposed")


def clip_layer(name: str, original: str, width: int, wide: int) -> Iterator[Slot]:
    """A layer of CLIP, for words or for pictures, ``wide`` numbers wide in between."""
    thirds: tuple[tuple[str, Taken], ...] = (
        ("q_proj", "first third"),
        ("k_proj", "second third"),
        ("v_proj", "last third"),
    )
    for part, third in thirds:
        for kind, shape in (("weight", (width, width)), ("bias", (width,))):
            yield Slot(f"{name}.self_attn.{part}.{kind}", f"{original}.attn.in_proj_{kind}", shape, third)
    yield from linear(f"{name}.self_attn.out_proj", f"{original}.attn.out_proj", width, width)
    for number in (1, 2):
        yield from norm(f"{name}.layer_norm{number}", f"{original}.ln_{number}", width)
    yield from linear(f"{name}.mlp.fc1", f"{original}.mlp.c_fc", wide, width)
    yield from linear(f"{name}.mlp.fc2", f"{original}.mlp.c_proj", width, wide)
