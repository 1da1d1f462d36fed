"""The command search: everything the window can do, found by a few letters, over the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QMainWindow, QVBoxLayout, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import Actions, keys_text
from studio.ui.widgets.command import Command, plain
from studio.ui.widgets.command_delegate import FOUND_ROLE, CommandDelegate, Found
from studio.ui.widgets.matching import score

_WIDTH: Final = 150 * GRID
_ROWS: Final = 8
"""That many results are seen at once."""
_REMEMBERED: Final = 5
_PASSING: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The keys come back: another program or a menu has them for a while."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A command, where it is found, and its action."""

    command: Command[Any, Any]
    place: str
    action: QAction

    def fit(self, query: str) -> int:
        """How well it is what ``query`` looks for, in the language of the window or in English."""
        command = self.command
        names = ((command.plain_title, 4), (plain(command.text), 3))
        rest = ((self.place, 1), (command.hint, 1), (command.tip, 1), (keys_text(self.action), 1))
        return score(query, (*names, *rest))


class _Results(QAbstractListModel):
    """What was found, best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: list[Found] = []

    def show(self, found: list[Found]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.found[index.row()]
        if role == FOUND_ROLE:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (found.title, found.place, found.keys, found.obstacle)))
        return found.hint if role == Qt.ItemDataRole.ToolTipRole else None


class CommandSearch(QWidget):
    """Lies over the window while it is used, and shows a ``box`` at its top. Enter runs the marked command.

    A command that is of no use now says why, and stays listed. Esc or a click beside the box leaves; such a click
    does nothing else. It is no window of its own, so that input methods work as everywhere.
    """

    def __init__(self, actions: Actions, window: QMainWindow) -> None:
        super().__init__(window)
        self._actions = actions
        self._window = window
        self._back: QWidget | None = None
        self._recent: list[str] = []
        self.box = QFrame(self)
        self.box.setProperty("role", "popup")
        self.field = QLineEdit(self.box)
        self.list = QListView(self.box)
        self.nothing = QLabel(self.tr("No command is called so."), self.box)
        self.results = _Results(self)
        self._arrange()
        actions.listed.connect(self._commands_changed)
        window.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Show it with everything there is, those run from here before first; leave when it is there already."""
        if self.isVisible():
            self.leave()
            return
        self._back = QApplication.focusWidget()
        self.field.clear()
        self._find("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Hide it and give the keys back to whom they were taken from."""
        if self.isHidden():
            return
        back, self._back = self._back, None
        self.hide()
        if back is not None and back.isVisible():
            back.setFocus(Qt.FocusReason.PopupFocusReason)

    def run_marked(self) -> None:
        """Run the marked command, if it is of use now."""
        found = self._marked()
        if found is None or found.obstacle:
            return
        self._recent = [found.id, *(name for name in self._recent if name != found.id)][:_REMEMBERED]
        self.leave()
        self._actions[found.id].trigger()

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Find a command"))
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list.setModel(self.results)
        self.list.setItemDelegate(CommandDelegate(self.list))
        self.list.setAccessibleName(self.tr("Commands that were found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(lambda _index: self.run_marked())
        self.nothing.setProperty("role", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMinimumHeight(12 * GRID)
        column = QVBoxLayout(self.box)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.nothing)

    def _place(self) -> None:
        """At the top, in the middle; as high as what is found needs."""
        self.setGeometry(self._window.rect())
        top = self._window.menuBar().height() + 12 * GRID
        row = self.list.sizeHintForRow(0)
        free = max(1, (self.height() - top - 24 * GRID) // max(1, row))
        self.list.setFixedHeight(min(_ROWS, free, self.results.rowCount()) * row)
        self.box.setFixedWidth(min(_WIDTH, self.width() - 8 * GRID))
        self.box.adjustSize()
        self.box.move((self.width() - self.box.width()) // 2, top)

    # --- finding ----------------------------------------------------------------------------------

    def _entries(self) -> list[_Entry]:
        every = [
            _Entry(command=command, place=section.title, action=self._actions[command.id])
            for section in self._actions.sections
            for command in section.commands
        ]
        order = {name: place for place, name in enumerate(self._recent)}
        return sorted(every, key=lambda entry: order.get(entry.command.id, len(order)))

    def _find(self, text: str) -> None:
        entries = self._entries()
        if text.strip():
            fits = {entry.command.id: entry.fit(text) for entry in entries}
            fitting = (entry for entry in entries if fits[entry.command.id])
            entries = sorted(fitting, key=lambda entry: self._place_of(entry, fits[entry.command.id]))
        self.results.show([self._found(entry) for entry in entries])
        self.list.setCurrentIndex(self.results.index(0))
        self.list.setVisible(bool(entries))
        self.nothing.setVisible(not entries)
        self._place()

    @staticmethod
    def _place_of(entry: _Entry, fit: int) -> tuple[int, bool, int]:
        """The best first; of those that fit alike what is of use now, and the shorter name, which holds less else."""
        return -fit, not entry.action.isEnabled(), len(entry.command.plain_title)

    def _commands_changed(self) -> None:
        if self.isVisible():
            self._find(self.field.text())

    def _found(self, entry: _Entry) -> Found:
        command, action = entry.command, entry.action
        return Found(
            id=command.id,
            title=command.plain_title,
            place=entry.place,
            hint=command.hint,
            keys=keys_text(action),
            obstacle=self._actions.obstacle(command),
            icon=command.icon,
            is_checked=action.isChecked(),
        )

    def _marked(self) -> Found | None:
        row = self.list.currentIndex().row()
        return self.results.found[row] if 0 <= row < len(self.results.found) else None

    def _mark(self, by: int) -> None:
        count = self.results.rowCount()
        if count:
            self.list.setCurrentIndex(self.results.index((self.list.currentIndex().row() + by) % count))

    # --- Qt events --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.box.geometry().contains(event.position().toPoint()):
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that the field does not need move the mark. When the keys go elsewhere, the search is over."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        elif isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
            self._back = None
            self.leave()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            self._mark(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_marked()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True
