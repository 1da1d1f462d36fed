"""Models that tell what a picture shows, such as its depth, for filters that need one: where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final, TypeAlias

from studio.errors import SettingError

FindModel: TypeAlias = Callable[[str], Path]
"""The folder of a model for a task. Raises `MissingNetworkError`, saying what to get."""

DEPTH: Final = "depth"
POSE: Final = "pose"
PEOPLE: Final = "people"
SEGMENTATION: Final = "segmentation"
TASKS: Final = (DEPTH, POSE, PEOPLE, SEGMENTATION)
"""What such models tell."""


def nowhere(task: str) -> Path:
    """Finds nothing: where there are no models folders."""
    raise SettingError("There are no models folders here to look for a model of {task} in.", task=task)


_FIND: Final[ContextVar[FindModel]] = ContextVar("shoreline_picture_models", default=nowhere)
"""What finds models for the function of a plugin that runs now: set by the host on the thread of each call."""


def picture_model(task: str) -> Path:
    """The folder of a model of transformers in the models folders, with its ``config.json``, by what it tells: "depth",
    "pose", "people" (where they are) or "segmentation".

    Call it in callables, on the thread that they are called on. Raises `ShorelineError` where there is none.
    """
    return _FIND.get()(task)


@contextmanager
def picture_models(find: FindModel) -> Iterator[None]:
    """Let `picture_model` find models by ``find``: for the host, and for tests of plugins."""
    token = _FIND.set(find)
    try:
        yield
    finally:
        _FIND.reset(token)
