"""Layers whose weights stay packed, as in GGUF files, and are unpacked each time they are used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch.nn import Linear, Module, Parameter
from torch.nn.functional import linear

from studio.engine.models.gguf_headers import BLOCKS
from studio.system.parts import engine_part


class PackedLinear(Linear):
    """A matrix whose ``weight``, int8 ``(out, bytes of a row)``, is packed in the format ``kind``.

    int8, as transformers takes that for a weight that is not computed with, and not for its number format.
    """

    def __init__(self, layer: Linear, kind: str) -> None:
        super().__init__(layer.in_features, layer.out_features, layer.bias is not None, device="meta")
        numbers, size = BLOCKS[kind]
        shape = layer.out_features, layer.in_features // numbers * size
        self.weight = Parameter(torch.empty(shape, dtype=torch.int8, device="meta"), requires_grad=False)
        self.kind = kind

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """The layer's output, in the number format of what it is given."""
        bias = None if self.bias is None else self.bias.to(given.dtype)
        return linear(given, self.unpacked(given.dtype), bias)

    def unpacked(self, dtype: torch.dtype) -> torch.Tensor:
        """The weight in a number format: ``(out, in)``."""
        return unpacked(self.weight, self.kind, dtype)


def unpacked(packed: torch.Tensor, kind: str, dtype: torch.dtype) -> torch.Tensor:
    """Rows of bytes ``(rows, bytes of a row)`` as numbers ``(rows, numbers of a row)``."""
    gguf, utils = engine_part("gguf"), engine_part("diffusers.quantizers.gguf.utils")
    numbers, size = BLOCKS[kind]
    made = utils.dequantize_functions[gguf.GGMLQuantizationType[kind]]
    blocks = packed.view(torch.uint8).reshape(-1, size)
    # As exact as what is wanted; half precision is slow on processors, and takes half of a graphics card's memory.
    exact = torch.float16 if packed.is_cuda and dtype != torch.float32 else torch.float32
    found: torch.Tensor = made(blocks, numbers, size, exact).reshape(packed.shape[0], -1)
    return found.to(dtype)


def pack_layers(network: Module, kinds: Mapping[str, str]) -> frozenset[str]:
    """Give an empty network layers for packed weights, by their names; which of the names were those of layers."""
    found = set()
    for name, kind in kinds.items():
        owner, _, own = name.rpartition(".")
        layer: Any = network.get_submodule(owner)
        if own == "weight" and type(layer) is Linear:
            parent, _, last = owner.rpartition(".")
            setattr(network.get_submodule(parent), last, PackedLinear(layer, kind))
            found.add(name)
    return frozenset(found)
