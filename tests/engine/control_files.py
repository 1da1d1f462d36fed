"""Tiny random control networks for the tiny models, as diffusers keeps them and as people own them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

_HINT = {"conv_in": "0", "conv_out": "14"}


def tiny_control(unet: Any, seed: int = 0) -> Any:
    """A ControlNet whose layers all do something."""
    import diffusers

    made = diffusers.ControlNetModel.from_unet(unet, conditioning_embedding_out_channels=(4, 8, 8, 16))
    return randomised(made, seed)


def tiny_union(unet: Any, seed: int = 0) -> Any:
    """A ControlNet Union with six kinds."""
    import diffusers

    config = dict(unet.config)
    names = ("addition_embed_type", "addition_time_embed_dim", "projection_class_embeddings_input_dim")
    made = diffusers.ControlNetUnionModel(
        block_out_channels=config["block_out_channels"],
        down_block_types=config["down_block_types"],
        layers_per_block=config["layers_per_block"],
        cross_attention_dim=config["cross_attention_dim"],
        attention_head_dim=config["attention_head_dim"],
        norm_num_groups=config["norm_num_groups"],
        conditioning_embedding_out_channels=(4, 8, 8, 16),
        num_trans_channel=16,
        num_proj_channel=16,
        **{name: config[name] for name in names},
    )
    return randomised(made, seed)


def tiny_adapter(kind: str, channels: int = 3, seed: int = 0) -> Any:
    """A T2I-Adapter of one of diffusers' kinds."""
    import diffusers

    widths = [16, 24] if kind != "full_adapter_xl" else [16, 24, 24, 24]
    factor = 16 if kind == "full_adapter_xl" else 8
    return randomised(diffusers.T2IAdapter(channels, widths, 2, factor, kind), seed)


def randomised(network: Any, seed: int) -> Any:
    """Also what is zero in a new network."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.1)
    return network.eval()


def write_control_of_first_releases(network: Any, path: Path, front: str = "control_model.") -> None:
    """A ControlNet of one layer a block with the names of the first releases."""
    save_file({front + _original(name): value.contiguous() for name, value in network.state_dict().items()}, path)


def _original(name: str) -> str:
    head, _, rest = name.partition(".")
    if head == "conv_in":
        return f"input_blocks.0.0.{rest}"
    if head == "time_embedding":
        return f"time_embed.{ {'linear_1': 0, 'linear_2': 2}[rest.partition('.')[0]] }.{rest.partition('.')[2]}"
    if head == "controlnet_down_blocks":
        return f"zero_convs.{rest.replace('.', '.0.')}"
    if head == "controlnet_mid_block":
        return f"middle_block_out.0.{rest}"
    if head == "controlnet_cond_embedding":
        part, _, end = rest.rpartition(".")
        number = _HINT.get(part) or str(2 * int(part.removeprefix("blocks.")) + 2)
        return f"input_hint_block.{number}.{end}"
    if head == "mid_block":
        return _of_layer("middle_block", rest, {"resnets.0": "0", "attentions.0": "1", "resnets.1": "2"})
    block, _, rest = rest.partition(".")
    first = 1 + 2 * int(block)
    if rest.startswith("downsamplers"):
        return f"input_blocks.{first + 1}.0.op.{rest.rpartition('.')[2]}"
    return _of_layer("input_blocks", rest, {"resnets.0": f"{first}.0", "attentions.0": f"{first}.1"})


def _of_layer(head: str, rest: str, places: dict[str, str]) -> str:
    layer, tail = ".".join(rest.split(".")[:2]), ".".join(rest.split(".")[2:])
    renamed = {
        "norm1": "in_layers.0",
        "conv1": "in_layers.2",
        "time_emb_proj": "emb_layers.1",
        "norm2": "out_layers.0",
        "conv2": "out_layers.3",
        "conv_shortcut": "skip_connection",
    }
    if layer.startswith("resnets"):
        part, _, end = tail.partition(".")
        tail = f"{renamed[part]}.{end}"
    return f"{head}.{places[layer]}.{tail}"


def write_adapter_of_first_releases(network: Any, path: Path) -> None:
    """A T2I-Adapter with two layers a block with the names of the first releases."""
    tensors = {}
    for name, value in network.state_dict().items():
        parts = name.removeprefix("adapter.").split(".")
        if parts[0] == "body" and network.config.adapter_type == "light_adapter":
            parts = [("body" if part == "resnets" else part) for part in parts]
        elif parts[0] == "body":
            layer = int(parts[3]) if parts[2] == "resnets" else 0
            parts = ["body", str(2 * int(parts[1]) + layer), *(parts[4:] if parts[2] == "resnets" else parts[2:])]
        tensors[".".join(parts)] = value.contiguous()
    save_file(tensors, path)


def half(path: Path) -> None:
    """The same file in half precision."""
    save_file({name: value.half() for name, value in load_file(path).items()}, path)
