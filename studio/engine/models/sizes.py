"""How much memory a model takes, told by the headers of its files before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, Final

import torch

from studio.engine.device.residency import PartSize, Role, Work
from studio.engine.device.storage import may_rest, resting_size
from studio.engine.models.beside import Beside
from studio.engine.models.families.family import VAE, Family, Part
from studio.engine.models.networks import NetworkSource
from studio.engine.models.placing import Placing

_LAYERS_OF_UNET: Final = 56
_LAYERS_OF_TRANSFORMER: Final = 24
_LAYERS_OF_VAE: Final = 8.5
"""How many times the widest layer's output work takes, measured at the peak; estimates, see the tests."""
_USUAL_WIDTHS: Final = (128, 256, 512, 512)
_TILE: Final = 512
_WORDS: Final = 512
_PATCH: Final = 2
_ENCODING: Final = 64 << 20
_KEPT: Final = 400 << 20
"""Bytes that are not given back once a processor has drawn, measured with Stable Diffusion 1.5 at 256 and 512 pixels,
whole and in 8 bits: some 120 MB that torch and its libraries hold, the rest freed memory that the C library keeps at
hand. On a card it is there before its free memory is asked for, and what torch keeps at hand counts as free."""
_COLOURS: Final = 3 * 4
"""Bytes of a pixel of the decoded picture."""


def part_sizes(sources: Mapping[str, NetworkSource], family: Family, placing: Placing) -> tuple[PartSize, ...]:
    """What the weights of each network take where ``placing`` puts them."""
    return tuple(_part_size(sources[part.name], part, placing) for part in family.parts if part.name in sources)


def _part_size(source: NetworkSource, part: Part, placing: Placing) -> PartSize:
    each = placing(part).dtype.itemsize
    # Packed matrices stay packed, and are small enough.
    packed = sum(stored.share for stored in source.tensors.values() if stored.is_packed)
    shapes = {name: stored.shape for name, stored in source.tensors.items() if not stored.is_packed}
    whole = sum(prod(shape) * each for shape in shapes.values())
    compact = sum(
        resting_size(shape) if may_rest(name, shape) else prod(shape) * each for name, shape in shapes.items()
    )
    return PartSize(role=_role(part), whole=packed + whole, compact=packed + compact)


def beside_sizes(others: Beside, staying: torch.dtype, before: torch.dtype) -> tuple[PartSize, PartSize]:
    """What networks beside the model take, in these formats."""
    stay, passing = others.stay * staying.itemsize, others.before * before.itemsize
    return PartSize(role="beside", whole=stay, compact=stay), PartSize(role="before", whole=passing, compact=passing)


def _role(part: Part) -> Role:
    return "encoder" if part.is_encoder else "vae" if part.name == VAE else "denoiser"


def work_of(sources: Mapping[str, NetworkSource], family: Family, placing: Placing, side: int) -> Work:
    """What work takes beside the weights for a picture of ``side`` by ``side`` pixels."""
    drawing, vae = sources[family.denoiser.name].config, sources[VAE].config
    widths = [int(width) for width in vae.get("block_out_channels") or _USUAL_WIDTHS]
    factor = 2 ** (len(widths) - 1)
    each = placing(family.denoiser).dtype.itemsize
    decoder = placing(family.part(VAE))
    pixel = widths[0] * (decoder.dtype.itemsize + decoder.branches.itemsize) / 2 * _LAYERS_OF_VAE + _COLOURS
    return Work(
        encoding=_ENCODING,
        drawing=_drawing(drawing, (side // factor) ** 2) * each,
        decoding=int(pixel * side**2),
        decoding_in_tiles=int(pixel * min(side, _TILE) ** 2) + _COLOURS * side**2,
        kept=0 if decoder.device.startswith("cuda") else _KEPT,
    )


def _drawing(config: Mapping[str, Any], cells: int) -> int:
    """Numbers that are held at the peak of a step, both sides of guidance together where a UNet draws."""
    if "block_out_channels" in config:
        return 2 * cells * int(config["block_out_channels"][0]) * _LAYERS_OF_UNET
    width = next(_widths(config), 4096)
    return (cells // _PATCH**2 + _WORDS) * width * _LAYERS_OF_TRANSFORMER


def _widths(config: Mapping[str, Any]) -> Iterator[int]:
    if "num_attention_heads" in config and "attention_head_dim" in config:
        yield int(config["num_attention_heads"]) * int(config["attention_head_dim"])
    if "dim" in config:
        yield int(config["dim"])
