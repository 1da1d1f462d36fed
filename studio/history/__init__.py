"""Undo and redo on one line, bounded by bytes, of a picture or of any other value."""

from studio.history.document_history import DocumentHistory
from studio.history.history import DEFAULT_BUDGET, History, share_budget
from studio.history.shared_bytes import References, SharedBytes
from studio.history.step import DEFAULT_ICON, Step, StepKind

__all__ = [
    "DEFAULT_BUDGET",
    "DEFAULT_ICON",
    "DocumentHistory",
    "History",
    "References",
    "SharedBytes",
    "Step",
    "StepKind",
    "share_budget",
]
