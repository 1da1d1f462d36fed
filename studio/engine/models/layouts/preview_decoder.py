"""The tensors of the small decoders that show latents while they are drawn (TAESD): diffusers' ``DecoderTiny``.

The author's files count the layers from a clamp that has no tensors, diffusers' from the layer behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from studio.engine.models.layouts.slots import Place, Slot, convolution

PREVIEW_PLACES: Final = (
    Place("decoder.", "diffusers"),
    Place("taesd_decoder.", "original"),
    Place("decoder.", "original"),
    Place("", "original"),
    Place("", "diffusers"),
)
"""Where one may lie in a file."""

WIDTH: Final = 64
BLOCKS: Final = (3, 3, 3, 1)
"""Blocks at each size; between the sizes it is doubled."""
_LAYERS_IN_BLOCK: Final = (0, 2, 4)


def preview_decoder_slots(channels: int) -> tuple[Slot, ...]:
    """All tensors of a decoder of latents with so many channels."""
    return tuple(_slots(channels))


def _slots(channels: int) -> Iterator[Slot]:
    yield from _layer(0, WIDTH, channels)
    layer = 2
    for blocks in BLOCKS[:-1]:
        yield from _blocks(layer, blocks)
        weight, _no_bias = _layer(layer + blocks + 1, WIDTH, WIDTH)
        yield weight
        layer += blocks + 2
    yield from _blocks(layer, BLOCKS[-1])
    yield from _layer(layer + BLOCKS[-1], 3, WIDTH)


def _blocks(first: int, count: int) -> Iterator[Slot]:
    for block in range(first, first + count):
        for part in _LAYERS_IN_BLOCK:
            yield from _layer(block, WIDTH, WIDTH, f".conv.{part}")


def _layer(number: int, width: int, given: int, behind: str = "") -> Iterator[Slot]:
    yield from convolution(f"layers.{number}{behind}", f"{number + 1}{behind}", width, given)
