"""Where other programs keep models that Shoreline can use: their usual places, and which of their folders hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PLACES: Final = (".", "Documents", "Desktop", "AI", "Applications", "StabilityMatrix/Packages", "Data/Packages")
"""Below the home folder, where people unpack such programs."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """Another program. ``names`` are those of its folder; each of ``marks`` (patterns) tells that a folder is one;
    ``models`` are patterns of the folders in it that hold models, and nothing else of it is searched."""

    name: str
    names: tuple[str, ...]
    marks: tuple[str, ...]
    models: tuple[str, ...]


PROGRAMS: Final = (
    Program(
        name="ComfyUI",
        names=("ComfyUI", "comfyui", "ComfyUI_windows_portable/ComfyUI"),
        marks=("models/checkpoints", "models/diffusers"),
        models=(
            *("models/checkpoints", "models/diffusers", "models/unet", "models/diffusion_models", "models/loras"),
            *("models/embeddings", "models/controlnet", "models/ipadapter", "models/vae", "models/vae_approx"),
            *("models/clip", "models/text_encoders", "models/upscale_models", "models/animatediff_models"),
        ),
    ),
    Program(
        name="AUTOMATIC1111",
        names=("stable-diffusion-webui", "stable-diffusion-webui-forge", "sd.webui/webui", "webui"),
        marks=("models/Stable-diffusion",),
        models=(
            *("models/Stable-diffusion", "models/Lora", "models/LyCORIS", "embeddings", "models/ControlNet"),
            *("extensions/sd-webui-controlnet/models", "models/VAE", "models/VAE-approx", "models/text_encoder"),
            *("models/ESRGAN", "models/RealESRGAN", "models/DAT"),
        ),
    ),
    Program(
        name="InvokeAI",
        names=("invokeai", "InvokeAI", "invoke"),
        marks=("databases/invokeai.db", "models/sd-*/main", "models/sdxl/main"),
        models=(
            *("models/*/main", "models/*/lora", "models/*/embedding", "models/*/controlnet", "models/*/vae"),
            *("models/*/ip_adapter", "models/*/t2i_adapter", "models/????????-????-????-????-????????????"),
        ),
    ),
)


@dataclass(frozen=True)
class FoundFolder:
    """The folder of another program that holds models."""

    program: str
    folder: Path


def found_folders(home: Path, known: tuple[str, ...] = ()) -> tuple[FoundFolder, ...]:
    """Programs that are there and hold models, none of whose folders is among the ``known`` ones."""
    found: dict[Path, FoundFolder] = {}
    for program in PROGRAMS:
        for place in _PLACES:
            for name in program.names:
                folder = home / place / name
                inside = _models_of(program, folder)
                is_known = any(str(path) in known for path in (folder, *inside))
                if not is_known and any(_holds_models(path) for path in inside):
                    found.setdefault(folder.resolve(), FoundFolder(program.name, folder))
    return tuple(found.values())


def searched_folders(folder: Path) -> tuple[Path, ...]:
    """Where to look for models when a person named ``folder``: the folders for models of the program that it belongs
    to, of which it may also be the folder ``models`` or one around it; else the folder itself."""
    found = _program_at(folder)
    return (folder,) if found is None else _models_of(*found)


def program_of(folder: Path) -> str:
    """The program that a folder belongs to, "" for none."""
    found = _program_at(folder)
    return "" if found is None else found[0].name


def _program_at(folder: Path) -> tuple[Program, Path] | None:
    above = (folder.parent,) if folder.name == "models" else ()
    for place in (folder, *above, folder / "ComfyUI", folder / "webui"):
        for program in PROGRAMS:
            if any(_matches(place, mark) for mark in program.marks):
                return program, place
    return None


def _models_of(program: Program, folder: Path) -> tuple[Path, ...]:
    found = (path for pattern in program.models for path in _matches(folder, pattern))
    return tuple(dict.fromkeys(path for path in found if path.is_dir()))


def _matches(folder: Path, pattern: str) -> list[Path]:
    """What fits a pattern in a folder, by name; nothing where it may not be looked at."""
    try:
        return sorted(_globbed(folder, pattern))
    except OSError:
        return []


def _globbed(folder: Path, pattern: str) -> Iterator[Path]:
    if "*" in pattern or "?" in pattern:
        return folder.glob(pattern)
    path = folder / pattern
    return iter((path,) if path.exists() else ())


def _holds_models(folder: Path) -> bool:
    try:
        return any(path.is_dir() or path.suffix.lower() == ".safetensors" for path in folder.iterdir())
    except OSError:
        return False
