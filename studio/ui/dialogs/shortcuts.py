"""The shortcuts page of the preferences: one row an action, with its key sequence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.ui.style.actions import ActionSpec, conflicts, effective_shortcuts
from studio.ui.style.theme import GRID
from studio.ui.widgets.wrapped_label import wrapped_label

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_ID = Qt.ItemDataRole.UserRole


class ShortcutsPage(QWidget):
    """Edits the sequences that differ from the defaults. Signal: ``valid_changed(bool)``: no conflict is left."""

    valid_changed = Signal(bool)

    def __init__(self, specs: Iterable[ActionSpec], changed: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in specs}
        self._keys = effective_shortcuts(self._specs.values(), changed)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find an action or a key"))
        self.filter.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.editor = QKeySequenceEdit()
        self.editor.setMaximumSequenceLength(1)
        self.editor.setClearButtonEnabled(True)
        self.reset_button = QPushButton(self.tr("Default"))
        self.reset_all_button = QPushButton(self.tr("All Defaults"))
        self.problem = wrapped_label(role="danger")
        self._arrange()
        self._fill()
        self._connect()

    def changed(self) -> dict[str, str]:
        """Sequences that differ from the defaults, by action id."""
        return {key: value for key, value in self._keys.items() if value != self._specs[key].shortcut}

    def is_valid(self) -> bool:
        return not conflicts(self._keys)

    def set_keys(self, action_id: str, keys: str) -> None:
        """Give an action a sequence (portable text, "" for none)."""
        self._keys[action_id] = keys
        self._show()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.editor, 1)
        row.addWidget(self.reset_button)
        row.addWidget(self.reset_all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addWidget(self.problem)

    def _fill(self) -> None:
        for spec in self._specs.values():
            item = QTreeWidgetItem([spec.plain_title, ""])
            item.setData(0, _ID, spec.id)
            item.setToolTip(0, spec.hint)
            self.tree.addTopLevelItem(item)
        self.tree.setCurrentItem(self._items()[0])
        self._show()
        self._show_current()

    def _connect(self) -> None:
        self.tree.currentItemChanged.connect(self._show_current)
        self.editor.keySequenceChanged.connect(self._take_keys)
        self.filter.textChanged.connect(self._filter)
        self.reset_button.clicked.connect(self._reset)
        self.reset_all_button.clicked.connect(self._reset_all)

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _current_id(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, _ID)) if item is not None else ""

    def _show(self) -> None:
        double = conflicts(self._keys)
        users = {action_id for ids in double.values() for action_id in ids}
        for item in self._items():
            action_id = str(item.data(0, _ID))
            item.setText(1, QKeySequence(self._keys[action_id], _PORTABLE).toString(_NATIVE))
            font = item.font(1)
            font.setBold(action_id in users)
            item.setFont(1, font)
        self.problem.setText("\n".join(self._conflict_text(keys, ids) for keys, ids in double.items()))
        self.problem.setVisible(bool(double))
        self.valid_changed.emit(not double)

    def _conflict_text(self, keys: str, ids: tuple[str, ...]) -> str:
        names = ", ".join(f"“{self._specs[action_id].plain_title}”" for action_id in ids)
        shown = QKeySequence(keys, _PORTABLE).toString(_NATIVE)
        return self.tr("{keys} is used by {names}. Give each its own keys.").format(keys=shown, names=names)

    def _show_current(self) -> None:
        action_id = self._current_id()
        self.editor.setEnabled(bool(action_id))
        self.editor.blockSignals(True)
        self.editor.setKeySequence(QKeySequence(self._keys.get(action_id, ""), _PORTABLE))
        self.editor.blockSignals(False)

    def _take_keys(self, sequence: QKeySequence) -> None:
        if self._current_id():
            self.set_keys(self._current_id(), sequence.toString(_PORTABLE))

    def _reset(self) -> None:
        action_id = self._current_id()
        if action_id:
            self.set_keys(action_id, self._specs[action_id].shortcut)
            self._show_current()

    def _reset_all(self) -> None:
        self._keys = effective_shortcuts(self._specs.values(), {})
        self._show()
        self._show_current()

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items():
            item.setHidden(wanted not in item.text(0).casefold() and wanted not in item.text(1).casefold())
