"""How much memory a device has, and how much of it is free."""

from __future__ import annotations

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
