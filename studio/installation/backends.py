"""Which builds of PyTorch there are, and which of them fits a machine.

The driver versions are those that NVIDIA's release notes of CUDA name; CUDA 13 dropped cards before Turing.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from studio.errors import SettingError

TABLE: Final = "backends.toml"
_ASK_SECONDS: Final = 10.0
"""A driver that hangs must not keep the window waiting for its name."""


@dataclass(frozen=True, kw_only=True)
class Backend:
    """A build of PyTorch.

    ``torch_backend`` is uv's name of the index that holds it, ``None`` for the build that the usual index has;
    ``lock`` the file that pins every package by version and SHA-256, ``None`` where a release has not made one.
    ``download`` and ``unpacked`` are bytes, roughly. ``least_driver`` and ``least_capability`` are what an NVIDIA
    card needs.
    """

    id: str
    name: str
    systems: tuple[str, ...]
    torch_backend: str | None
    lock: Path | None
    download: int
    unpacked: int
    least_driver: tuple[int, ...] = ()
    least_capability: float = 0.0


@dataclass(frozen=True)
class Machine:
    """What decides the build: the system, such as "linux-x86_64", and the graphics card if there is one.

    ``card`` is "nvidia", "amd", "apple" or "". ``capability`` is CUDA's, such as 8.6.
    """

    system: str
    card: str = ""
    card_name: str = ""
    driver: tuple[int, ...] = ()
    capability: float = 0.0


@dataclass(frozen=True)
class Why:
    """A sentence with places for values, so that the window can say it in its own language."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


NO_CARD: Final = "No graphics card that can draw was found."
FITS: Final = "It fits {card}."
FITS_DRIVER: Final = "It fits {card} with driver {driver}."
NO_BUILD: Final = "There is no build for {card} on this system, so the processor draws."
OLD_DRIVER: Final = (
    "The driver {driver} of {card} is too old: {least} or newer is needed. Until it is updated, pictures are drawn by "
    "the processor."
)
"""Why a build was chosen."""


def known_backends(folder: Path, system: str) -> tuple[Backend, ...]:
    """The builds for a system, best first, from the table in the resources' folder ``engine``."""
    table = tomllib.loads((folder / TABLE).read_text(encoding="utf-8-sig"))
    backends = (_backend(folder, row) for row in table["backend"])
    return tuple(backend for backend in backends if system in backend.systems)


def find_backend(backends: tuple[Backend, ...], backend_id: str) -> Backend:
    """The build with an id. Raises `SettingError` that lists those there are."""
    for backend in backends:
        if backend.id == backend_id:
            return backend
    known = ", ".join(backend.id for backend in backends)
    raise SettingError(
        "There is no engine {backend_id!r} for this system.",
        "Choose one of: {known}, or auto.",
        backend_id=backend_id,
        known=known,
    )


def choose_backend(backends: tuple[Backend, ...], machine: Machine) -> tuple[Backend, Why]:
    """The best build that fits, and why in one sentence.

    Raises `SettingError` where there is no build for the system at all.
    """
    if not backends:
        raise SettingError(
            "There is no engine for {system}.",
            "Run Shoreline from a checkout with PyTorch installed by hand.",
            system=machine.system,
        )
    plain = next((backend for backend in backends if backend.id == "cpu"), backends[-1])
    if machine.card == "nvidia":
        return _for_nvidia(backends, machine, plain)
    fitting = [backend for backend in backends if _card_of(backend) == machine.card != ""]
    if fitting:
        return fitting[0], Why(FITS, {"card": machine.card_name})
    return plain, Why(NO_CARD)


def look_at_machine() -> Machine:
    """What this machine has, asked of the drivers' own tools. Takes up to ten seconds where a driver hangs."""
    system = f"{sys.platform}-{platform.machine().lower().replace('amd64', 'x86_64')}"
    if sys.platform == "darwin":
        return Machine(system, "apple", "Apple GPU") if platform.machine() == "arm64" else Machine(system)
    return _nvidia(system) or _amd(system) or Machine(system)


def _for_nvidia(backends: tuple[Backend, ...], machine: Machine, plain: Backend) -> tuple[Backend, Why]:
    builds = [backend for backend in backends if _card_of(backend) == "nvidia"]
    known = {"card": machine.card_name, "driver": _dotted(machine.driver)}
    for backend in builds:
        if machine.driver >= backend.least_driver and machine.capability >= backend.least_capability:
            return backend, Why(FITS_DRIVER, known)
    usable = [backend for backend in builds if machine.capability >= backend.least_capability]
    if not usable:
        return plain, Why(NO_BUILD, known)
    least = min(backend.least_driver for backend in usable)
    return plain, Why(OLD_DRIVER, known | {"least": _dotted(least)})


def _card_of(backend: Backend) -> str:
    kinds = {"cuda": "nvidia", "rocm": "amd", "mps": "apple"}
    return next((card for start, card in kinds.items() if backend.id.startswith(start)), "")


def _backend(folder: Path, row: dict[str, Any]) -> Backend:
    lock = folder / row["lock"] if row.get("lock") else None
    return Backend(
        id=row["id"],
        name=row["name"],
        systems=tuple(row["systems"]),
        torch_backend=row.get("torch_backend"),
        lock=lock if lock is not None and lock.is_file() else None,
        download=int(row["download_mb"]) * 10**6,
        unpacked=int(row["unpacked_mb"]) * 10**6,
        least_driver=_version(str(row.get("least_driver", ""))),
        least_capability=float(row.get("least_capability", 0.0)),
    )


def _nvidia(system: str) -> Machine | None:
    lines = _asked("nvidia-smi", "--query-gpu=name,driver_version,compute_cap", "--format=csv,noheader").splitlines()
    cards = [[part.strip() for part in line.split(",")] for line in lines]
    cards = [card for card in cards if len(card) == 3 and _version(card[1])]
    if not cards:
        return None
    name, driver, capability = max(cards, key=lambda card: _number(card[2]))
    return Machine(system, "nvidia", name, _version(driver), _number(capability))


def _amd(system: str) -> Machine | None:
    """A card that ROCm's kernel driver drives."""
    if not Path("/sys/module/amdgpu").is_dir() or not Path("/dev/kfd").exists():
        return None
    return Machine(system, "amd", "AMD GPU")


def _asked(tool: str, *arguments: str) -> str:
    """What a tool prints, "" where it is missing, fails or does not answer."""
    found = shutil.which(tool)
    if found is None:
        return ""
    # Windows would show a console window for a moment.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) if os.name == "nt" else 0
    try:
        answer = subprocess.run(
            [found, *arguments], capture_output=True, text=True, timeout=_ASK_SECONDS, check=True, creationflags=flags
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return answer.stdout


def _version(text: str) -> tuple[int, ...]:
    parts = text.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
