"""Ties a widget's slot to a session signal for as long as the widget lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from studio.system.signals import SignalInstance


def follow(owner: QObject, signal: SignalInstance, slot: Callable[..., None]) -> None:
    """Call ``slot`` (a method of ``owner``) with every emission until ``owner`` is destroyed.

    The signal keeps neither the widget alive nor a call to one whose C++ side is gone.
    """
    method = weakref.WeakMethod(slot)
    life = weakref.ref(owner)

    def relay(*values: Any) -> None:
        target, living = method(), life()
        if target is not None and living is not None and shiboken6.isValid(living):
            target(*values)

    signal.connect(relay)
    owner.destroyed.connect(lambda: signal.disconnect(relay))
