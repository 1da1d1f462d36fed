"""Libraries that come with the engine, not with the application: asked for where they are used."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from studio.errors import EngineMissingError, EngineUnusableError, ShorelineError
from studio.text.exceptions import first_line

NEEDED: Final = ("torch", "diffusers", "transformers", "accelerate", "safetensors", "tokenizers", "huggingface_hub")
"""Without these nothing can be drawn."""
OPTIONAL: Final = {
    "torchvision": "enlarging with networks",
    "spandrel": "enlarging with networks",
    "peft": "few-step weights",
    "gguf": "models and text encoders in GGUF files",
    "av": "films",
}
"""Parts that only some features need, and what those are."""
_PARTS: Final = frozenset((*NEEDED, *OPTIONAL))
_IMPORT_FAILURES: Final = (ImportError, OSError, RuntimeError, AttributeError)
"""What the import of a library ends with that is not whole."""
_HALF_LOADED: Final = re.compile(r"partially initialized module '(\w+)")
"""Python's own words."""
_TELLING: Final = (ImportError, ModuleNotFoundError, RuntimeError, AttributeError, OSError, FileNotFoundError)
"""Python's own exceptions by which a failed import shows."""
_REPAIR: Final = "Repair it under Preferences > Engine or with `shoreline engine repair`, or go back to the one before."
_IMPORTLIB: Final = Path(importlib.__file__).parent
_OURS: Final = Path(__file__).parents[1]


def engine_part(name: str) -> Any:
    """The module ``name`` of the engine, such as "torch" or "av".

    Raises `EngineMissingError` when there is no engine or it lacks this part, and `EngineUnusableError` when it is
    there but cannot be loaded on this machine.
    """
    try:
        return importlib.import_module(name)
    except _IMPORT_FAILURES as error:
        raise _not_loaded(name, error) from error


def _not_loaded(name: str, error: BaseException) -> EngineMissingError | EngineUnusableError:
    gone = _vanished_part(error)
    if gone is not None:
        return _gone(gone)
    of_itself = isinstance(error, ModuleNotFoundError) and error.name is not None and _top(error.name) == _top(name)
    return EngineMissingError(name) if of_itself else unusable(name, error)


def missing_part(error: BaseException) -> str | None:
    """The part of the engine whose absence a failed import tells, if it is one."""
    if type(error) is not ModuleNotFoundError or type(error.name) is not str:
        return None
    name = _top(error.name)
    return name if name in _PARTS and not is_there(name) else None


def part_error(error: BaseException) -> EngineMissingError | EngineUnusableError | None:
    """The error for a failure whose reason is the engine: a part is missing, or its files vanished after it was loaded.

    Libraries import most of themselves only when it is used. Nothing of ``error`` runs, whatever it is.
    """
    if not issubclass(type(error), _IMPORT_FAILURES):
        return None
    gone = _vanished_part(error)
    if gone is not None:
        return _gone(gone)
    name = missing_part(error)
    return EngineMissingError(name) if name is not None else _damaged(error)


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
    for cause in _causes(error):
        part = _blamed_part(cause)
        if part in _PARTS and _raised_inside(cause):
            return unusable(part, cause)
    return None


def _blamed_part(error: BaseException) -> str:
    """The library that a failed import, or a look into a module that is not all there, is about."""
    name = error.name if isinstance(error, ImportError) else None
    if type(name) is str:
        return _top(name)
    said = error.args[0] if error.args else None
    half = _HALF_LOADED.search(said) if type(said) is str else None
    return half[1] if half is not None else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, as far as these are Python's own."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and type(cause) in _TELLING and cause not in seen:
        seen.append(cause)
        yield cause
        cause = cause.__cause__ or cause.__context__


def _raised_inside(error: BaseException) -> bool:
    files = _frame_files(error)
    return bool(files) and (_place(files[-1]) is not None or Path(files[-1]).is_relative_to(_OURS))


def _frame_files(error: BaseException) -> list[str]:
    """The files that an error came through, the innermost last, without those of the import itself."""
    files = [frame.f_code.co_filename for frame, _line in traceback.walk_tb(error.__traceback__)]
    return [file for file in files if not file.startswith("<frozen importlib") and Path(file).parent != _IMPORTLIB]


def _vanished_part(error: BaseException) -> str | None:
    """The part whose files are gone, of those that are loaded, if only in pieces, or that the error came through."""
    loaded = [_file(module) for name, module in tuple(sys.modules.items()) if _top(name) in _PARTS]
    passed = [file for cause in _causes(error) for file in _frame_files(cause)]
    places = {place for file in (*loaded, *passed) if file and (place := _place(file)) is not None}
    return next((name for name, path in sorted(places) if not path.exists()), None)


def _place(file: str) -> tuple[str, Path] | None:
    """The part that a file is of, and where that part lies in its folder of Python's path."""
    for folder in filter(None, sys.path):
        start = folder.rstrip(os.sep) + os.sep
        if file.startswith(start):
            first = file.removeprefix(start).split(os.sep, maxsplit=1)[0]
            if first.removesuffix(".py") in _PARTS:
                return first.removesuffix(".py"), Path(folder, first)
    return None


def _file(module: object) -> str | None:
    file = getattr(module, "__file__", None)
    return file if type(file) is str else None


def _top(name: str) -> str:
    return name.partition(".")[0]


def _gone(name: str) -> EngineUnusableError:
    return EngineUnusableError(
        "The engine cannot be used: the files of {name} are gone since it was loaded.",
        "Install an engine under Preferences > Engine or with `shoreline engine install`, then start Shoreline again.",
        name=name,
    )


def is_there(name: str) -> bool:
    """Whether a module can be found, without importing it."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def unusable(name: str, error: BaseException) -> EngineUnusableError:
    """The error for a part that is there and fails, with the system's own reason."""
    reason = first_line(error)
    if _HALF_LOADED.search(reason):
        return EngineUnusableError(
            "The engine cannot be used: {name} was loaded only in part, because it was changed meanwhile or files of "
            "it are missing.",
            "Start Shoreline again. If that does not help, repair the engine under Preferences > Engine or with "
            "`shoreline engine repair`, or go back to the one before.",
            name=name,
        )
    return EngineUnusableError(
        "The engine cannot be used: {name} does not load ({reason}).", _REPAIR, name=name, reason=reason
    )
