"""How many bytes states hold together that share what did not change between them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from typing import Generic

from studio.history.step import T


class SharedBytes(ABC, Generic[T]):
    """The bytes of a bag of states, each part that they share counted once.

    Parts are told apart by identity, so that the states must live as long as they are counted here.
    """

    @property
    @abstractmethod
    def total(self) -> int:
        """The bytes of all states."""

    @abstractmethod
    def add(self, state: T) -> None:
        """Count one more state."""

    @abstractmethod
    def remove(self, state: T) -> None:
        """No longer count a state that was added."""


class References:
    """How often each object is held."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()

    def take(self, part: object) -> bool:
        """Hold an object once more. Returns whether it was not held before."""
        self._counts[id(part)] += 1
        return self._counts[id(part)] == 1

    def drop(self, part: object) -> bool:
        """Hold an object once less. Returns whether it is held no more."""
        self._counts[id(part)] -= 1
        if self._counts[id(part)]:
            return False
        del self._counts[id(part)]
        return True
