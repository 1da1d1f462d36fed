"""Making the engine in use importable, once, at the start of a process."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.errors import EngineError
from studio.installation.store import Engine, EngineStore
from studio.paths import Paths


@dataclass(frozen=True)
class EngineState:
    """Whether pictures can be drawn.

    ``kind`` is "environment" where PyTorch is part of the Python environment (a checkout, pip), "installed" for an
    engine of ours, "missing", or "unusable" with the reason in ``problem``.
    """

    kind: Literal["environment", "installed", "missing", "unusable"]
    engine: Engine | None = None
    problem: str = ""

    @property
    def can_draw(self) -> bool:
        return self.kind in ("environment", "installed")


def engine_state(paths: Paths) -> EngineState:
    """How things stand, without importing anything of the engine."""
    engine = EngineStore(paths.engines).current() or EngineStore(paths.bundled_engines).current()
    if engine is None:
        return EngineState("environment" if _in_environment(paths) else "missing")
    try:
        engine.check()
    except EngineError as error:
        return EngineState("unusable", engine, str(error))
    return EngineState("environment" if _in_environment(paths) else "installed", engine)


def activate(paths: Paths) -> EngineState:
    """Put the engine in use, and what plugins need, behind Python's own path.

    Behind it, so that neither can replace a library of the application. Where the environment has PyTorch, that is
    used and the engines are left alone.
    """
    state = engine_state(paths)
    if state.kind == "installed" and state.engine is not None:
        append_last(str(state.engine.libraries))
    if state.kind != "unusable":
        append_last(str(EngineStore(paths.engines).extra_libraries))
    return state


def append_last(folder: str) -> None:
    """Put a folder at the very end of Python's path, where it is now or not."""
    if folder in sys.path:
        sys.path.remove(folder)
    sys.path.append(folder)
    importlib.invalidate_caches()


def _in_environment(paths: Paths) -> bool:
    """Whether PyTorch is found elsewhere than in an engine of ours, also one that was removed since it was loaded."""
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return False
    found = Path(spec.origin).resolve()
    return not any(found.is_relative_to(folder.resolve()) for folder in (paths.engines, paths.bundled_engines))
