"""A UNet with the motion modules of an adapter between its blocks: AnimateDiff (Guo et al. 2023, arXiv 2307.04725)."""

from __future__ import annotations

from typing import Any, Final

import torch

from studio.engine.device.devices import Device, torch_dtype
from studio.engine.device.memory import is_out_of_memory
from studio.engine.models.library import ModelInfo
from studio.errors import ModelError
from studio.system.parts import engine_part
from studio.text.exceptions import first_line

_SHARED: Final = ("conv_in", "time_proj", "time_embedding", "conv_norm_out", "conv_act", "conv_out")
_SHARED_OF_BLOCKS: Final = ("resnets", "attentions", "downsamplers", "upsamplers")


def load_motion_network(unet: Any, adapter: ModelInfo, device: Device) -> Any:
    """diffusers' ``UNetMotionModel`` of a loaded ``UNet2DConditionModel`` and an adapter's folder.

    The layers of the UNet are shared, not copied: only the motion modules take memory. Raises `ModelError` when the
    adapter cannot be loaded or is made for other layers; memory errors pass through.
    """
    diffusers = engine_part("diffusers")
    try:
        modules = diffusers.MotionAdapter.from_pretrained(
            adapter.path, local_files_only=True, use_safetensors=True, dtype=torch_dtype(device.dtype)
        ).to(device.torch_name)
        with torch.device("meta"):
            network = diffusers.UNetMotionModel.from_unet2d(unet, modules, load_weights=False)
        _share(network, unet, modules)
    except Exception as error:
        if is_out_of_memory(error):
            raise
        raise ModelError(
            "The motion adapter {adapter} ({path}) cannot be used with this model: {reason}",
            "Use one that was made for models of this family, or download it again.",
            adapter=adapter.name,
            path=adapter.path,
            reason=first_line(error),
        ) from error
    return network.eval().requires_grad_(False)


def _share(network: Any, unet: Any, modules: Any) -> None:
    """Put the layers of the UNet and of the adapter in the places of an empty network."""
    for name in _SHARED:
        setattr(network, name, getattr(unet, name))
    motions = (*modules.down_blocks, modules.mid_block, *modules.up_blocks)
    for own, plain, motion in zip(_blocks(network), _blocks(unet), motions, strict=True):
        for name in _SHARED_OF_BLOCKS:
            if getattr(plain, name, None) is not None:
                setattr(own, name, getattr(plain, name))
        if motion is not None:
            own.motion_modules = motion.motion_modules
    empty = [name for name, tensor in (*network.named_parameters(), *network.named_buffers()) if tensor.is_meta]
    if empty:
        raise ValueError(f"{empty[0]} is missing")


def _blocks(network: Any) -> tuple[Any, ...]:
    return (*network.down_blocks, network.mid_block, *network.up_blocks)
