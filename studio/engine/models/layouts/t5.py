"""The tensors of transformers' ``T5EncoderModel``, and how GGUF files name the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.engine.models.layouts.slots import Slot

_MOST_LAYERS: Final = 128
_ATTENTION: Final = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_o"}


def t5_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the text encoder with this config; ``original`` are the names in GGUF files.

    ``None`` for a config that makes no sense. What is tied to the words is left out.
    """
    try:
        layers = int(config["num_layers"])
        return tuple(_slots(config, layers)) if 0 < layers <= _MOST_LAYERS else None
    except (KeyError, TypeError, ValueError):
        return None


def _slots(config: Mapping[str, Any], layers: int) -> Iterator[Slot]:
    width, heads = int(config["d_model"]), int(config["num_heads"])
    yield Slot("shared.weight", "token_embd.weight", (int(config["vocab_size"]), width))
    buckets = int(config.get("relative_attention_num_buckets", 32))
    for number in range(layers):
        name, original = f"encoder.block.{number}", f"enc.blk.{number}"
        yield from _attention(f"{name}.layer.0", original, width, heads * int(config["d_kv"]))
        if number == 0:
            bias = f"{name}.layer.0.SelfAttention.relative_attention_bias.weight"
            yield Slot(bias, f"{original}.attn_rel_b.weight", (buckets, heads))
        yield from _forward(f"{name}.layer.1", original, width, int(config["d_ff"]))
    yield Slot("encoder.final_layer_norm.weight", "enc.output_norm.weight", (width,))


def _attention(name: str, original: str, width: int, inner: int) -> Iterator[Slot]:
    for ours, theirs in _ATTENTION.items():
        shape = (width, inner) if ours == "o" else (inner, width)
        yield Slot(f"{name}.SelfAttention.{ours}.weight", f"{original}.{theirs}.weight", shape)
    yield Slot(f"{name}.layer_norm.weight", f"{original}.attn_norm.weight", (width,))


def _forward(name: str, original: str, width: int, wide: int) -> Iterator[Slot]:
    layer = f"{name}.DenseReluDense"
    yield Slot(f"{layer}.wi_0.weight", f"{original}.ffn_gate.weight", (wide, width))
    yield Slot(f"{layer}.wi_1.weight", f"{original}.ffn_up.weight", (wide, width))
    yield Slot(f"{layer}.wo.weight", f"{original}.ffn_down.weight", (width, wide))
    yield Slot(f"{name}.layer_norm.weight", f"{original}.ffn_norm.weight", (width,))
