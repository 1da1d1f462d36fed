"""Facts about the engine for ``shoreline doctor`` and bug reports."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from studio.engine.device.devices import Device, available_devices, choose_device
from studio.engine.device.precision import in_precision
from studio.engine.device.threads import intra_op_threads
from studio.engine.device.wish import DEFAULT, Wish
from studio.engine.models.families.family import VAE
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.library import ModelLibrary
from studio.engine.models.settings_files import read_json
from studio.errors import EngineMissingError, EngineUnusableError, ShorelineError
from studio.system.parts import NEEDED, OPTIONAL, engine_part


@dataclass(frozen=True, kw_only=True)
class EngineReport:
    """``versions`` maps a library to its version, "missing" where it is not installed, "broken" where it does not load.

    ``broken`` says what is wrong with those, and what to do. Memory is in bytes.

    ``chosen`` is the device the wish leads to, with the precision measured for ``measured_for`` (a model id), or
    ``None`` with ``problem`` saying why. ``unusable`` says why better devices cannot draw. ``memory`` is in words what
    each model would take.
    """

    versions: dict[str, str]
    broken: tuple[str, ...]
    devices: tuple[Device, ...]
    chosen: Device | None
    measured_for: str | None
    problem: str | None
    unusable: tuple[str, ...]
    memory: tuple[str, ...]
    torch_threads: int
    memory_total: int
    memory_available: int


def engine_report(library: ModelLibrary, wish: Wish = DEFAULT, cache_dir: Path | None = None) -> EngineReport:
    """Gather the facts; imports every part of the engine, and measures the device if that was never done."""
    versions, broken = _try_parts()
    memory = psutil.virtual_memory()
    unusable: list[str] = []
    facts: dict[str, Any] = {"devices": (), "chosen": None, "measured_for": None, "problem": None, "memory": ()}
    try:
        if versions["torch"] not in ("missing", "broken"):
            facts["devices"] = available_devices()
            facts["chosen"], facts["measured_for"] = _chosen(library, wish, cache_dir, unusable)
            facts["memory"] = tuple(_plans(library, wish, facts["chosen"]))
    except (ShorelineError, ImportError, OSError) as error:
        facts["problem"] = str(error)
    return EngineReport(
        versions=versions,
        broken=broken,
        torch_threads=intra_op_threads(),
        memory_total=memory.total,
        memory_available=memory.available,
        unusable=tuple(unusable),
        **facts,
    )


def _chosen(
    library: ModelLibrary, wish: Wish, cache_dir: Path | None, unusable: list[str]
) -> tuple[Device, str | None]:
    """Measured for the first sound model folder; as it is when there is none."""
    device = choose_device(wish.device, unusable.append)
    for model in library.scan():
        if model.problem is None and model.format == "folder" and model.kind == "model":
            parts = (FAMILIES[model.family].denoiser.name, VAE)
            drawing, vae = (read_json(model.path / part / "config.json") for part in parts)
            return in_precision(device, wish.precision, drawing, vae, cache_dir), model.id
    return device, None


def _plans(library: ModelLibrary, wish: Wish, device: Device) -> Iterator[str]:
    """What each model that draws would take of the memory, in the number format of the device."""
    from studio.engine.models.loading import sources_of
    from studio.engine.planning import planned

    for model in library.scan():
        if model.problem is None and model.kind == "model":
            try:
                plan = planned(model, wish, device, sources_of(model, library.configs))
            except ShorelineError as error:
                yield f"{model.id}: {error}"
            else:
                yield f"{model.id}: {plan.text}"


def _try_parts() -> tuple[dict[str, str], tuple[str, ...]]:
    """Import every part. A version that is installed says little: libraries of two releases break each other."""
    versions: dict[str, str] = {}
    broken: list[str] = []
    for name in (*NEEDED, *OPTIONAL):
        try:
            engine_part(name)
            versions[name] = importlib.metadata.version(name)
        except EngineMissingError:
            versions[name] = "missing"
        except EngineUnusableError as error:
            versions[name] = "broken"
            broken.append(str(error))
    return versions, tuple(broken)
