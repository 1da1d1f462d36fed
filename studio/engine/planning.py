"""What a model would take on this computer, and how it is held: asked before it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from studio.engine.device.devices import Device, choose_device
from studio.engine.device.precision import in_precision
from studio.engine.device.residency import Plan, plan
from studio.engine.device.room import room_of
from studio.engine.device.wish import Wish
from studio.engine.models.families.family import VAE
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.library import ModelInfo, limits_of
from studio.engine.models.loading import sources_of
from studio.engine.models.placing import usual_placing
from studio.engine.models.settings_files import read_json
from studio.engine.models.sizes import part_sizes, work_of
from studio.errors import OutOfMemoryError
from studio.message import Message
from studio.text.amounts import bytes_text


def unheard(_text: str) -> None:
    """Nobody is told."""


def placed(
    info: ModelInfo, wish: Wish, configs: Path, cache_dir: Path | None, note: Callable[[str], object] = unheard
) -> Device:
    """The device that a model is drawn on, in the number format of the wish. ``note``: see `choose_device`."""
    device = choose_device(wish.device, note)
    folder = info.path if info.format == "folder" else configs / info.family
    parts = (FAMILIES[info.family].denoiser.name, VAE)
    drawing, vae = (read_json(folder / part / "config.json") for part in parts)
    return in_precision(device, wish.precision, drawing, vae, cache_dir)


def planned(info: ModelInfo, wish: Wish, configs: Path, device: Device) -> Plan:
    """How a model is held on a device as things are. Raises `ModelError` for files that cannot be read."""
    family = FAMILIES[info.family]
    placing, sources = usual_placing(device), sources_of(info, configs)
    work = work_of(sources, family, placing, limits_of(info).native_side)
    is_exact = wish.precision != "auto"
    return plan(part_sizes(sources, family, placing), work, room_of(device), wish.memory, exact=is_exact)


def forecast(info: ModelInfo, wish: Wish, configs: Path, cache_dir: Path | None) -> Plan:
    """What a model would take. Imports torch, and measures the device if that was never done."""
    return planned(info, wish, configs, placed(info, wish, configs, cache_dir))


def check_room(info: ModelInfo, found: Plan, wish: Wish) -> None:
    """Raise `OutOfMemoryError` for a model whose weights alone have no room."""
    if found.is_possible:
        return
    raise OutOfMemoryError(
        "{model} has no room: its weights take {weights} at once, and {free} of {total} are free.{beside}",
        _way_out(wish),
        model=info.name,
        weights=bytes_text(found.weights),
        free=bytes_text(found.room.free),
        total=bytes_text(found.room.total),
        beside=_beside(found),
    )


def _beside(found: Plan) -> str:
    """What is to be said of the processor's memory beside a graphics card."""
    if not found.system_peak:
        return ""
    return Message(
        " It takes {needed} of the processor's memory too, of which {free} are free.",
        needed=bytes_text(found.system_peak),
        free=bytes_text(found.room.system_free),
    )


def _way_out(wish: Wish) -> Message:
    if wish.memory == "whole":
        return Message("Choose Automatic as the memory use under Preferences > Drawing, or a smaller model.")
    if wish.precision != "auto":
        return Message("Choose Automatic as the number format under Preferences > Drawing, or a smaller model.")
    return Message("Close other programs, or choose a smaller model.")
