"""The tensors of diffusers' ``UNet2DConditionModel``, told by its config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.engine.models.layouts.slots import Slot, convolution, linear, norm

_DOWN: Final = frozenset({"DownBlock2D", "CrossAttnDownBlock2D"})
_UP: Final = frozenset({"UpBlock2D", "CrossAttnUpBlock2D"})
_UNSEEN: Final = ("class_embed_type", "encoder_hid_dim", "encoder_hid_dim_type", "time_embedding_dim")
_CROSS: Final = ".attn2"
_TO_K: Final = ".to_k.weight"
_LISTED: Final = ("down_blocks", "up_blocks", "mid_block")
"""The order in which diffusers lists the layers of attention."""
RESNET: Final = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}


def unet_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the UNet with this config; ``None`` for one of a kind that Stable Diffusion does not have."""
    try:
        return tuple(_Unet(config).slots()) if _is_known(config) else None
    except (KeyError, TypeError, ValueError, IndexError):
        return None


@dataclass(frozen=True)
class CrossAttention:
    """A layer that looks at the prompt: its name, its width, and that of the text."""

    name: str
    width: int
    context: int


def cross_attentions(config: Mapping[str, Any]) -> tuple[CrossAttention, ...]:
    """The layers of a UNet that look at the prompt, in the order in which diffusers lists them; none where they cannot
    be told."""
    slots = (slot for slot in unet_slots(config) or () if slot.name.endswith(_CROSS + _TO_K))
    found = [CrossAttention(slot.name.removesuffix(_TO_K), *slot.shape) for slot in slots]
    return tuple(sorted(found, key=lambda layer: _LISTED.index(layer.name.partition(".")[0])))


def _is_known(config: Mapping[str, Any]) -> bool:
    return (
        set(config["down_block_types"]) <= _DOWN
        and set(config["up_block_types"]) <= _UP
        and len(config["block_out_channels"]) <= 8
        and not any(config.get(name) for name in _UNSEEN)
        and config.get("addition_embed_type") in (None, "text_time")
        and config.get("mid_block_type", "UNetMidBlock2DCrossAttn") == "UNetMidBlock2DCrossAttn"
    )


