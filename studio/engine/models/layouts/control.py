"""Control networks: the names of their tensors in files of the first releases, and what the tensors say of a config."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from studio.engine.models.headers import TensorEntry
from studio.engine.models.layouts.slots import count_of, side_of
from studio.engine.models.layouts.unet import RESNET

Tensors = Mapping[str, TensorEntry]

_FRONT: Final = "control_model."
_HINT_END: Final = 14
"""The number of the last layer of the part that reads the picture, in files of the first releases."""
_SHARED: Final = (
    "flip_sin_to_cos",
    "freq_shift",
    "only_cross_attention",
    "downsample_padding",
    "mid_block_scale_factor",
    "act_fn",
    "norm_num_groups",
    "norm_eps",
    "cross_attention_dim",
    "attention_head_dim",
    "num_attention_heads",
    "use_linear_projection",
    "upcast_attention",
    "resnet_time_scale_shift",
)
"""What a control network has as the UNet has it that it was made for."""
_SIZES: Final = ("addition_embed_type", "addition_time_embed_dim", "projection_class_embeddings_input_dim")
"""The same for those that are told the picture's size."""
_OWN: Final = ("controlnet_conditioning_channel_order", "global_pool_conditions")
"""What only a config beside the file can say."""
_RESNET: Final = {original: own for own, original in RESNET.items()}
_SPOT: Final = 8
_SPOT_OF_XL: Final = 16
"""The pixels along one side of what an adapter sees at once."""


def control_names(names: Iterable[str]) -> dict[str, str]:
    """The tensors of a ControlNet by their names in diffusers: the name that each has in the file."""
    found = {name.removeprefix(_FRONT): name for name in names}
    if "input_hint_block.0.weight" not in found:
        return found
    own = _of_first_releases(found)
    return {own(bare): name for bare, name in found.items()}


def _of_first_releases(names: Iterable[str]) -> Callable[[str], str]:
    """What gives the names of diffusers for those of a file; layers are counted up to the first that halves."""
    halving = [int(found[1]) for name in names if (found := re.match(r"input_blocks\.(\d+)\.0\.op\.", name))]
    each = min(halving, default=3)

    def own(name: str) -> str:
        return _own_name(name, each)

    return own


def _own_name(name: str, each: int) -> str:
    """``each`` is how many layers of the file stand for a block."""
    head, _, rest = name.partition(".")
    number, _, tail = rest.partition(".")
    if head == "time_embed":
        return f"time_embedding.linear_{int(number) // 2 + 1}.{tail}"
    if head == "label_emb":
        return f"add_embedding.linear_{int(tail.partition('.')[0]) // 2 + 1}.{tail.partition('.')[2]}"
    if head == "zero_convs":
        return f"controlnet_down_blocks.{number}.{tail.partition('.')[2]}"
    if head == "middle_block_out":
        return f"controlnet_mid_block.{tail}"
    if head == "input_hint_block":
        return f"controlnet_cond_embedding.{_hint(int(number))}.{tail}"
    if head == "middle_block":
        return f"mid_block.{_layer(f'{int(number) % 2}.{tail}', int(number) // 2)}"
    if head == "input_blocks":
        return _down(int(number), tail, each)
    return name


def _hint(number: int) -> str:
    if number == 0:
        return "conv_in"
    return "conv_out" if number == _HINT_END else f"blocks.{number // 2 - 1}"


def _down(number: int, tail: str, each: int) -> str:
    if number == 0:
        return f"conv_in.{tail.partition('.')[2]}"
    block, layer = divmod(number - 1, each)
    if tail.startswith("0.op."):
        return f"down_blocks.{block}.downsamplers.0.conv.{tail.removeprefix('0.op.')}"
    return f"down_blocks.{block}.{_layer(tail, layer)}"


def _layer(tail: str, layer: int) -> str:
    """``0.`` stands before a layer that convolves, ``1.`` before one that attends."""
    kind, _, rest = tail.partition(".")
    if kind == "1":
        return f"attentions.{layer}.{rest}"
    part, _, end = rest.rpartition(".")
    return f"resnets.{layer}.{_RESNET.get(part, part)}.{end}"


