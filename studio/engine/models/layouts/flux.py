"""The tensors of diffusers' ``FluxTransformer2DModel`` and ``ChromaTransformer2DModel``, told by their configs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.engine.models.layouts.slots import Slot, linear

_MOST_LAYERS: Final = 256
_WIDER: Final = 4
"""How many times wider the inside of a feed-forward layer is."""
_SIDES: Final = (("to_q", "to_k", "to_v", "to_out.0", "norm_q", "norm_k", "ff", "img"),
                 ("add_q_proj", "add_k_proj", "add_v_proj", "to_add_out", "norm_added_q", "norm_added_k", "ff_context",
                  "txt"))  # fmt: skip
"""How the layers of a block are called that look at the picture, and at the text."""


def flux_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of Flux.1's transformer with this config; ``None`` for a config that makes no sense."""
    return _told(config, _Transformer.flux)


def chroma_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """The same of Chroma's."""
    return _told(config, _Transformer.chroma)


def _told(config: Mapping[str, Any], slots: Any) -> tuple[Slot, ...] | None:
    try:
        network = _Transformer(config)
        return tuple(slots(network)) if max(network.doubles, network.singles) <= _MOST_LAYERS else None
    except (KeyError, TypeError, ValueError):
        return None


@dataclass(frozen=True)
class _Transformer:
    config: Mapping[str, Any]

    @property
    def doubles(self) -> int:
        return int(self.config["num_layers"])

    @property
    def singles(self) -> int:
        return int(self.config["num_single_layers"])

    @property
    def head(self) -> int:
        return int(self.config["attention_head_dim"])

    @property
    def width(self) -> int:
        return self.head * int(self.config["num_attention_heads"])

    def flux(self) -> Iterator[Slot]:
        yield from self._ends()
        yield from self._embedder("timestep_embedder", "time_in", 256)
        if self.config.get("guidance_embeds"):
            yield from self._embedder("guidance_embedder", "guidance_in", 256)
        yield from self._embedder("text_embedder", "vector_in", int(self.config["pooled_projection_dim"]))
        for number in range(self.doubles):
            name, original = f"transformer_blocks.{number}", f"double_blocks.{number}"
            yield from linear(f"{name}.norm1.linear", f"{original}.img_mod.lin", 6 * self.width, self.width)
            yield from linear(f"{name}.norm1_context.linear", f"{original}.txt_mod.lin", 6 * self.width, self.width)
            yield from self._double(name, original)
        for number in range(self.singles):
            name, original = f"single_transformer_blocks.{number}", f"single_blocks.{number}"
            yield from linear(f"{name}.norm.linear", f"{original}.modulation.lin", 3 * self.width, self.width)
            yield from self._single(name, original)
        for slot in linear("norm_out.linear", "final_layer.adaLN_modulation.1", 2 * self.width, self.width):
            # Scale and shift, of which the shift stands first in the first releases.
            yield replace(slot, taken="swapped")

    def chroma(self) -> Iterator[Slot]:
        yield from self._ends()
        yield from self._approximator()
        for number in range(self.doubles):
            yield from self._double(f"transformer_blocks.{number}", f"double_blocks.{number}")
        for number in range(self.singles):
            yield from self._single(f"single_transformer_blocks.{number}", f"single_blocks.{number}")

    def _ends(self) -> Iterator[Slot]:
        given = int(self.config["in_channels"])
        out = int(self.config.get("out_channels") or given) * int(self.config.get("patch_size", 1)) ** 2
        yield from linear("x_embedder", "img_in", self.width, given)
        yield from linear("context_embedder", "txt_in", self.width, int(self.config["joint_attention_dim"]))
        yield from linear("proj_out", "final_layer.linear", out, self.width)

    def _embedder(self, name: str, original: str, given: int) -> Iterator[Slot]:
        yield from linear(f"time_text_embed.{name}.linear_1", f"{original}.in_layer", self.width, given)
        yield from linear(f"time_text_embed.{name}.linear_2", f"{original}.out_layer", self.width, self.width)

    def _approximator(self) -> Iterator[Slot]:
        name = "distilled_guidance_layer"
        given, wide = (int(self.config[f"approximator_{side}"]) for side in ("num_channels", "hidden_dim"))
        yield from linear(f"{name}.in_proj", f"{name}.in_proj", wide, given)
        for number in range(int(self.config["approximator_layers"])):
            layer = f"{name}.layers.{number}"
            yield from linear(f"{layer}.linear_1", f"{layer}.in_layer", wide, wide)
            yield from linear(f"{layer}.linear_2", f"{layer}.out_layer", wide, wide)
            yield Slot(f"{name}.norms.{number}.weight", f"{name}.norms.{number}.scale", (wide,))
        yield from linear(f"{name}.out_proj", f"{name}.out_proj", self.width, wide)

    def _double(self, name: str, original: str) -> Iterator[Slot]:
        wide = _WIDER * self.width
        for *matrices, out, query_norm, key_norm, forward, side in _SIDES:
            for number, matrix in enumerate(matrices):
                yield from self._rows(f"{name}.attn.{matrix}", f"{original}.{side}_attn.qkv", number, 3 * self.width)
            yield from linear(f"{name}.attn.{out}", f"{original}.{side}_attn.proj", self.width, self.width)
            for norm, stored in ((query_norm, "query_norm"), (key_norm, "key_norm")):
                yield Slot(f"{name}.attn.{norm}.weight", f"{original}.{side}_attn.norm.{stored}.scale", (self.head,))
            yield from linear(f"{name}.{forward}.net.0.proj", f"{original}.{side}_mlp.0", wide, self.width)
            yield from linear(f"{name}.{forward}.net.2", f"{original}.{side}_mlp.2", self.width, wide)

    def _single(self, name: str, original: str) -> Iterator[Slot]:
        wide = _WIDER * self.width
        for number, matrix in enumerate(("attn.to_q", "attn.to_k", "attn.to_v", "proj_mlp")):
            rows = wide if matrix == "proj_mlp" else self.width
            yield from self._rows(f"{name}.{matrix}", f"{original}.linear1", number, 3 * self.width + wide, rows)
        for norm, stored in (("norm_q", "query_norm"), ("norm_k", "key_norm")):
            yield Slot(f"{name}.attn.{norm}.weight", f"{original}.norm.{stored}.scale", (self.head,))
        yield from linear(f"{name}.proj_out", f"{original}.linear2", self.width, self.width + wide)

    def _rows(self, name: str, original: str, number: int, total: int, rows: int = 0) -> Iterator[Slot]:
        """A matrix that is stored as rows of one with others."""
        for slot in linear(name, original, rows or self.width, self.width):
            yield replace(slot, taken="rows", start=number * self.width, total=total)
