"""The tensors of transformers' ``Qwen3Model``, a language model, told by its config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from studio.engine.models.layouts.slots import Slot, linear


def qwen3_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the model with this config, without what says the next word; ``None`` for a config that cannot be
    read. In files of the whole model ``model.`` stands in front of the names; ``original`` are those in GGUF files."""
    try:
        return tuple(_slots(config))
    except (KeyError, TypeError, ValueError):
        return None


def _slots(config: Mapping[str, Any]) -> Iterator[Slot]:
    width = int(config["hidden_size"])
    yield _scale("norm", "output_norm", width)
    yield Slot("embed_tokens.weight", "token_embd.weight", (int(config["vocab_size"]), width))
    for number in range(int(config["num_hidden_layers"])):
        yield from _layer(f"layers.{number}", f"blk.{number}", width, config)


def _layer(name: str, original: str, width: int, config: Mapping[str, Any]) -> Iterator[Slot]:
    head = int(config["head_dim"])
    queries, keys = int(config["num_attention_heads"]) * head, int(config["num_key_value_heads"]) * head
    inner = int(config["intermediate_size"])
    yield _scale(f"{name}.input_layernorm", f"{original}.attn_norm", width)
    yield _scale(f"{name}.post_attention_layernorm", f"{original}.ffn_norm", width)
    for which in "qk":
        yield _scale(f"{name}.self_attn.{which}_norm", f"{original}.attn_{which}_norm", head)
    matrices = (
        ("self_attn.q_proj", "attn_q", queries, width),
        ("self_attn.k_proj", "attn_k", keys, width),
        ("self_attn.v_proj", "attn_v", keys, width),
        ("self_attn.o_proj", "attn_output", width, queries),
        ("mlp.gate_proj", "ffn_gate", inner, width),
        ("mlp.up_proj", "ffn_up", inner, width),
        ("mlp.down_proj", "ffn_down", width, inner),
    )
    for own, theirs, out, given in matrices:
        yield from linear(f"{name}.{own}", f"{original}.{theirs}", out, given, bias=False)


def _scale(name: str, original: str, width: int) -> Slot:
    return Slot(f"{name}.weight", f"{original}.weight", (width,))