@dataclass(frozen=True)
class _Unet:
    config: Mapping[str, Any]

    @property
    def widths(self) -> list[int]:
        return [int(width) for width in self.config["block_out_channels"]]

    @property
    def signal(self) -> int:
        """The width of the embedded timestep."""
        return 4 * self.widths[0]

    def _per_block(self, name: str, usual: int) -> list[int]:
        value = self.config.get(name, usual)
        return [int(each) for each in value] if isinstance(value, list) else [int(value)] * len(self.widths)

    def slots(self) -> Iterator[Slot]:
        first = self.widths[0]
        yield from convolution("conv_in", "input_blocks.0.0", first, int(self.config["in_channels"]))
        yield from linear("time_embedding.linear_1", "time_embed.0", self.signal, first)
        yield from linear("time_embedding.linear_2", "time_embed.2", self.signal, self.signal)
        if (guidance := self.config.get("time_cond_proj_dim")) is not None:
            yield from linear("time_embedding.cond_proj", "time_embed.cond_proj", first, int(guidance), bias=False)
        if self.config.get("addition_embed_type") == "text_time":
            added = int(self.config["projection_class_embeddings_input_dim"])
            yield from linear("add_embedding.linear_1", "label_emb.0.0", self.signal, added)
            yield from linear("add_embedding.linear_2", "label_emb.0.2", self.signal, self.signal)
        yield from self._down()
        yield from self._middle()
        yield from self._up()
        yield from norm("conv_norm_out", "out.0", first)
        yield from convolution("conv_out", "out.2", int(self.config["out_channels"]), first)

    def _down(self) -> Iterator[Slot]:
        layers = self._per_block("layers_per_block", 2)
        number, given = 1, self.widths[0]
        for block, (kind, width) in enumerate(zip(self.config["down_block_types"], self.widths, strict=True)):
            for layer in range(layers[block]):
                name, original = f"down_blocks.{block}", f"input_blocks.{number}"
                yield from self._resnet(f"{name}.resnets.{layer}", f"{original}.0", given, width)
                if kind.startswith("CrossAttn"):
                    yield from self._attention(f"{name}.attentions.{layer}", f"{original}.1", block)
                number, given = number + 1, width
            if block < len(self.widths) - 1:
                yield from convolution(
                    f"down_blocks.{block}.downsamplers.0.conv", f"input_blocks.{number}.0.op", width, width
                )
                number += 1

    def _middle(self) -> Iterator[Slot]:
        width = self.widths[-1]
        yield from self._resnet("mid_block.resnets.0", "middle_block.0", width, width)
        yield from self._attention("mid_block.attentions.0", "middle_block.1", len(self.widths) - 1)
        yield from self._resnet("mid_block.resnets.1", "middle_block.2", width, width)

    def _up(self) -> Iterator[Slot]:
        layers = self._per_block("layers_per_block", 2)[::-1]
        widths = self.widths[::-1]
        number, given = 0, widths[0]
        for block, kind in enumerate(self.config["up_block_types"]):
            width, skipped = widths[block], widths[min(block + 1, len(widths) - 1)]
            attends = kind.startswith("CrossAttn")
            for layer in range(layers[block] + 1):
                name, original = f"up_blocks.{block}", f"output_blocks.{number}"
                beside = skipped if layer == layers[block] else width
                yield from self._resnet(f"{name}.resnets.{layer}", f"{original}.0", given + beside, width)
                if attends:
                    yield from self._attention(f"{name}.attentions.{layer}", f"{original}.1", len(widths) - 1 - block)
                number, given = number + 1, width
            if block < len(widths) - 1:
                original = f"output_blocks.{number - 1}.{2 if attends else 1}.conv"
                yield from convolution(f"up_blocks.{block}.upsamplers.0.conv", original, width, width)

    def _resnet(self, name: str, original: str, given: int, width: int) -> Iterator[Slot]:
        def of(part: str) -> tuple[str, str]:
            return f"{name}.{part}", f"{original}.{RESNET[part]}"

        yield from norm(*of("norm1"), given)
        yield from convolution(*of("conv1"), width, given)
        yield from linear(*of("time_emb_proj"), width, self.signal)
        yield from norm(*of("norm2"), width)
        yield from convolution(*of("conv2"), width, width)
        if given != width:
            yield from convolution(*of("conv_shortcut"), width, given, 1)

    def _attention(self, name: str, original: str, block: int) -> Iterator[Slot]:
        width = self.widths[block]
        context = self._per_block("cross_attention_dim", 1280)[block]
        project = linear if self.config.get("use_linear_projection") else _pointwise
        yield from norm(f"{name}.norm", f"{original}.norm", width)
        yield from project(f"{name}.proj_in", f"{original}.proj_in", width, width)
        for number in range(self._per_block("transformer_layers_per_block", 1)[block]):
            tail = f"transformer_blocks.{number}"
            yield from _transformer(f"{name}.{tail}", f"{original}.{tail}", width, context)
        yield from project(f"{name}.proj_out", f"{original}.proj_out", width, width)


def _pointwise(name: str, original: str, width: int, given: int) -> Iterator[Slot]:
    yield from convolution(name, original, width, given, 1)


def _transformer(name: str, original: str, width: int, context: int) -> Iterator[Slot]:
    def of(part: str) -> tuple[str, str]:
        return f"{name}.{part}", f"{original}.{part}"

    for number, seen in ((1, width), (2, context)):
        yield from norm(*of(f"norm{number}"), width)
        yield from linear(*of(f"attn{number}.to_q"), width, width, bias=False)
        yield from linear(*of(f"attn{number}.to_k"), width, seen, bias=False)
        yield from linear(*of(f"attn{number}.to_v"), width, seen, bias=False)
        yield from linear(*of(f"attn{number}.to_out.0"), width, width)
    yield from norm(*of("norm3"), width)
    yield from linear(*of("ff.net.0.proj"), 8 * width, width)
    yield from linear(*of("ff.net.2"), width, 4 * width)
