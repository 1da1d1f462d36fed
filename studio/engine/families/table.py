"""Which denoiser goes with a family: one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from studio.engine.device.devices import Device
from studio.engine.families.denoiser import Denoiser
from studio.engine.families.sd import StableDiffusion
from studio.engine.families.sdxl import StableDiffusionXL

Maker: TypeAlias = Callable[[Any, Device, int], Denoiser]


def _sd(unet: Any, device: Device, _factor: int) -> Denoiser:
    return StableDiffusion(unet, channels_last=device.channels_last)


def _sdxl(unet: Any, device: Device, factor: int) -> Denoiser:
    return StableDiffusionXL(unet, channels_last=device.channels_last, factor=factor)


DENOISERS: Final[Mapping[str, Maker]] = {"sd1": _sd, "sd2": _sd, "sdxl": _sdxl}
"""What makes a denoiser of a loaded network, its device and the pixels along one side of a latent cell, by family."""
