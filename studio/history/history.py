"""One line of history of anything that is a value: its states, the kind of each step, and the settings that made it.

States share what did not change between them, so that keeping them whole costs only what changed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import replace
from typing import Final, Generic, Self

from studio.history.shared_bytes import SharedBytes
from studio.history.step import Step, StepKind, T

DEFAULT_BUDGET: Final = 2 * 1024**3
"""Bytes that the states of a history may hold before it forgets its oldest steps."""


class History(ABC, Generic[T]):
    """Steps on a line, with a position on it. Step 0 is what is edited as it was opened.

    States are never changed. A kind of history for each kind of state says how its bytes are counted. ``settings`` are
    those that made what is opened, as JSON.
    """

    def __init__(self, state: T, kind: StepKind, *, budget: int = DEFAULT_BUDGET, settings: str | None = None) -> None:
        self._steps: list[Step[T]] = [Step(kind=kind, state=state, settings=settings)]
        self._index = 0
        self._budget = budget
        self._bytes = self.new_count()
        self._bytes.add(state)

    @staticmethod
    @abstractmethod
    def new_count() -> SharedBytes[T]:
        """A count of the bytes of such states, of none yet."""

    @classmethod
    def restored(cls, steps: tuple[Step[T], ...], index: int, *, budget: int = DEFAULT_BUDGET) -> Self:
        """A line that stood before, as a crash recovery journal kept it; ``index`` is the current step.

        ``IndexError`` if there is no such step.
        """
        history = cls(steps[0].state, steps[0].kind, budget=budget)
        history._steps[:] = steps
        for step in steps[1:]:
            history._bytes.add(step.state)
        history.go_to(index)
        history._enforce_budget()
        return history

    @property
    def steps(self) -> tuple[Step[T], ...]:
        return tuple(self._steps)

    @property
    def index(self) -> int:
        """The position of the current step in `steps`."""
        return self._index

    @property
    def current(self) -> T:
        return self._steps[self._index].state

    @property
    def can_undo(self) -> bool:
        return self._index > 0

    @property
    def can_redo(self) -> bool:
        return self._index + 1 < len(self._steps)

    @property
    def bytes_used(self) -> int:
        """Bytes that the states hold, what they share counted once."""
        return self._bytes.total

    @property
    def budget(self) -> int:
        """Bytes that the steps may hold before the oldest are forgotten."""
        return self._budget

    def set_budget(self, budget: int) -> None:
        """Change how many bytes the steps may hold; the oldest are forgotten at once where they hold more."""
        self._budget = budget
        self._enforce_budget()

    def apply(self, kind: StepKind, state: T, *, settings: str | None = None, merge_key: str | None = None) -> None:
        """Add a step after the current one; steps that were undone are forgotten."""
        self._forget(self._index + 1, len(self._steps))
        last = self._steps[self._index]
        step = Step(kind=kind, state=state, settings=settings, merge_key=merge_key)
        self._bytes.add(state)
        if merge_key is not None and last.merge_key == merge_key and self._index > 0:
            self._bytes.remove(last.state)
            self._steps[self._index] = step
        else:
            self._steps.append(step)
            self._index += 1
        self._enforce_budget()

    def replace_current(self, state: T) -> None:
        """Change the current state without a step, for what is not undone (the active layer)."""
        step = self._steps[self._index]
        self._bytes.add(state)
        self._bytes.remove(step.state)
        self._steps[self._index] = replace(step, state=state)

    def undo(self) -> T:
        """Go one step back; stays where it is at the start."""
        return self.go_to(max(0, self._index - 1))

    def redo(self) -> T:
        """Go one step forward; stays where it is at the end."""
        return self.go_to(min(len(self._steps) - 1, self._index + 1))

    def go_to(self, index: int) -> T:
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
            self._bytes.remove(step.state)
        del self._steps[start:stop]


def share_budget(histories: Collection[History[T]], budget: int) -> set[History[T]]:
    """Let several histories hold ``budget`` bytes together: the one that holds most forgets its oldest step first.

    Each keeps its current step. Returns those that forgot something. What two of them hold counts twice.
    """
    giving = {history for history in histories if history.can_undo}
    if not giving:
        return set()
    total = sum(history.bytes_used for history in histories)
    trimmed: set[History[T]] = set()
    while total > budget and giving:
        largest = max(giving, key=lambda history: history.bytes_used)
        before = largest.bytes_used
        if largest.forget_oldest():
            trimmed.add(largest)
            total -= before - largest.bytes_used
        else:
            giving.discard(largest)
    return trimmed
