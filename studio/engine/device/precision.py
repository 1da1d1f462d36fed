"""Which number format and memory layout a device is fastest with: measured once, then remembered."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from studio.engine.device.devices import DTYPES, Device, Precision
from studio.engine.device.wish import PrecisionWish
from studio.errors import FileError
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_json

if TYPE_CHECKING:
    from studio.engine.device.measurement import Heard

_CACHE_FILE: Final = "device-choices.json"
_CACHE_VERSION: Final = 2

Choice: TypeAlias = dict[str, Precision]
"""What was fastest for the network that draws, "unet", and for the "vae"."""


def in_precision(
    device: Device, wish: PrecisionWish, network: dict[str, Any], vae: dict[str, Any], cache_dir: Path | None
) -> Device:
    """The device in the number format of a wish: as it is for "float32", else with what was `measured`.

    The VAE keeps its own format where another was asked for than float32: what it rounds is seen in the picture.
    """
    if wish == "float32":
        return device
    found = measured(device, network, vae, cache_dir)
    if wish == "auto":
        return found
    layout = found.channels_last and found.dtype == wish
    own = Precision(dtype=found.vae_dtype, channels_last=found.vae_channels_last)
    return found.with_precision(Precision(dtype=wish, channels_last=layout), own)


def measured(
    device: Device, network_config: dict[str, Any], vae_config: dict[str, Any], cache_dir: Path | None
) -> Device:
    """The device with the precisions that ran fastest for networks of these configs: one that draws, and a VAE.

    Measured once per device, torch version, thread count and network widths, and remembered in
    ``cache_dir``; an unreadable memory is measured again and written anew. Takes some seconds the first time.
    """
    key = _cache_key(device, network_config, vae_config)
    known = _remembered(cache_dir, key)
    if known is None:
        known = _measured(device, network_config, vae_config)
        _remember(cache_dir, {**_read_cache(cache_dir), key: known})
    return device.with_precision(**known)


def measured_again(
    device: Device, network_config: dict[str, Any], vae_config: dict[str, Any], cache_dir: Path | None, heard: Heard
) -> tuple[Device, bool]:
    """As `measured`, whatever is remembered, and whether the outcome is another. All that is remembered is forgotten
    once the new is known, and not before.

    ``heard`` is told how far it is; what it raises passes.
    """
    key = _cache_key(device, network_config, vae_config)
    before, found = _remembered(cache_dir, key), _measured(device, network_config, vae_config, heard)
    _remember(cache_dir, {key: found})
    return device.with_precision(**found), found != before


def _measured(device: Device, unet: dict[str, Any], vae: dict[str, Any], heard: Heard | None = None) -> Choice:
    from studio.engine.device import measurement
    from studio.engine.device.memory import release_unused

    tell = heard or measurement.unheard
    try:
        return {
            "unet": measurement.fastest_precision(device, unet, lambda share: tell(share / 2)),
            "vae": measurement.fastest_vae_precision(device, vae, lambda share: tell((1.0 + share) / 2)),
        }
    finally:
        release_unused()  # what was tried would else be counted beside the model


def forget_measurements(cache_dir: Path) -> None:
    """Have everything measured again when it is next loaded. Raises `FileError` where that is not allowed."""
    try:
        (cache_dir / _CACHE_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise FileError(
            "What was measured is kept: {path} could not be removed ({reason}).",
            "Check that you may write there.",
            path=cache_dir / _CACHE_FILE,
            reason=reason_for(error),
        ) from error


def _cache_key(device: Device, unet: dict[str, Any], vae: dict[str, Any]) -> str:
    import torch

    widths = [unet.get("block_out_channels"), unet.get("cross_attention_dim"), vae.get("block_out_channels")]
    parts = (
        device.torch_name,
        device.name,
        f"torch {torch.__version__}",
        f"{torch.get_num_threads()} threads",
        f"upcast {bool(vae.get('force_upcast'))}",
        json.dumps(widths),
    )
    return " | ".join(parts)


def _remembered(cache_dir: Path | None, key: str) -> Choice | None:
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


def _remember(cache_dir: Path | None, choices: Mapping[str, Any]) -> None:
    """A folder that cannot be written costs a new measurement next time, nothing else."""
    if cache_dir is None:
        return
    target = cache_dir / _CACHE_FILE
    aside = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps({"version": _CACHE_VERSION, "choices": choices}, indent=1, default=vars), "utf-8")
        aside.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
