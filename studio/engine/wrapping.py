"""Networks of convolutions that see, beyond a border, what lies along the opposite one: their pictures tile.

Nothing else in them knows where a border is: norms and attention treat all places alike. So a picture that is moved
around gives the same picture, moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeAlias

import torch
from torch.nn import Conv2d, Module
from torch.nn.functional import pad

from studio.generation.repeating import Tile, along
from studio.system.parts import engine_part

_Given: TypeAlias = tuple[Any, ...]


@contextmanager
def around(networks: Iterable[Module], tile: Tile) -> Iterator[None]:
    """Within this the networks' convolutions go on at the other side; "off" leaves them alone."""
    if tile == "off":
        yield
        return
    across, down = along(tile)
    with ExitStack() as stack:
        for layer in {layer for network in networks for layer in network.modules()}:
            if isinstance(layer, Conv2d) and any(layer.padding):
                stack.enter_context(_wrapped(layer, across, down))
            for conv in _after_own_padding(layer):
                stack.callback(conv.register_forward_pre_hook(_closing_end(across, down)).remove)
        yield


def wrapped_by(latents: torch.Tensor, cells: int, tile: Tile) -> torch.Tensor:
    """Latents (n, channels, h, w) with some cells of the other side at each end of the axes that go on."""
    across, down = along(tile)
    margins = min(cells, latents.shape[-1]) if across else 0, min(cells, latents.shape[-2]) if down else 0
    return pad(latents, (margins[0], margins[0], margins[1], margins[1]), mode="circular")


def middle_of(tensor: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """The middle of a tensor (..., h, w): (..., height, width)."""
    top, left = (tensor.shape[-2] - height) // 2, (tensor.shape[-1] - width) // 2
    return tensor[..., top : top + height, left : left + width]


@contextmanager
def _wrapped(layer: Conv2d, across: bool, down: bool) -> Iterator[None]:
    """The convolution padded before it runs; what it is worn with, such as a LoRA, sees the same."""
    before = layer.padding
    high, wide = int(before[0]), int(before[1])
    margins = (wide if across else 0,) * 2 + (high if down else 0,) * 2

    def wrap(_layer: Module, given: _Given) -> _Given:
        return pad(given[0], margins, mode="circular"), *given[1:]

    hook = layer.register_forward_pre_hook(wrap)
    layer.padding = (0 if down else high, 0 if across else wide)
    try:
        yield
    finally:
        layer.padding = before
        hook.remove()


def _after_own_padding(layer: Any) -> Iterator[Module]:
    """The convolution of a layer of encoders that adds zeros at the right and the bottom itself."""
    downsample = engine_part("diffusers.models.downsampling").Downsample2D
    if isinstance(layer, downsample) and layer.use_conv and layer.padding == 0:
        yield layer.conv


def _closing_end(across: bool, down: bool) -> Callable[[Module, _Given], _Given]:
    """What puts the first column and row in the place of those zeros."""

    def close(_layer: Module, given: _Given) -> _Given:
        padded = given[0].clone()
        if across:
            padded[..., -1] = padded[..., 0]
        if down:
            padded[..., -1, :] = padded[..., 0, :]
        return padded, *given[1:]

    return close
