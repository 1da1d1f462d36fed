"""Where other programs keep models that Shoreline can use: their usual places, their known subfolders only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PLACES: Final = (".", "Documents", "Desktop", "AI", "Applications", "StabilityMatrix/Packages", "Data/Packages")
"""Below the home folder, where people unpack such programs."""
_PROGRAMS: Final = {
    "ComfyUI": (("ComfyUI", "comfyui", "ComfyUI_windows_portable/ComfyUI"), ("models/checkpoints", "models/diffusers")),
    "AUTOMATIC1111": (
        ("stable-diffusion-webui", "stable-diffusion-webui-forge", "sd.webui/webui", "webui"),
        ("models/Stable-diffusion",),
    ),
    "InvokeAI": (("invokeai", "InvokeAI", "invoke"), ("models/sd-1/main", "models/sd-2/main", "models/sdxl/main")),
}


@dataclass(frozen=True)
class FoundFolder:
    """A folder with models of another program."""

    program: str
    folder: Path


def found_folders(home: Path, known: tuple[str, ...] = ()) -> tuple[FoundFolder, ...]:
    """Folders that are there, hold something, and are not among the ``known`` ones."""
    found: dict[Path, FoundFolder] = {}
    for program, (names, subfolders) in _PROGRAMS.items():
        for place in _PLACES:
            for name in names:
                for subfolder in subfolders:
                    folder = home / place / name / subfolder
                    if str(folder) not in known and _holds_models(folder):
                        found.setdefault(folder.resolve(), FoundFolder(program, folder))
    return tuple(found.values())


def _holds_models(folder: Path) -> bool:
    try:
        return any(path.is_dir() or path.suffix.lower() == ".safetensors" for path in folder.iterdir())
    except OSError:
        return False
