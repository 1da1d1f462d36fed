"""What ``shoreline doctor`` says about folders and about installations of engines."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from studio.installation.store import EngineStore
from studio.text.amounts import bytes_text


@dataclass(frozen=True, kw_only=True)
class Installation:
    """How installations of engines stand. ``busy``: one is at work. ``ended``: one was ended midway.

    ``left`` are the bytes that it, or an earlier one, has left in ``folder``.
    """

    folder: Path
    busy: bool
    ended: bool
    left: int

    @classmethod
    def of(cls, store: EngineStore) -> Installation:
        busy = store.is_busy()
        return cls(folder=store.folder, busy=busy, ended=bool(store.unfinished()) and not busy, left=store.left_bytes())

    def facts(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self), "folder": str(self.folder)}

    def problems(self) -> list[str]:
        if not self.ended:
            return []
        return [
            f"An installation of an engine was ended midway and left {bytes_text(self.left)} in {self.folder}. "
            "Start it again with `shoreline engine install`, or remove that with `shoreline engine tidy`."
        ]

    def lines(self) -> list[str]:
        if self.busy:
            return [f"An engine is being installed or removed right now, in {self.folder}."]
        if self.left and not self.ended:
            return [
                f"Packages kept for the next installation of an engine: {bytes_text(self.left)} in {self.folder}; "
                "`shoreline engine tidy` removes them."
            ]
        return []


def unwritable(folders: Iterable[Path]) -> list[str]:
    """A sentence for each folder that cannot be written; one that is not there yet must be possible to make."""
    found = {}
    for folder in folders:
        place = next((path for path in (folder, *folder.parents) if path.exists()), folder)
        try:
            with tempfile.TemporaryFile(dir=place):
                pass
        except OSError as error:
            found[place] = (
                f"{place} cannot be written: {error.strerror or error}. "
                "Check to whom it belongs and that its disk is not read-only or full."
            )
    return list(found.values())