def control_config(tensors: Tensors, unet: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The config of a ControlNet with these tensors, by their names in diffusers, for a UNet; ``own`` is beside."""
    blocks = count_of(tensors, "down_blocks.{}.resnets.0.conv1.weight")
    attends = [f"down_blocks.{block}.attentions.0.norm.weight" in tensors for block in range(blocks)]
    shared = _SHARED + (_SIZES if "add_embedding.linear_1.weight" in tensors else ())
    return {
        **{name: unet[name] for name in shared if name in unet},
        **{name: own[name] for name in _OWN if name in own},
        "in_channels": side_of(tensors, "conv_in.weight", 1),
        "conditioning_channels": side_of(tensors, "controlnet_cond_embedding.conv_in.weight", 1),
        "conditioning_embedding_out_channels": _hint_widths(tensors),
        "block_out_channels": [
            side_of(tensors, f"down_blocks.{block}.resnets.0.conv1.weight", 0) for block in range(blocks)
        ],
        "down_block_types": ["CrossAttnDownBlock2D" if each else "DownBlock2D" for each in attends],
        "mid_block_type": f"UNetMidBlock2D{'CrossAttn' if _attends(tensors) else ''}",
        "layers_per_block": count_of(tensors, "down_blocks.0.resnets.{}.conv1.weight"),
        "transformer_layers_per_block": [
            max(1, count_of(tensors, f"down_blocks.{block}.attentions.0.transformer_blocks.{{}}.norm1.weight"))
            for block in range(blocks)
        ],
    }


def union_config(tensors: Tensors, unet: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a ControlNet Union."""
    config = control_config(tensors, unet, own)
    del config["mid_block_type"]
    return {
        **config,
        **{name: unet[name] for name in _SIZES if name in unet},
        "num_control_type": side_of(tensors, "task_embedding", 0),
        "num_trans_channel": side_of(tensors, "task_embedding", 1),
        "num_trans_layer": count_of(tensors, "transformer_layes.{}.ln_1.weight"),
        "num_trans_head": int(own.get("num_trans_head", 8)),
        "num_proj_channel": side_of(tensors, "spatial_ch_projs.weight", 0),
    }


def _attends(tensors: Tensors) -> bool:
    return "mid_block.attentions.0.norm.weight" in tensors


def _hint_widths(tensors: Tensors) -> list[int]:
    blocks = count_of(tensors, "controlnet_cond_embedding.blocks.{}.weight")
    names = ["conv_in", *(f"blocks.{number}" for number in range(1, blocks, 2))]
    return [side_of(tensors, f"controlnet_cond_embedding.{name}.weight", 0) for name in names]


def adapter_names(names: Iterable[str]) -> dict[str, str]:
    """The tensors of a T2I-Adapter by their names in diffusers: the name that each has in the file."""
    found = {name.removeprefix("adapter."): name for name in names}
    is_flat = "body.0.block1.weight" in found
    return {f"adapter.{_adapters_name(bare, is_flat=is_flat)}": name for bare, name in found.items()}


def _adapters_name(name: str, *, is_flat: bool) -> str:
    """In files of the first releases two layers stand for a block, or the layers of a block are called its body."""
    found = re.fullmatch(r"body\.(\d+)\.(.+)", name)
    if found is None:
        return name
    number, rest = int(found[1]), found[2]
    if not is_flat:
        return f"body.{number}.{rest.replace('body.', 'resnets.', 1)}" if rest.startswith("body.") else name
    block, layer = divmod(number, 2)
    return f"body.{block}.{rest}" if rest.startswith("in_conv.") else f"body.{block}.resnets.{layer}.{rest}"


def adapter_config(tensors: Tensors) -> dict[str, Any]:
    """The config of a T2I-Adapter with these tensors, by their names in diffusers."""
    blocks = count_of(tensors, "adapter.body.{}.resnets.0.block1.weight")
    is_light = "adapter.body.0.out_conv.weight" in tensors
    seen = side_of(tensors, "adapter.body.0.in_conv.weight" if is_light else "adapter.conv_in.weight", 1)
    is_for_xl = not is_light and seen in (_SPOT_OF_XL**2, 3 * _SPOT_OF_XL**2)
    spot = _SPOT_OF_XL if is_for_xl else _SPOT
    widths = [_adapters_width(tensors, block, is_light=is_light) for block in range(blocks)]
    return {
        "in_channels": seen // spot**2,
        # The last block of a light one is as wide as the one before, and is not counted.
        "channels": widths[:-1] if is_light else widths,
        "num_res_blocks": count_of(tensors, "adapter.body.0.resnets.{}.block1.weight"),
        "downscale_factor": spot,
        "adapter_type": "light_adapter" if is_light else "full_adapter_xl" if is_for_xl else "full_adapter",
    }


def _adapters_width(tensors: Tensors, block: int, *, is_light: bool) -> int:
    name = "out_conv" if is_light else "resnets.0.block1"
    return side_of(tensors, f"adapter.body.{block}.{name}.weight", 0)
