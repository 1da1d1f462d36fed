"""The commands of a window as `QAction` objects, which menus, buttons and keys share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from studio.errors import ShorelineError
from studio.ui.style.icons import icon
from studio.ui.widgets.command import C, Command, S, window_of

_FOCUS_KEYS: Final = {
    "Tab": Qt.ShortcutContext.WidgetShortcut,
    "Shift+Tab": Qt.ShortcutContext.WidgetShortcut,
    "Backtab": Qt.ShortcutContext.WidgetShortcut,
}
"""These go from field to field; a command has them only where a widget has its action, as the canvas does."""


class ActionTable(Protocol):
    """The actions of a window by the id of their command."""

    def __getitem__(self, command_id: str) -> QAction: ...

    def run_by(self, command_id: str, amount: int) -> None:
        """Run a command that asks for an amount by this one, without asking."""
        ...


@dataclass(frozen=True, kw_only=True)
class Section:
    """Commands that stand together, as those of a menu.

    ``title`` says where they are found, and ``window`` in which window if not in the main one, both translated.
    """

    id: str
    title: str
    commands: tuple[Command[Any, Any], ...]
    window: str = ""

    @property
    def place(self) -> str:
        """Where the commands are found, for somebody in any window."""
        return f"{self.window}: {self.title}" if self.window else self.title


@dataclass(frozen=True, kw_only=True)
class Link(Generic[S, C]):
    """What commands work with: the ``context`` they run with, what is so now, and who says why one refused."""

    context: C
    state: Callable[[], S]
    refused: Callable[[Command[S, C], ShorelineError], object]


class Actions(QObject):
    """Makes an action of every command. ``shortcuts`` holds the person's own key sequences by command id.

    Nothing runs before `connect_to`. Signal: ``listed()`` when commands came or went.
    """

    listed = Signal()

    def __init__(self, sections: Iterable[Section], shortcuts: Mapping[str, str], window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._sections: dict[str, Section] = {}
        self._actions: dict[str, QAction] = {}
        self._shortcuts = dict(shortcuts)
        self._shown: dict[str, tuple[bool, bool]] = {}
        self._link: Link[Any, Any] | None = None
        self._state: Any = None
        for section in sections:
            self.offer(section)

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every command by where it is found."""
        return tuple(self._sections.values())

    @property
    def commands(self) -> tuple[Command[Any, Any], ...]:
        return tuple(command for section in self._sections.values() for command in section.commands)

    def offer(self, section: Section) -> tuple[QAction, ...]:
        """Offer commands in place of those that a section of this id had, and give back their actions in order."""
        old = self._sections.get(section.id)
        for command in () if old is None else old.commands:
            self._drop(command.id)
        self._sections[section.id] = section
        made = tuple(self._add(command) for command in section.commands)
        self.refresh()
        self.listed.emit()
        return made

    def connect_to(self, link: Link[Any, Any]) -> None:
        """From now on commands run, and are shown as what is so now asks for."""
        self._link = link
        self.refresh()

    def run_by(self, command_id: str, amount: int) -> None:
        """Run a command that asks for an amount by this one, without asking."""
        command = next(command for command in self.commands if command.id == command_id)
        act = command.run_by
        if act is not None:
            self._run(command, lambda context: act(context, amount))

    def refresh(self, *_changes: object) -> None:
        """Show anew which commands are of use and which are checked."""
        if self._link is None:
            return
        state = self._state = self._link.state()
        for command in self.commands:
            is_checked = command.checked is not None and command.checked(state)
            now = command.enabled(state), is_checked
            if self._shown.get(command.id) != now:  # to ask Qt about each, at every step, would take longer
                self._shown[command.id] = now
                action = self._actions[command.id]
                action.setEnabled(now[0])
                action.setChecked(is_checked)

    def look(self) -> None:
        """`refresh`, if anything that decides it is other than it was: one step of history tells of itself thrice."""
        if self._link is not None and self._link.state() != self._state:
            self.refresh()

    def obstacle(self, command: Command[Any, Any]) -> str:
        """Why a command is of no use now, translated; "" where it is."""
        return "" if self._link is None else command.obstacle(self._link.state())

    def set_shortcuts(self, changed: Mapping[str, str]) -> None:
        """Give every command its own or its changed key sequence ("" takes it away)."""
        self._shortcuts = dict(changed)
        for command in self.commands:
            self._give_keys(command)

    def _add(self, command: Command[Any, Any]) -> QAction:
        action = self._actions[command.id] = self._make(command)
        self._give_keys(command)
        self._window.addAction(action)
        return action

    def _drop(self, command_id: str) -> None:
        action = self._actions.pop(command_id)
        self._shown.pop(command_id, None)
        self._window.removeAction(action)
        action.deleteLater()

    def _make(self, command: Command[Any, Any]) -> QAction:
        action = QAction(command.title, self)
        action.setObjectName(command.id)
        action.setIconText(command.plain_title)
        action.setStatusTip(command.hint)
        action.setCheckable(command.checked is not None)
        action.setAutoRepeat(command.checked is None)  # a key that is held would switch it on and off
        # A menu has one column for both, and an icon there would hide whether the action is checked.
        action.setIconVisibleInMenu(command.checked is None)
        if command.icon:
            action.setIcon(icon(command.icon))
        action.triggered.connect(lambda _checked=False: self._run(command, command.run))
        return action

    def _give_keys(self, command: Command[Any, Any]) -> None:
        keys = effective_shortcut(command, self._shortcuts)
        action = self._actions[command.id]
        action.setShortcut(QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
        action.setShortcutContext(_FOCUS_KEYS.get(_normal(keys), Qt.ShortcutContext.WindowShortcut))
        head = with_keys(command.plain_title, action)
        action.setToolTip(f"{head}\n{command.hint}" if command.hint else head)

    def _run(self, command: Command[Any, Any], act: Callable[[Any], object]) -> None:
        link = self._link
        if link is None:
            return
        try:
            act(link.context)
        except ShorelineError as error:
            link.refused(command, error)
        self._shown.pop(command.id, None)  # also where nothing came of it: Qt has toggled what can be checked
        self.refresh()


def stand_for(button: QToolButton, action: QAction) -> QToolButton:
    """Let a button be that of a command: its icon, tip, keys, name and whether it can be pressed."""
    button.setDefaultAction(action)
    button.setAccessibleName(action.iconText())
    return button


def work_as(button: QAbstractButton, action: QAction) -> None:
    """Let a button with a text of its own run a command, and be of use when that is."""
    name_like(button, action)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    button.clicked.connect(without_state(action.trigger))


def name_like(widget: QWidget, action: QAction) -> None:
    """Give a control that does what a command does, but in its own way, the name, tip and keys of that command."""

    def show() -> None:
        widget.setToolTip(action.toolTip())

    widget.setAccessibleName(action.iconText())
    action.changed.connect(show)
    show()


def keys_text(action: QAction) -> str:
    """The keys of an action as the system writes them; "" without."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def native_keys(keys: str) -> str:
    """A portable key sequence as the system writes it."""
    sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


def with_keys(text: str, action: QAction) -> str:
    """A text with the keys of an action behind it, if it has any."""
    keys = keys_text(action)
    return f"{text} ({keys})" if keys else text


def keys_or_name(action: QAction) -> str:
    """What a person presses for an action: its keys, or what is called so in the window."""
    return keys_text(action) or action.iconText()


def tell_keys(action: QAction, text: str, show: Callable[[str], object]) -> None:
    """Show a text with what is pressed for an action in place of ``{keys}``, now and whenever that changes.

    What ``show`` belongs to must live as long as the action.
    """

    def tell() -> None:
        show(text.format(keys=keys_or_name(action)))

    action.changed.connect(tell)
    tell()


def is_press_of(event: QKeyEvent, action: QAction) -> bool:
    """Whether a key asks for an action; the Enter of the number block counts as Return."""
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    keys = QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, key)
    return QKeySequence(keys) == action.shortcut()


def conflicts(shortcuts: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Key sequences that more than one command of a window would have, with the ids of those commands."""
    users: dict[tuple[str, str], list[str]] = defaultdict(list)
    for command_id, keys in shortcuts.items():
        if normal := _normal(keys):
            users[window_of(command_id), normal].append(command_id)
    return tuple((keys, tuple(ids)) for (_window, keys), ids in users.items() if len(ids) > 1)


def effective_shortcut(command: Command[Any, Any], changed: Mapping[str, str]) -> str:
    """The person's own keys for a command; else its default ones, unless the person gave those to another command.

    A command that is new in a release must not make keys ambiguous that somebody uses.
    """
    own = changed.get(command.id)
    if own is not None:
        return own
    taken = (keys for other, keys in changed.items() if window_of(other) == window_of(command.id))
    return "" if _normal(command.shortcut) in map(_normal, taken) else command.shortcut


def effective_shortcuts(commands: Iterable[Command[Any, Any]], changed: Mapping[str, str]) -> dict[str, str]:
    """The key sequence of every command, by id."""
    return {command.id: effective_shortcut(command, changed) for command in commands}


def _normal(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def without_state(handler: Callable[[], object]) -> Callable[[], None]:
    """A slot for signals that bring a "checked" argument which ``handler`` does not take."""

    def call() -> None:
        handler()

    return call
