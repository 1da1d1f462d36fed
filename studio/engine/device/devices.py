"""Devices that can run the model, and which number format and memory layout each is fastest with."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from studio.errors import SettingError
from studio.message import Message

if TYPE_CHECKING:
    import torch

KINDS: Final = ("cuda", "mps", "cpu")
DTYPES: Final = ("float32", "bfloat16", "float16")

_ANOTHER: Final = (
    "Choose Automatic as the device, update the driver of the graphics card, or install another engine under "
    "Preferences > Engine."
)


@dataclass(frozen=True, kw_only=True)
class Precision:
    """Number format and layout of a network: ``dtype`` is "float32", "bfloat16" or "float16"."""

    dtype: str = "float32"
    channels_last: bool = False


@dataclass(frozen=True, kw_only=True)
class Device:
    """A device. ``kind`` is "cpu", "cuda" or "mps", ``memory`` is its total memory in bytes.

    ``dtype`` and ``channels_last`` are for the network that draws; ``vae_channels_last`` is for the VAE and
    ``vae_dtype`` for its branches, see `studio.engine.device.branches`. Devices from
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
    """The devices that torch sees, the most capable kind first; not all may draw. Imports torch."""
    import torch

    from studio.engine.device.trial import cuda_is_there

    found = list(_cards()) if cuda_is_there() else []
    memory = psutil.virtual_memory().total
    if torch.backends.mps.is_available():
        found.append(Device(kind="mps", index=0, name=f"Apple GPU ({platform.machine()})", memory=memory))
    found.append(Device(kind="cpu", index=0, name=_cpu_name(), memory=memory))
    return tuple(found)


def choose_device(preference: str = "auto", note: Callable[[str], object] = lambda _text: None) -> Device:
    """The device for "auto", "cpu", "cuda", "cuda:N" or "mps".

    For "auto" the best that can draw; ``note`` is told why a better one cannot. Raises `SettingError` when the wish
    cannot be met, and says what can be chosen.
    """
    from studio.engine.device.trial import failure_of, why_no_cuda

    devices = available_devices()
    if preference == "auto":
        if why_no_cuda():
            note(_instead(Message("The graphics card"), why_no_cuda(), devices[0]))
        return _first_that_draws(devices, note)
    known = ", ".join(device.torch_name for device in devices)
    for device in devices:
        if preference in (device.kind, f"{device.kind}:{device.index}"):
            reason = "" if device.kind == "cpu" else failure_of(device.torch_name)
            if not reason:
                return device
            raise SettingError(
                "{device} ({torch_name}) cannot be used: {reason}.",
                _ANOTHER,
                device=device.name,
                torch_name=device.torch_name,
                reason=reason,
            )
    reason = why_no_cuda() if preference.startswith("cuda") else ""
    if reason:
        raise SettingError("{preference} cannot be used: {reason}.", _ANOTHER, preference=preference, reason=reason)
    raise SettingError(
        "There is no device {preference!r} on this computer.",
        "Choose auto or one of: {known}.",
        preference=preference,
        known=known,
    )


def _first_that_draws(devices: tuple[Device, ...], note: Callable[[str], object]) -> Device:
    from studio.engine.device.trial import failure_of

    for device, other in pairwise(devices):
        reason = failure_of(device.torch_name)
        if not reason:
            return device
        note(_instead(device.name, reason, other))
    return devices[-1]


def _instead(name: str, reason: str, other: Device) -> str:
    return Message(
        "{name} cannot be used: {reason}. Pictures are drawn on {other} instead.",
        name=name,
        reason=reason,
        other=other.name,
    )


def _cards() -> Iterator[Device]:
    """The CUDA devices; one whose driver does not answer is left out."""
    import torch

    for index in range(torch.cuda.device_count()):
        try:
            facts = torch.cuda.get_device_properties(index)
        except (RuntimeError, AssertionError):
            continue
        yield Device(kind="cuda", index=index, name=facts.name, memory=facts.total_memory)


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
