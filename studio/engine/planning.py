"""What a model would take on this computer, and how it is held: asked before it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from studio.engine.device.devices import Device, choose_device
from studio.engine.device.precision import in_precision, measured_again
from studio.engine.device.residency import Plan, plan
from studio.engine.device.room import room_of, with_given_back
from studio.engine.device.wish import Wish
from studio.engine.models.beside import NOTHING, Beside
from studio.engine.models.families.family import VAE
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.checkpoints import part_config
from studio.engine.models.library import ModelInfo, limits_of
from studio.engine.models.loading import sources_of
from studio.engine.models.networks import NetworkSource
from studio.engine.models.placing import text_encoder_dtype, usual_placing
from studio.engine.models.settings_files import read_json
from studio.engine.models.sizes import beside_sizes, part_sizes, work_of
from studio.errors import OutOfMemoryError
from studio.message import Message
from studio.text.amounts import bytes_text


def unheard(_text: str) -> None:
    """Nobody is told."""


def placed(
    info: ModelInfo, wish: Wish, configs: Path, cache_dir: Path | None, note: Callable[[str], object] = unheard
) -> Device:
    """The device that a model is drawn on, in the number format of the wish. ``note``: see `choose_device`."""
    return in_precision(choose_device(wish.device, note), wish.precision, *_configs_of(info, configs), cache_dir)


def timed(
    info: ModelInfo, wish: Wish, configs: Path, cache_dir: Path | None, heard: Callable[[float], object]
) -> tuple[Device, bool]:
    """The device of a wish in the number formats that are fastest for a model, see `measured_again`."""
    return measured_again(choose_device(wish.device), *_configs_of(info, configs), cache_dir, heard)


def _configs_of(info: ModelInfo, configs: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Those of the network that draws and of the VAE."""
    is_folder, family = info.format == "folder", FAMILIES[info.family]
    drawing, vae = (
        read_json(info.path / part / "config.json") if is_folder else part_config(configs, info.family, part)
        for part in (family.denoiser.name, VAE)
    )
    # What a plugin's config says means nothing to who times networks.
    return drawing if family.plugged is None else {}, vae


def planned(
    info: ModelInfo,
    wish: Wish,
    device: Device,
    sources: Mapping[str, NetworkSource],
    others: Beside = NOTHING,
    *,
    holds: Callable[[str], int] = lambda _kind: 0,
) -> Plan:
    """How a model, whose networks are at the ``sources``, is held on a device as things are.

    ``others`` are networks beside it. The bytes that it ``holds`` already, by kinds of devices, count as free.
    """
    family = FAMILIES[info.family]
    placing = usual_placing(device)
    work = work_of(sources, family, placing, limits_of(info).native_side)
    beside = beside_sizes(others, placing(family.denoiser).dtype, text_encoder_dtype(device))
    sizes = (*part_sizes(sources, family, placing), *beside)
    room = with_given_back(room_of(device), device, holds)
    return plan(sizes, work, room, wish.memory, exact=wish.precision != "auto")


def forecast(info: ModelInfo, wish: Wish, configs: Path, cache_dir: Path | None) -> Plan:
    """What a model would take. Imports torch, and measures the device if that was never done. Raises `ModelError`."""
    return planned(info, wish, placed(info, wish, configs, cache_dir), sources_of(info, configs))


def check_room(info: ModelInfo, found: Plan, wish: Wish, others: Beside = NOTHING) -> None:
    """Raise `OutOfMemoryError` where weights alone have no room, those of a model and of ``others`` beside it."""
    if found.is_possible:
        return
    raise OutOfMemoryError(
        "{model} has no room: its weights take {weights} at once, and {free} of {total} are free.{beside}",
        _way_out(wish, others),
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


def _way_out(wish: Wish, others: Beside) -> Message:
    if others.stay:
        return Message("Switch control layers and references off, close other programs, or choose a smaller model.")
    if wish.memory == "whole":
        return Message("Choose Automatic as the memory use under Preferences > Drawing, or a smaller model.")
    if wish.precision != "auto":
        return Message("Choose Automatic as the number format under Preferences > Drawing, or a smaller model.")
    return Message("Close other programs, or choose a smaller model.")
