"""The line of history of an animation project. Projects share the keyframes that did not change."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

from studio.animation import Expression
from studio.files.animation.project import AnimationProject
from studio.history import History, References, SharedBytes

_FORMULA_BYTES: Final = 200
"""What a parsed formula takes, a character."""


class ProjectHistory(History[AnimationProject]):
    """A line of projects."""

    @staticmethod
    def new_count() -> SharedBytes[AnimationProject]:
        return _ProjectBytes()


class _ProjectBytes(SharedBytes[AnimationProject]):
    """Counts about how many bytes projects and their distinct keyframes take."""

    total: int = 0

    def __init__(self) -> None:
        self._parts = References()

    def add(self, project: AnimationProject) -> None:
        self.total += sum(_size(part) for part in _parts(project) if self._parts.take(part))

    def remove(self, project: AnimationProject) -> None:
        self.total -= sum(_size(part) for part in _parts(project) if self._parts.drop(part))


def _parts(project: AnimationProject) -> Iterator[BaseModel]:
    yield project
    yield from itertools.chain(project.prompt, project.negative_prompt, project.seed)
    yield from itertools.chain(project.guidance_scale, project.strength, *project.keyframes.values())


def _size(part: BaseModel) -> int:
    """Bytes of a project or a keyframe without what it shares."""
    fields = vars(part)
    formulas = sum(len(value.text) for value in fields.values() if isinstance(value, Expression))
    return sum(map(sys.getsizeof, (part, fields, *fields.values()))) + _FORMULA_BYTES * formulas
