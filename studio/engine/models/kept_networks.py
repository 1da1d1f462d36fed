"""Networks beside a model that stay loaded while they are used."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from studio.engine.device.room import bytes_of
from studio.engine.models.headers import FileKey, file_key
from studio.engine.models.networks import Taken

Read: TypeAlias = Callable[[Taken], Any]
"""Reads a network from its file; told `Taken` as it goes."""

_SPARE: Final = 1
"""So many networks stay loaded after they were last used: to switch a guide on again is then at once."""


class KeptNetworks:
    """Networks by their files, read once, and again when the file changed."""

    def __init__(self) -> None:
        self._loaded: OrderedDict[FileKey, Any] = OrderedDict()

    @property
    def loaded(self) -> tuple[Any, ...]:
        """Those that are in memory."""
        return tuple(self._loaded.values())

    def load(
        self, wanted: Sequence[tuple[Path, Read]], check: Callable[[], object], slack: float = math.inf
    ) -> tuple[Any, ...]:
        """The network of each file, read if it is not there; those that were not used for longest are released, and all
        that are not used if they take more than ``slack`` bytes.

        ``check`` is called while files are read, to raise where it is to end. Raises what reading raises.
        """

        def taken(_count: int) -> None:
            check()

        keys = [file_key(path) for path, _ in wanted]
        self._release(keys, slack)
        for key, (_, read) in zip(keys, wanted, strict=True):
            if key not in self._loaded:
                self._loaded[key] = read(taken)
            self._loaded.move_to_end(key)
        return tuple(self._loaded[key] for key in keys)

    def _release(self, used: Sequence[FileKey], slack: float) -> None:
        """Before others are loaded, so that they have the room."""
        spare = [key for key in self._loaded if key not in used]
        has_room = bytes_of(*(self._loaded[key] for key in spare[-_SPARE:])) <= slack
        for key in spare[:-_SPARE] if has_room else spare:
            del self._loaded[key]
