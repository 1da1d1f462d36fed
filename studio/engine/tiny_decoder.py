"""A small decoder (TAESD) from its file: it makes rough pictures of latents at a hundredth of the VAE's cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from studio.engine.device.devices import Device, torch_dtype
from studio.engine.models.headers import read_header
from studio.engine.models.layouts.preview_decoder import BLOCKS, WIDTH, preview_decoder_slots
from studio.engine.models.preview_decoders import found_decoder
from studio.engine.models.tensor_files import StoredTensor, TensorReader
from studio.engine.wrapping import around
from studio.errors import ModelError
from studio.generation.repeating import Tile
from studio.system.parts import engine_part


class TinyDecoder:
    """Decodes latents as networks draw them, in the number format that networks draw in on the device."""

    def __init__(self, network: Any, device: Device) -> None:
        self._dtype = torch_dtype(device.dtype)
        layout = torch.channels_last if device.channels_last else torch.contiguous_format
        self._network = network.to(device.torch_name, self._dtype).to(memory_format=layout)
        self._device = device.torch_name

    @torch.no_grad()
    def decode(self, latents: torch.Tensor, tile: Tile = "off") -> torch.Tensor:
        """Latents (n, channels, h, w) to float32 RGB (n, 3, 8 h, 8 w) on the CPU, about -1..1."""
        with around((self._network,), tile):
            rgb: torch.Tensor = self._network(latents.to(self._device, self._dtype))
        return rgb.float().cpu()


def load_tiny_decoder(path: Path, device: Device) -> TinyDecoder:
    """The decoder of a file, under its author's names or those of diffusers. Raises `ModelError` where it is none."""
    tensors = read_header(path).tensors
    found = found_decoder(tensors)
    if found.place is None or found.problem is not None:
        raise ModelError(
            "{path} is no preview decoder: {reason}.", "Download or copy it again.", path=path, reason=found.problem
        )
    with torch.device("meta"):
        network = _empty(found.channels)
    with TensorReader() as reader:
        state = {
            slot.name: reader.read(StoredTensor(path, tensors[found.place.key(slot)], slot.shape))
            for slot in preview_decoder_slots(found.channels)
        }
    network.load_state_dict(state, assign=True)
    return TinyDecoder(network.eval().requires_grad_(False), device)


def _empty(channels: int) -> Any:
    return engine_part("diffusers.models.autoencoders.vae").DecoderTiny(
        in_channels=channels,
        out_channels=3,
        num_blocks=BLOCKS,
        block_out_channels=(WIDTH,) * len(BLOCKS),
        upsampling_scaling_factor=2,
        act_fn="relu",
        upsample_fn="nearest",
    )
