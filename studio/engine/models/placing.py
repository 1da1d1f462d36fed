"""Where each network of a model is kept, and in which number format: what a plan for memory decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import torch

from studio.engine.device.devices import Device, torch_dtype
from studio.engine.device.residency import Plan
from studio.engine.device.storage import PLAIN, Storage
from studio.engine.models.families.family import VAE, Part


@dataclass(frozen=True)
class PartPlace:
    """A network works on ``device``, as torch writes it, in the format ``dtype`` and this memory layout.

    ``branches`` is the format of an autoencoder's branches, see `reduce_branches`. Its large matrices rest as
    ``storage`` says. One that ``comes_empty`` is read when it is needed.
    """

    device: str
    dtype: torch.dtype
    channels_last: bool = False
    branches: torch.dtype = torch.float32
    storage: Storage = PLAIN
    comes_empty: bool = False


Placing: TypeAlias = Callable[[Part], PartPlace]
"""Where a part of a model goes, and in which form."""


def usual_placing(device: Device) -> Placing:
    """Everything on the device, in the formats that were measured for it."""

    def place(part: Part) -> PartPlace:
        if part.is_encoder:
            dtype = torch_dtype(device.dtype) if part.is_large else text_encoder_dtype(device)
            # Large ones overflow in float16.
            return PartPlace(device.torch_name, torch.bfloat16 if part.is_large and dtype == torch.float16 else dtype)
        if part.name == VAE:
            branches = torch_dtype(device.vae_dtype)
            return PartPlace(device.torch_name, torch.float32, device.vae_channels_last, branches)
        return PartPlace(device.torch_name, torch_dtype(device.dtype), device.channels_last)

    return place


def planned_placing(device: Device, plan: Plan) -> Placing:
    """As usual, but for what a plan gives up."""
    usual = usual_placing(device)

    def place(part: Part) -> PartPlace:
        found = usual(part)
        if part.is_encoder:
            return _encoder_place(found, plan)
        if part.name == VAE:
            return found
        storage = Storage(in_8_bits=plan.is_compact, streamed=plan.streamed)
        return replace(found, storage=storage, comes_empty=plan.takes_turns)

    return place


def _encoder_place(usual: PartPlace, plan: Plan) -> PartPlace:
    """On the processor float16 is slow, or not there at all."""
    if plan.encoder != "apart" or plan.takes_turns:
        return usual
    return replace(usual, device="cpu", dtype=torch.bfloat16 if usual.dtype == torch.float16 else usual.dtype)


def text_encoder_dtype(device: Device) -> torch.dtype:
    """Prompts are encoded rarely, so the CPU does it in full precision; a GPU saves the memory."""
    return torch.float32 if device.kind == "cpu" else torch_dtype(device.dtype)
