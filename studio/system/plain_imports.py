"""Imports as Python does them, also where Qt is loaded."""

from __future__ import annotations

import builtins


def import_plainly() -> None:
    """Take back the hook by which PySide looks at every import.

    It is there for ``from __feature__ import ...``, which nothing here uses, and reads the source of each module that
    is imported from then on, torch's two thousand included. Does nothing where there is no hook.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
