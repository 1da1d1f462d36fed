"""Undo and redo on one line, bounded by bytes."""

from studio.history.history import DEFAULT_BUDGET, History, share_budget
from studio.history.step import DEFAULT_ICON, Step, StepKind

__all__ = ["DEFAULT_BUDGET", "DEFAULT_ICON", "History", "Step", "StepKind", "share_budget"]
