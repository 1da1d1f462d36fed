"""What a step of history is."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Final, Generic, TypeVar

T = TypeVar("T")

DEFAULT_ICON: Final = "layer"


@dataclass(frozen=True)
class StepKind:
    """What a step does. It is declared beside the function that makes such steps.

    ``id`` is what code compares ("layer.delete"); journals keep it, so it never changes. ``label`` is the English
    text, translated where it is shown. ``icon`` names a drawing of ``resources/icons``. ``name`` is what a plugin
    calls its own steps; it is shown in place of the label.
    """

    id: str
    label: str
    icon: str = DEFAULT_ICON
    name: str = ""

    def named(self, name: str) -> StepKind:
        """The same kind for what a plugin calls ``name``."""
        return replace(self, name=name)


@dataclass(frozen=True, kw_only=True, eq=False)
class Step(Generic[T]):
    """A state of what is edited and how it came about.

    ``settings`` is the JSON text of generation settings for an applied result. Steps with equal,
    non-``None`` ``merge_key`` that follow each other become one (dragging an opacity slider).
    """

    kind: StepKind
    state: T
    settings: str | None = None
    merge_key: str | None = None
    created: float = field(default_factory=time.time)

    def is_a(self, *kinds: StepKind) -> bool:
        """Whether the step is of one of these kinds, whatever a plugin calls it."""
        return any(self.kind.id == kind.id for kind in kinds)
