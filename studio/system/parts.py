"""Libraries that come with the engine, not with the application: asked for where they are used."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from studio.errors import EngineMissingError, EngineUnusableError, ShorelineError

NEEDED: Final = ("torch", "diffusers", "transformers", "accelerate", "safetensors", "tokenizers", "huggingface_hub")
"""Without these nothing can be drawn."""
OPTIONAL: Final = {
    "torchvision": "enlarging with networks",
    "spandrel": "enlarging with networks",
    "peft": "few-step weights",
    "av": "films",
}
"""Parts that only some features need, and what those are."""
_TELLING: Final = (ImportError, ModuleNotFoundError, RuntimeError, AttributeError, OSError, FileNotFoundError)
"""Python's own exceptions by which a failed import shows."""
_IMPORTLIB: Final = Path(importlib.__file__).parent
_OURS: Final = Path(__file__).parents[1]


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


def part_error(error: BaseException) -> EngineMissingError | EngineUnusableError | None:
    """The error for a failure whose reason is the engine: a part is missing, or its files vanished after it was loaded.

    Libraries import most of themselves only when it is used. Nothing of ``error`` runs, whatever it is.
    """
    name = missing_part(error)
    if name is not None:
        return EngineMissingError(name)
    if not issubclass(type(error), ImportError | OSError | RuntimeError):
        return None
    name = next((name for name in (*NEEDED, *OPTIONAL) if _has_vanished(name)), None)
    return _gone(name) if name is not None else _damaged(error)


@contextmanager
def engine_failures() -> Iterator[None]:
    """Work with the engine: what fails because of its state comes out as `part_error` has it."""
    try:
        yield
    except ShorelineError:
        raise
    except Exception as error:
        typed = part_error(error)
        if typed is None:
            raise
        raise typed from error


def _damaged(error: BaseException) -> EngineUnusableError | None:
    """For an import of a part that failed inside the engine or Shoreline: a plugin's own slips stay its own."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and type(cause) in _TELLING and cause not in seen:
        seen.append(cause)
        name = cause.name if isinstance(cause, ImportError) else None
        part = name.partition(".")[0] if type(name) is str else ""
        if part in (*NEEDED, *OPTIONAL) and _raised_inside(cause):
            return unusable(part, cause)
        cause = cause.__cause__ or cause.__context__
    return None


def _raised_inside(error: BaseException) -> bool:
    files = [frame.f_code.co_filename for frame, _line in traceback.walk_tb(error.__traceback__)]
    files = [file for file in files if not file.startswith("<frozen importlib") and Path(file).parent != _IMPORTLIB]
    folders = [file.parent for name in (*NEEDED, *OPTIONAL) if (file := _file(name)) is not None]
    return bool(files) and any(Path(files[-1]).is_relative_to(folder) for folder in (*folders, _OURS))


def _has_vanished(name: str) -> bool:
    file = _file(name)
    return file is not None and not file.exists()


def _file(name: str) -> Path | None:
    """The file of a part that is loaded."""
    file = getattr(sys.modules.get(name), "__file__", None)
    return Path(file) if type(file) is str else None


def _gone(name: str) -> EngineUnusableError:
    return EngineUnusableError(
        f"The engine cannot be used: the files of {name} are gone since it was loaded.",
        "Install an engine under Preferences > Engine or with `shoreline engine install`, then start Shoreline again.",
    )


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
