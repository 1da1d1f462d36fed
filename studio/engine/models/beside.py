"""How large the networks are that a job has beside its model: control networks and IP-Adapters. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.engine.models.controls import WantedControl
from studio.engine.models.folder_models import component_weights
from studio.engine.models.headers import file_key, numbers_in
from studio.engine.models.references import WantedReference


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Numbers of networks: those that ``stay`` while the model draws, and of the largest that is there ``before``."""

    stay: int = 0
    before: int = 0

    def is_within(self, other: Beside) -> bool:
        """Whether there is room for these where there is room for others."""
        return self.stay <= other.stay and self.before <= other.before


NOTHING = Beside()


def beside(controls: Sequence[WantedControl], references: Sequence[WantedReference]) -> Beside:
    """What a job has; image encoders are there only before. Raises `ModelError` for a file that cannot be read."""
    files = {*(each.info.path for each in controls), *(each.adapter.info.path for each in references)}
    encoders = {each.adapter.encoder for each in references}
    return Beside(stay=sum(map(_numbers, files)), before=max(map(_numbers, encoders), default=0))


def _numbers(path: Path) -> int:
    files = component_weights(path) if path.is_dir() else (path,)
    return sum(numbers_in(file_key(file)) for file in files)
