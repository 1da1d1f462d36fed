"""Undo and redo on one line, bounded by bytes."""

from studio.history.history import DEFAULT_BUDGET, History, Step

__all__ = ["DEFAULT_BUDGET", "History", "Step"]
