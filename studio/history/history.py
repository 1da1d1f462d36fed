"""One line of history: documents, the kind of each step, and the settings that made it.

Because documents share unchanged tiles, keeping whole documents costs only the tiles that changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from studio.document import Document, Raster
from studio.history.step import Step, StepKind

DEFAULT_BUDGET: Final = 2 * 1024**3
"""Bytes of tiles that a history may hold before it forgets its oldest steps."""


class History:
    """Steps on a line, with a position on it. Step 0 is the document as it was opened."""

    def __init__(self, document: Document, kind: StepKind, *, budget: int = DEFAULT_BUDGET) -> None:
        self._steps: list[Step] = [Step(kind=kind, document=document)]
        self._index = 0
        self._budget = budget
        self._bytes = _TileBytes()
        self._bytes.add(document)

    @classmethod
    def restored(cls, steps: tuple[Step, ...], index: int, *, budget: int = DEFAULT_BUDGET) -> History:
        """A line that stood before, as a crash recovery journal kept it; ``index`` is the current step.

        ``IndexError`` if there is no such step.
        """
        history = cls(steps[0].document, steps[0].kind, budget=budget)
        history._steps[:] = steps
        for step in steps[1:]:
            history._bytes.add(step.document)
        history.go_to(index)
        history._enforce_budget()
        return history

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(self._steps)

    @property
    def index(self) -> int:
        """The position of the current step in `steps`."""
        return self._index

    @property
    def current(self) -> Document:
        return self._steps[self._index].document

    @property
    def can_undo(self) -> bool:
        return self._index > 0

    @property
    def can_redo(self) -> bool:
        return self._index + 1 < len(self._steps)

    @property
    def bytes_used(self) -> int:
        """Bytes of all distinct tiles that the steps hold, each counted once."""
        return self._bytes.total

    @property
    def budget(self) -> int:
        """Bytes that the steps may hold before the oldest are forgotten."""
        return self._budget

    def set_budget(self, budget: int) -> None:
        """Change how many bytes the steps may hold; the oldest are forgotten at once where they hold more."""
        self._budget = budget
        self._enforce_budget()

    def apply(
        self, kind: StepKind, document: Document, *, settings: str | None = None, merge_key: str | None = None
    ) -> None:
        """Add a step after the current one; steps that were undone are forgotten."""
        self._forget(self._index + 1, len(self._steps))
        last = self._steps[self._index]
        step = Step(kind=kind, document=document, settings=settings, merge_key=merge_key)
        self._bytes.add(document)
        if merge_key is not None and last.merge_key == merge_key and self._index > 0:
            self._bytes.remove(last.document)
            self._steps[self._index] = step
        else:
            self._steps.append(step)
            self._index += 1
        self._enforce_budget()

    def replace_current(self, document: Document) -> None:
        """Change the current state without a step, for what is not undone (the active layer)."""
        step = self._steps[self._index]
        self._bytes.add(document)
        self._bytes.remove(step.document)
        self._steps[self._index] = replace(step, document=document)

    def undo(self) -> Document:
        """Go one step back; stays where it is at the start."""
        return self.go_to(max(0, self._index - 1))

    def redo(self) -> Document:
        """Go one step forward; stays where it is at the end."""
        return self.go_to(min(len(self._steps) - 1, self._index + 1))

    def go_to(self, index: int) -> Document:
        """Make any step the current one; ``IndexError`` if there is no such step."""
        if not 0 <= index < len(self._steps):
            raise IndexError(index)
        self._index = index
        return self.current

    def forget_oldest(self) -> bool:
        """Forget the oldest step; false, and nothing happens, if that is the current one."""
        if self._index == 0:
            return False
        self._forget(0, 1)
        self._index -= 1
        return True

    def _enforce_budget(self) -> None:
        while self._bytes.total > self._budget and self.forget_oldest():
            pass

    def _forget(self, start: int, stop: int) -> None:
        for step in self._steps[start:stop]:
            self._bytes.remove(step.document)
        del self._steps[start:stop]


def share_budget(histories: Collection[History], budget: int) -> set[History]:
    """Let several histories hold ``budget`` bytes together: the one that holds most forgets its oldest step first.

    Each keeps its current step. Returns those that forgot something. A tile that two of them hold counts twice.
    """
    giving = {history for history in histories if history.can_undo}
    total = sum(history.bytes_used for history in histories)
    trimmed: set[History] = set()
    while total > budget and giving:
        largest = max(giving, key=lambda history: history.bytes_used)
        before = largest.bytes_used
        if largest.forget_oldest():
            trimmed.add(largest)
            total -= before - largest.bytes_used
        else:
            giving.discard(largest)
    return trimmed


class _TileBytes:
    """Counts the bytes of distinct tiles in a bag of documents.

    Rasters are counted first and tiles only for a raster that is new or gone, so that a step costs what it changed
    and not the number of layers.
    """

    def __init__(self) -> None:
        self.total = 0
        self._rasters: Counter[int] = Counter()
        self._tiles: Counter[int] = Counter()

    def add(self, document: Document) -> None:
        for raster in document.rasters():
            self._rasters[id(raster)] += 1
            if self._rasters[id(raster)] == 1:
                self._add_tiles(raster)

    def remove(self, document: Document) -> None:
        for raster in document.rasters():
            self._rasters[id(raster)] -= 1
            if self._rasters[id(raster)] == 0:
                del self._rasters[id(raster)]
                self._remove_tiles(raster)

    def _add_tiles(self, raster: Raster) -> None:
        for tile in raster.tiles.values():
            self._tiles[id(tile)] += 1
            if self._tiles[id(tile)] == 1:
                self.total += tile.nbytes

    def _remove_tiles(self, raster: Raster) -> None:
        for tile in raster.tiles.values():
            self._tiles[id(tile)] -= 1
            if self._tiles[id(tile)] == 0:
                del self._tiles[id(tile)]
                self.total -= tile.nbytes
