"""The folders of models as the Models window knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class ModelFolders:
    """Folders of models: the ``own`` one, those that were ``added()``, and what changes them."""

    own: Path
    added: Callable[[], Sequence[str]]
    add: Callable[[Path], object]
    remove: Callable[[Path], object]
