"""Libraries that come with the engine, not with the application: asked for where they are used."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any, Final

from studio.errors import EngineMissingError, EngineUnusableError

NEEDED: Final = ("torch", "diffusers", "transformers", "accelerate", "safetensors", "tokenizers", "huggingface_hub")
"""Without these nothing can be drawn."""
OPTIONAL: Final = {
    "torchvision": "enlarging with networks",
    "spandrel": "enlarging with networks",
    "peft": "few-step weights",
    "av": "films",
}
"""Parts that only some features need, and what those are."""


def engine_part(name: str) -> Any:
    """The module ``name`` of the engine, such as "torch" or "av".

    Raises `EngineMissingError` when there is no engine or it lacks this part, and `EngineUnusableError` when it is
    there but cannot be loaded on this machine.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != name.partition(".")[0]:
            raise unusable(name, error) from error
        raise EngineMissingError(name) from error
    except (ImportError, OSError) as error:
        raise unusable(name, error) from error


def missing_part(error: BaseException) -> str | None:
    """The part of the engine whose absence a failed import tells, if it is one."""
    if type(error) is not ModuleNotFoundError or type(error.name) is not str:
        return None
    name = error.name.partition(".")[0]
    return name if name in (*NEEDED, *OPTIONAL) and not is_there(name) else None


def is_there(name: str) -> bool:
    """Whether a module can be found, without importing it."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def unusable(name: str, error: BaseException) -> EngineUnusableError:
    """The error for a part that is there and fails, with the system's own reason."""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
    return EngineUnusableError(
        f"The engine cannot be used: {name} does not load ({reason}).",
        "Repair it under Preferences > Engine or with `shoreline engine repair`, or go back to the one before.",
    )
