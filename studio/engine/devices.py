"""Devices that can run the model, and which number format and memory layout each is fastest with."""

from __future__ import annotations

import contextlib
import json
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psutil

from studio.errors import SettingError
from studio.text.untrusted import parse_json

if TYPE_CHECKING:
    import torch

KINDS: Final = ("cuda", "mps", "cpu")
DTYPES: Final = ("float32", "bfloat16", "float16")
_CACHE_FILE: Final = "device-choices.json"
_CACHE_VERSION: Final = 1


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


def measured(device: Device, unet_config: dict[str, Any], vae_config: dict[str, Any], cache_dir: Path | None) -> Device:
    """The device with the precisions that ran fastest for networks of these configs.

    Measured once per device, torch version, thread count and network widths, and remembered in
    ``cache_dir``; an unreadable memory is measured again and written anew. Takes up to about 3 seconds the first time.
    """
    import torch

    from studio.engine import measurement

    key = _cache_key(device, torch, unet_config, vae_config)
    known = _remembered(cache_dir, key)
    if known is None:
        known = {
            "unet": measurement.fastest_unet_precision(device, unet_config),
            "vae": measurement.fastest_vae_precision(device, vae_config),
        }
        _remember(cache_dir, key, known)
    return device.with_precision(known["unet"], known["vae"])


def _cache_key(device: Device, torch_module: Any, unet: dict[str, Any], vae: dict[str, Any]) -> str:
    widths = [unet.get("block_out_channels"), unet.get("cross_attention_dim"), vae.get("block_out_channels")]
    parts = (
        device.torch_name,
        device.name,
        f"torch {torch_module.__version__}",
        f"{torch_module.get_num_threads()} threads",
        f"upcast {bool(vae.get('force_upcast'))}",
        json.dumps(widths),
    )
    return " | ".join(parts)


def _remembered(cache_dir: Path | None, key: str) -> dict[str, Precision] | None:
    entry = _read_cache(cache_dir).get(key)
    try:
        found = {name: Precision(**entry[name]) for name in ("unet", "vae")} if isinstance(entry, dict) else None
    except (TypeError, KeyError):
        return None
    sound: Callable[[Precision], bool] = lambda p: p.dtype in DTYPES and isinstance(p.channels_last, bool)  # noqa: E731
    return found if found is not None and all(map(sound, found.values())) else None


def _read_cache(cache_dir: Path | None) -> dict[str, Any]:
    if cache_dir is None:
        return {}
    try:
        value = parse_json((cache_dir / _CACHE_FILE).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    sound = isinstance(value, dict) and value.get("version") == _CACHE_VERSION
    choices = value.get("choices") if sound else None
    return choices if isinstance(choices, dict) else {}


def _remember(cache_dir: Path | None, key: str, choice: dict[str, Precision]) -> None:
    """A folder that cannot be written costs a new measurement next time, nothing else."""
    if cache_dir is None:
        return
    choices = {**_read_cache(cache_dir), key: {name: vars(precision) for name, precision in choice.items()}}
    target = cache_dir / _CACHE_FILE
    aside = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps({"version": _CACHE_VERSION, "choices": choices}, indent=1), encoding="utf-8")
        aside.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


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
