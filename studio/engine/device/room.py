"""How much memory a device has, and how much of it is free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import psutil
import torch

from studio.engine.device.devices import Device
from studio.engine.device.residency import Room


def room_of(device: Device) -> Room:
    """The memory of a device at this moment; what torch keeps there for itself counts as free."""
    system = psutil.virtual_memory()
    if device.kind == "cuda":
        free, _ = torch.cuda.mem_get_info(device.index)
        kept = torch.cuda.memory_reserved(device.index) - torch.cuda.memory_allocated(device.index)
        return Room(free=free + kept, total=device.memory, system_free=system.available, is_shared=False)
    free = system.available
    if device.kind == "mps":
        free = min(free, torch.mps.recommended_max_memory() - torch.mps.current_allocated_memory())
    return Room(
        free=free,
        total=device.memory,
        system_free=system.available,
        is_shared=True,
        takes_8_bits=device.kind == "cpu",
        swap=psutil.swap_memory().free,
    )


def with_given_back(room: Room, device: Device, holds: Callable[[str], int]) -> Room:
    """The room as it is once a model is released that ``holds`` so many bytes in the memory of a kind of device."""
    own, system = holds(device.kind), holds("cpu")
    if room.is_shared:
        own = system = own if device.kind == "cpu" else own + system
    return replace(room, free=room.free + own, system_free=room.system_free + system)


def bytes_of(*networks: torch.nn.Module, kind: str = "") -> int:
    """What the weights of networks take in the memory of a kind of device, of all for ""; those of two count once."""
    tensors = {id(each): each for network in networks for each in (*network.parameters(), *network.buffers())}
    return sum(each.nbytes for each in tensors.values() if not each.is_meta and kind in ("", each.device.type))
