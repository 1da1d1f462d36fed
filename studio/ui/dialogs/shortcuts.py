"""The shortcuts page of the preferences: one row a command, with its key sequence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeySequence, QPixmap
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

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import Section, conflicts, effective_shortcuts
from studio.ui.widgets.command import plain
from studio.ui.widgets.matching import score
from studio.ui.widgets.wrapped_label import wrapped_label

_PORTABLE: Final = QKeySequence.SequenceFormat.PortableText
_NATIVE: Final = QKeySequence.SequenceFormat.NativeText
_ID: Final = Qt.ItemDataRole.UserRole
_NAME, _PLACE, _KEYS = range(3)


class ShortcutsPage(QWidget):
    """Edits the sequences that differ from the defaults. Signal: ``valid_changed(bool)``: no conflict is left.

    Keys that another command has are said to be taken, and one button takes them from it.
    """

    valid_changed = Signal(bool)

    def __init__(self, sections: Iterable[Section], changed: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = tuple(sections)
        self._commands = {command.id: command for section in self._sections for command in section.commands}
        self._keys = effective_shortcuts(self._commands.values(), changed)
        self._elsewhere = {key: keys for key, keys in changed.items() if key not in self._commands}
        self._edited = ""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find an action or a key"))
        self.filter.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Menu"), self.tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.editor = QKeySequenceEdit()
        self.editor.setMaximumSequenceLength(1)
        self.editor.setClearButtonEnabled(True)
        self.reset_button = QPushButton(self.tr("Default"))
        self.reset_all_button = QPushButton(self.tr("All Defaults"))
        self.problem = wrapped_label(role="danger")
        self.take_button = QPushButton()
        self._arrange()
        self._fill()
        self._connect()

    def changed(self) -> dict[str, str]:
        """Sequences that differ from the defaults, by command id; those of plugins that are off stay as they were."""
        own = {key: value for key, value in self._keys.items() if value != self._commands[key].shortcut}
        return {**self._elsewhere, **own}

    def is_valid(self) -> bool:
        return not conflicts(self._keys)

    def set_keys(self, command_id: str, keys: str) -> None:
        """Give a command a sequence (portable text, "" for none)."""
        self._keys[command_id] = keys
        self._edited = command_id
        self._show()

    def take(self) -> None:
        """Take the keys that two commands have from the one that had them."""
        ids = next((ids for _keys, ids in conflicts(self._keys)), ())
        self._keys.update({command_id: "" for command_id in ids if command_id != self._taker(ids)})
        self._show()
        self._show_current()
        self.editor.setFocus()

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.editor, 1)
        row.addWidget(self.reset_button)
        row.addWidget(self.reset_all_button)
        taken = QHBoxLayout()
        taken.addWidget(self.problem, 1)
        taken.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        column.addLayout(taken)

    def _fill(self) -> None:
        blank = _blank()
        for section in self._sections:
            for command in section.commands:
                item = QTreeWidgetItem([command.plain_title, section.place, ""])
                item.setData(_NAME, _ID, command.id)
                item.setToolTip(_NAME, command.hint)
                item.setIcon(_NAME, icon(command.icon) if command.icon else blank)
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
        self.take_button.clicked.connect(self.take)

    # --- showing ----------------------------------------------------------------------------------

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _current_id(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(_NAME, _ID)) if item is not None else ""

    def _show(self) -> None:
        double = conflicts(self._keys)
        users = {command_id for _keys, ids in double for command_id in ids}
        for item in self._items():
            command_id = str(item.data(_NAME, _ID))
            item.setText(_KEYS, QKeySequence(self._keys[command_id], _PORTABLE).toString(_NATIVE))
            font = item.font(_KEYS)
            font.setBold(command_id in users)
            item.setFont(_KEYS, font)
        self._show_taken(double)
        self.valid_changed.emit(not double)

    def _show_taken(self, double: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        self.problem.setText("\n".join(self._taken_text(keys, ids) for keys, ids in double))
        first = double[0][1] if double else ()
        others = self._names(command_id for command_id in first if command_id != self._taker(first))
        self.take_button.setText(self.tr("Take It from {names}").format(names=others))
        for widget in (self.problem, self.take_button):
            widget.setVisible(bool(double))
        if double:
            QTimer.singleShot(0, self, self._keep_in_sight)  # the list has become lower

    def _keep_in_sight(self) -> None:
        self.tree.scrollTo(self.tree.currentIndex())

    def _taken_text(self, keys: str, ids: tuple[str, ...]) -> str:
        taker = self._taker(ids)
        return self.tr("{keys} for “{name}” belongs to {names} already.").format(
            keys=QKeySequence(keys, _PORTABLE).toString(_NATIVE),
            name=self._commands[taker].plain_title,
            names=self._names(command_id for command_id in ids if command_id != taker),
        )

    def _taker(self, ids: tuple[str, ...]) -> str:
        """The command that was given the keys last."""
        return self._edited if self._edited in ids or not ids else ids[-1]

    def _names(self, ids: Iterable[str]) -> str:
        return ", ".join(f"“{self._commands[command_id].plain_title}”" for command_id in ids)

    def _show_current(self) -> None:
        command_id = self._current_id()
        self.editor.setEnabled(bool(command_id))
        self.editor.blockSignals(True)
        self.editor.setKeySequence(QKeySequence(self._keys.get(command_id, ""), _PORTABLE))
        self.editor.blockSignals(False)

    # --- editing ----------------------------------------------------------------------------------

    def _take_keys(self, sequence: QKeySequence) -> None:
        if self._current_id():
            self.set_keys(self._current_id(), sequence.toString(_PORTABLE))

    def _reset(self) -> None:
        command_id = self._current_id()
        if command_id:
            self.set_keys(command_id, self._commands[command_id].shortcut)
            self._show_current()

    def _reset_all(self) -> None:
        self._keys = effective_shortcuts(self._commands.values(), {})
        self._show()
        self._show_current()

    def _filter(self, text: str) -> None:
        for item in self._items():
            command = self._commands[str(item.data(_NAME, _ID))]
            texts = ((item.text(_NAME), 2), (plain(command.text), 2), (item.text(_PLACE), 1), (item.text(_KEYS), 1))
            item.setHidden(bool(text.strip()) and not score(text, texts))


def _blank() -> QIcon:
    """Keeps the names of commands without a drawing in line with the others."""
    nothing = QPixmap(16, 16)
    nothing.fill(Qt.GlobalColor.transparent)
    return QIcon(nothing)
