"""Weights that rest in another form or place than they work in, and come when their layer asks for them.

A layer keeps its class and name, and its ``weight`` is always as it works: adapters, hooks and the code of networks see
nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Final

import torch
from torch.nn import Conv2d, Linear, Module, Parameter
from torch.nn.utils import parametrize

EIGHT_BITS: Final = torch.float8_e4m3fn
_LARGEST: Final = 448.0
"""The largest number of 8 bits."""
_LEAST: Final = 1 << 14
"""Matrices of fewer numbers stay as they are: what they take is little."""
_KEPT: Final = ("norm", "emb", "conv_in", "conv_out", "proj_in", "proj_out", "modulation")
"""Parts of names of layers whose errors would go everywhere, and which are small."""
_STORED: Final = "parametrizations.weight.original"


def may_rest(name: str, shape: tuple[int, ...]) -> bool:
    """Whether the tensor of a network may rest in another form; ``name`` is that of a weight."""
    is_matrix = len(shape) in (2, 4) and name.endswith(".weight")
    return is_matrix and prod(shape) >= _LEAST and not any(part in name for part in _KEPT)


def resting_size(shape: tuple[int, ...]) -> int:
    """Bytes that a tensor takes in 8 bits, with a scale for each of its rows."""
    return prod(shape) + 4 * shape[0]


@dataclass(frozen=True, kw_only=True)
class Storage:
    """How the large matrices of a network rest: ``in_8_bits``, and the first ``streamed`` bytes of them not on the
    device where they work but in the processor's memory."""

    in_8_bits: bool = False
    streamed: int = 0


PLAIN: Final = Storage()
"""Everything rests as it works."""


class Store:
    """Puts tensors of one network to rest while they are read, so that they are never there in another form.

    They work on ``device``, in the number format that they are given in. Tensors without numbers, on the device "meta",
    stay there.
    """

    def __init__(self, network: Module, storage: Storage, device: str, *, channels_last: bool = False) -> None:
        self._storage = storage
        self._device = torch.device(device)
        self._layout = torch.channels_last if channels_last else torch.contiguous_format
        self._left = storage.streamed
        self._first = next((name for name, _ in network.named_parameters()), "")
        self._layers = {name: layer for name, layer in network.named_modules() if type(layer) in (Linear, Conv2d)}

    def kept(self, name: str, tensor: torch.Tensor) -> tuple[str, torch.Tensor]:
        """The name and form under which a tensor goes into the network, which is made ready for it."""
        layer = self._layers.get(name.removesuffix(".weight"))
        may = may_rest(name, tuple(tensor.shape)) and (self._storage.in_8_bits or self._left > 0)
        # The first says for the libraries where the whole network works, and in which format.
        if layer is None or not may or name == self._first:
            return name, tensor.to(_there(tensor, self._device))
        scale, dtype = None, tensor.dtype
        if self._storage.in_8_bits:
            tensor, scale = eight_bits(tensor.to(_there(tensor, self._device)))
            scale = scale.to(dtype)
        if tensor.dim() == 4:
            tensor = tensor.contiguous(memory_format=self._layout)
        parametrize.register_parametrization(layer, "weight", Resting(self._device, dtype, scale), unsafe=True)
        return f"{name.removesuffix('weight')}{_STORED}", self._laid(tensor)

    def put_to_rest(self) -> None:
        """The same for a network that is there already, one layer after the other."""
        for name, layer in self._layers.items():
            own, tensor = self.kept(f"{name}.weight", layer.weight.data)
            place = layer.get_submodule("parametrizations.weight") if own.endswith(_STORED) else layer
            place._parameters[own.rpartition(".")[2]] = Parameter(tensor, requires_grad=False)

    def _laid(self, tensor: torch.Tensor) -> torch.Tensor:
        """The tensor where it rests; what is copied to a CUDA device lies in memory that the device may read itself."""
        if self._left <= 0:
            return tensor.to(_there(tensor, self._device))
        self._left -= tensor.nbytes
        if tensor.is_meta:
            return tensor
        return tensor.cpu().pin_memory() if self._device.type == "cuda" else tensor.cpu()


def _there(tensor: torch.Tensor, device: torch.device) -> torch.device:
    return tensor.device if tensor.is_meta else device


class Resting(Module):
    """Makes of a weight at rest the weight at work. What it makes is let go after each use."""

    scale: torch.Tensor | None

    def __init__(self, device: torch.device, dtype: torch.dtype, scale: torch.Tensor | None) -> None:
        super().__init__()
        self._device, self._dtype = device, dtype
        self.register_buffer("scale", scale, persistent=False)

    def forward(self, stored: torch.Tensor) -> torch.Tensor:
        if stored.is_meta:  # its network is away: only the shape can be asked
            return stored.to(self._dtype)
        weight = stored.to(self._device, non_blocking=True).to(self._dtype)
        return weight if self.scale is None else weight * self.scale


def eight_bits(tensor: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A matrix in 8 bits and a scale for each row, ``(rows, 1, ...)``: powers of two, with which it is multiplied
    without another error."""
    largest = tensor.float().abs().amax(dim=tuple(range(1, tensor.dim())), keepdim=True)
    exponent = torch.ceil(torch.log2((largest / _LARGEST).clamp_min(torch.finfo(torch.float32).tiny)))
    scale = torch.exp2(exponent.clamp_min(-14.0))  # float16 knows no smaller ones
    return (tensor.float() / scale).to(EIGHT_BITS), scale
