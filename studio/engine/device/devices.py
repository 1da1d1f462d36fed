"""Devices that can run the model, and which number format and memory layout each is fastest with."""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from studio.errors import SettingError

if TYPE_CHECKING:
    import torch

KINDS: Final = ("cuda", "mps", "cpu")
DTYPES: Final = ("float32", "bfloat16", "float16")


@dataclass(frozen=True, kw_only=True)
class Precision:
    """Number format and layout of a network: ``dtype`` is "float32", "bfloat16" or "float16"."""

    dtype: str = "float32"
    channels_last: bool = False


@dataclass(frozen=True, kw_only=True)
class Device:
    """A device. ``kind`` is "cpu", "cuda" or "mps", ``memory`` is its total memory in bytes.

    ``dtype`` and ``channels_last`` are for the UNet, the ``vae_`` fields for the VAE. Devices from
    `available_devices` are float32 and contiguous; `measured` gives the fastest sound choice.
    """

    kind: str
    index: int
    name: str
    memory: int
    dtype: str = "float32"
    channels_last: bool = False
    vae_dtype: str = "float32"
    vae_channels_last: bool = False

    @property
    def torch_name(self) -> str:
        """As torch writes it, such as "cuda:1"."""
        return f"{self.kind}:{self.index}" if self.kind == "cuda" else self.kind

    def with_precision(self, unet: Precision, vae: Precision) -> Device:
        return replace(
            self,
            dtype=unet.dtype,
            channels_last=unet.channels_last,
            vae_dtype=vae.dtype,
            vae_channels_last=vae.channels_last,
        )


def available_devices() -> tuple[Device, ...]:
    """The devices of this machine, the most capable kind first. Imports torch."""
    import torch

    found: list[Device] = []
    if torch.cuda.is_available():
        for index in range(torch.cuda.device_count()):
            facts = torch.cuda.get_device_properties(index)
            found.append(Device(kind="cuda", index=index, name=facts.name, memory=facts.total_memory))
    memory = psutil.virtual_memory().total
    if torch.backends.mps.is_available():
        found.append(Device(kind="mps", index=0, name=f"Apple GPU ({platform.machine()})", memory=memory))
    found.append(Device(kind="cpu", index=0, name=_cpu_name(), memory=memory))
    return tuple(found)


def choose_device(preference: str = "auto") -> Device:
    """The device for "auto", "cpu", "cuda", "cuda:N" or "mps".

    Raises `SettingError` listing what is there when the wish cannot be met.
    """
    devices = available_devices()
    if preference == "auto":
        return devices[0]
    for device in devices:
        if preference in (device.kind, f"{device.kind}:{device.index}"):
            return device
    known = ", ".join(device.torch_name for device in devices)
    raise SettingError(f"There is no device {preference!r} on this computer.", f"Choose auto or one of: {known}.")


def torch_dtype(name: str) -> torch.dtype:
    """The torch dtype of a name in `DTYPES`."""
    import torch

    return {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}[name]


def _cpu_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8-sig").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine() or "CPU"
