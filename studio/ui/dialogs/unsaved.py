"""Asks about the unsaved changes of several pictures at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID

_MOST_ROWS: Final = 8
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class UnsavedDialog(QDialog):
    """Lists pictures to be ticked, all at first.

    ``chosen`` is which of ``names`` are to be saved; ``None`` until that is answered, and when the person goes back.
    """

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unsaved changes"))
        self.chosen: frozenset[int] | None = None
        self.list = QListWidget()
        for name in names:
            item = QListWidgetItem(name, self.list)
            item.setToolTip(name)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(_CHECKED)
        self.list.setAccessibleName(self.tr("Pictures to save"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it would lie over the last one
        rows = min(len(names), _MOST_ROWS)
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 2 * GRID)
        self.list.itemChanged.connect(self._name_buttons)
        self._arrange(len(names))
        self._name_buttons()

    def _arrange(self, count: int) -> None:
        question = QLabel(self.tr("Save the changes to these {count} pictures?").format(count=count))
        note = QLabel(self.tr("Without saving, what was done since the last save is lost."))
        note.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.save_button = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setProperty("role", "primary")
        self.save_button.setDefault(True)
        self.discard_button = buttons.addButton(self.tr("Discard All"), QDialogButtonBox.ButtonRole.DestructiveRole)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.save_button.clicked.connect(lambda: self._answer(self._ticked()))
        self.discard_button.clicked.connect(lambda: self._answer(frozenset()))
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        for widget in (question, self.list, note, buttons):
            column.addWidget(widget)

    def _ticked(self) -> frozenset[int]:
        rows = range(self.list.count())
        return frozenset(row for row in rows if self.list.item(row).checkState() is _CHECKED)

    def _name_buttons(self) -> None:
        """Say what becomes of those that are not ticked."""
        ticked = len(self._ticked())
        is_all = ticked == self.list.count()
        self.save_button.setText(self.tr("Save All") if is_all else self.tr("Save Ticked, Discard Others"))
        self.save_button.setEnabled(ticked > 0)

    def _answer(self, chosen: frozenset[int]) -> None:
        self.chosen = chosen
        self.accept()
