"""The tensors of diffusers' ``Flux2Transformer2DModel`` and ``AutoencoderKLFlux2``, told by their configs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, Final

from studio.engine.models.layouts.slots import Slot, Taken, linear
from studio.engine.models.layouts.vae import vae_slots

_THIRDS: Final[tuple[tuple[str, str, Taken], ...]] = (
    ("to_q", "add_q_proj", "first third"),
    ("to_k", "add_k_proj", "second third"),
    ("to_v", "add_v_proj", "last third"),
)
_STREAMS: Final = (
    ("img", "ff", "to_out.0", "norm_q", "norm_k"),
    ("txt", "ff_context", "to_add_out", "norm_added_q", "norm_added_k"),
)
"""What the two streams of a block are called in the first release, and their networks in diffusers."""
_SETS: Final = (
    ("double_stream_modulation_img", 6),
    ("double_stream_modulation_txt", 6),
    ("single_stream_modulation", 3),
)


def flux2_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the transformer with this config; ``None`` for one that cannot be read."""
    try:
        return tuple(_slots(config))
    except (KeyError, TypeError, ValueError):
        return None


def flux2_vae_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the VAE with this config; ``None`` for one of another kind, such as with a smaller decoder."""
    if config.get("decoder_block_out_channels") not in (None, config.get("block_out_channels")):
        return None
    slots = vae_slots(config)
    if slots is None:
        return None
    channels = prod(config.get("patch_size", (2, 2))) * int(config["latent_channels"])
    return (*slots, *(Slot(f"bn.running_{what}", f"bn.running_{what}", (channels,)) for what in ("mean", "var")))


def _slots(config: Mapping[str, Any]) -> Iterator[Slot]:
    width = int(config["num_attention_heads"]) * int(config["attention_head_dim"])
    channels, words = int(config["in_channels"]), int(config["joint_attention_dim"])
    out = int(config.get("out_channels") or channels)
    yield from _matrix("x_embedder", "img_in", width, channels)
    yield from _matrix("context_embedder", "txt_in", width, words)
    yield from _matrix("proj_out", "final_layer.linear", out * int(config.get("patch_size", 1)) ** 2, width)
    yield Slot("norm_out.linear.weight", "final_layer.adaLN_modulation.1.weight", (2 * width, width), "swapped")
    yield from _embedder("timestep_embedder", "time_in", width, config)
    if config.get("guidance_embeds", True):
        yield from _embedder("guidance_embedder", "guidance_in", width, config)
    for name, sets in _SETS:
        yield from _matrix(f"{name}.linear", f"{name}.lin", sets * width, width)
    for number in range(int(config["num_layers"])):
        yield from _double(f"transformer_blocks.{number}", f"double_blocks.{number}", width, config)
    for number in range(int(config["num_single_layers"])):
        yield from _single(f"single_transformer_blocks.{number}.attn", f"single_blocks.{number}", width, config)


def _embedder(name: str, original: str, width: int, config: Mapping[str, Any]) -> Iterator[Slot]:
    given = int(config.get("timestep_guidance_channels", 256))
    for own, theirs, count in (("linear_1", "in_layer", given), ("linear_2", "out_layer", width)):
        yield from _matrix(f"time_guidance_embed.{name}.{own}", f"{original}.{theirs}", width, count)


def _double(name: str, original: str, width: int, config: Mapping[str, Any]) -> Iterator[Slot]:
    inner, head = int(width * float(config.get("mlp_ratio", 3.0))), int(config["attention_head_dim"])
    for stream, feed, out, *norms in _STREAMS:
        theirs = f"{original}.{stream}_attn"
        for pair in _THIRDS:
            own = pair[stream == "txt"]
            yield Slot(f"{name}.attn.{own}.weight", f"{theirs}.qkv.weight", (width, width), pair[2])
        yield from _matrix(f"{name}.attn.{out}", f"{theirs}.proj", width, width)
        for own, norm in zip(norms, ("query_norm", "key_norm"), strict=True):
            yield Slot(f"{name}.attn.{own}.weight", f"{theirs}.norm.{norm}.scale", (head,))
        yield from _matrix(f"{name}.{feed}.linear_in", f"{original}.{stream}_mlp.0", 2 * inner, width)
        yield from _matrix(f"{name}.{feed}.linear_out", f"{original}.{stream}_mlp.2", width, inner)


def _single(name: str, original: str, width: int, config: Mapping[str, Any]) -> Iterator[Slot]:
    inner, head = int(width * float(config.get("mlp_ratio", 3.0))), int(config["attention_head_dim"])
    yield from _matrix(f"{name}.to_qkv_mlp_proj", f"{original}.linear1", 3 * width + 2 * inner, width)
    yield from _matrix(f"{name}.to_out", f"{original}.linear2", width, width + inner)
    for own, norm in (("norm_q", "query_norm"), ("norm_k", "key_norm")):
        yield Slot(f"{name}.{own}.weight", f"{original}.norm.{norm}.scale", (head,))


def _matrix(name: str, original: str, width: int, given: int) -> Iterator[Slot]:
    yield from linear(name, original, width, given, bias=False)
