"""Signals of what knows no Qt, declared and used as Qt's are.

``changed = Signal(Document, Document)`` in a class; ``thing.changed.connect(slot)``, ``thing.changed.emit(old, new)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

Slot = Callable[..., object]


class SignalInstance:
    """The signal of one object. It keeps its slots alive; see `studio.ui.widgets.following` for those of widgets."""

    def __init__(self) -> None:
        self._slots: tuple[Slot, ...] = ()

    def __len__(self) -> int:
        """How many slots are connected."""
        return len(self._slots)

    def connect(self, slot: Slot) -> None:
        """Call ``slot`` with every emission, after those that are connected already."""
        self._slots = (*self._slots, slot)

    def disconnect(self, slot: Slot | None = None) -> None:
        """Call it no more; without one, call none. One that is not connected is none to miss."""
        self._slots = () if slot is None else tuple(each for each in self._slots if each != slot)

    def emit(self, *values: Any) -> None:
        """Call the slots that are connected now, in their order, but none that another disconnects meanwhile.

        Raises what the first of them to fail raises; those after it are not called.
        """
        for slot in self._slots:
            if slot in self._slots:
                slot(*values)


class Signal:
    """Declares a signal in a class; ``kinds`` says what is emitted, for who reads it."""

    def __init__(self, *kinds: type) -> None:
        self.kinds = kinds
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Signal: ...

    @overload
    def __get__(self, instance: object, owner: type) -> SignalInstance: ...

    def __get__(self, instance: object | None, owner: type) -> Signal | SignalInstance:
        if instance is None:
            return self
        made: SignalInstance = vars(instance).setdefault(self._name, SignalInstance())
        return made
