"""Actions: what menus, tool bar and shortcuts offer, declared as data and made into `QAction` once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.ui.style.icons import icon

_MNEMONIC: Final = re.compile(r"\(&\w\)")
"""A mnemonic behind the text, as Chinese menus have it."""


@dataclass(frozen=True, kw_only=True)
class ActionSpec:
    """One action. ``text`` and ``tip`` are English source texts of the context "Actions" (or ``context``).

    ``shortcut`` is a portable key sequence, "" for none. ``icon`` names a drawing, "" for none.
    """

    id: str
    text: str
    tip: str
    icon: str = ""
    shortcut: str = ""
    checkable: bool = False
    context: str = "Actions"

    @property
    def title(self) -> str:
        """The translated text as menus show it."""
        return QCoreApplication.translate(self.context, self.text)

    @property
    def plain_title(self) -> str:
        """The translated text without mnemonic and dots."""
        return _MNEMONIC.sub("", self.title).replace("&", "").rstrip("….").strip()

    @property
    def hint(self) -> str:
        """The translated tip."""
        return QCoreApplication.translate(self.context, self.tip)


class Actions(QObject):
    """The actions of one window by id. ``shortcuts`` holds the person's own key sequences by action id."""

    def __init__(self, specs: Iterable[ActionSpec], shortcuts: Mapping[str, str], window: QWidget) -> None:
        super().__init__(window)
        self.specs = tuple(specs)
        self._actions: dict[str, QAction] = {}
        self._buttons: list[tuple[QWidget, str, str]] = []
        for spec in self.specs:
            self._actions[spec.id] = self._make(spec)
            window.addAction(self._actions[spec.id])
        self.set_shortcuts(shortcuts)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def connect_handlers(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Call a function when its action is triggered; ``KeyError`` for an unknown id."""
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(without_state(handler))

    def set_enabled(self, states: Mapping[str, bool]) -> None:
        for action_id, is_enabled in states.items():
            self._actions[action_id].setEnabled(is_enabled)

    def set_shortcuts(self, changed: Mapping[str, str]) -> None:
        """Give every action its own or its changed key sequence ("" takes it away)."""
        for spec in self.specs:
            keys = changed.get(spec.id, spec.shortcut)
            action = self._actions[spec.id]
            action.setShortcut(QKeySequence(keys, QKeySequence.SequenceFormat.PortableText))
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            head = f"{spec.plain_title} ({shown})" if shown else spec.plain_title
            action.setToolTip(f"{head}\n{spec.hint}" if spec.hint else head)
        for button, action_id, text in self._buttons:
            self._tell_keys(button, action_id, text)

    def add_button(self, action_id: str, button: QWidget) -> None:
        """Name the action's keys in the tip of a button that does the same and lives as long as the window."""
        entry = (button, action_id, button.toolTip())
        self._buttons.append(entry)
        self._tell_keys(*entry)

    def _tell_keys(self, button: QWidget, action_id: str, text: str) -> None:
        keys = self._actions[action_id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text} ({keys})" if keys else text)

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.title, self)
        action.setObjectName(spec.id)
        action.setStatusTip(spec.hint)
        action.setCheckable(spec.checkable)
        # A menu has one column for both, and an icon there would hide whether the action is checked.
        action.setIconVisibleInMenu(not spec.checkable)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        return action


def conflicts(shortcuts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Key sequences that more than one action would have, with the ids of those actions."""
    users: dict[str, list[str]] = defaultdict(list)
    for action_id, keys in shortcuts.items():
        normal = QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
        if normal:
            users[normal].append(action_id)
    return {keys: tuple(ids) for keys, ids in users.items() if len(ids) > 1}


def effective_shortcuts(specs: Iterable[ActionSpec], changed: Mapping[str, str]) -> dict[str, str]:
    """The key sequence of every action, by id."""
    return {spec.id: changed.get(spec.id, spec.shortcut) for spec in specs}


def without_state(handler: Callable[[], object]) -> Callable[[], None]:
    """A slot for signals that bring a "checked" argument which ``handler`` does not take."""

    def call() -> None:
        handler()

    return call
