"""Libraries that come with the engine, not with the application: asked for where they are used."""

from __future__ import annotations

import importlib
from typing import Any

from studio.errors import EngineMissingError, EngineUnusableError


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


def unusable(name: str, error: BaseException) -> EngineUnusableError:
    """The error for a part that is there and fails, with the system's own reason."""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
    return EngineUnusableError(
        f"The engine cannot be used: {name} does not load ({reason}).",
        "Repair it under Preferences > Engine or with `shoreline engine repair`, or go back to the one before.",
    )
