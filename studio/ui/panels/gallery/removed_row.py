"""What was deleted from the gallery can be had back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel


class RemovedRow(QFrame):
    """Seen from a deletion on until it is closed or undone. Signal: ``restored(tuple)`` with the ids of pictures."""

    restored = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._ids: tuple[int, ...] = ()
        self.label = ElidedLabel(parent=self)
        self.undo = QPushButton(icon("undo"), self.tr("Undo"))
        self.closed = QToolButton()
        self.closed.setIcon(icon("close"))
        self.closed.setAccessibleName(self.tr("Close this message"))
        self.closed.setToolTip(self.tr("Close this message"))
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(self.label, 1)
        row.addWidget(self.undo)
        row.addWidget(self.closed)
        self.undo.clicked.connect(self._undo)
        self.closed.clicked.connect(self.forget)
        self.hide()

    def show_removed(self, ids: Sequence[int]) -> None:
        """Pictures were deleted; with those before that were not had back."""
        self._ids = (*self._ids, *ids)
        count = len(self._ids)
        self.label.setText(
            self.tr("1 picture deleted") if count == 1 else self.tr("{count} pictures deleted").format(count=count)
        )
        self.show()

    def forget(self) -> None:
        """They are not wanted back."""
        self._ids = ()
        self.hide()

    def _undo(self) -> None:
        ids = self._ids
        self.forget()
        self.restored.emit(ids)
