"""A command as a value: menus, buttons, the shortcut editor, the command search and the help all read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QCoreApplication

S = TypeVar("S")
C = TypeVar("C")

_MNEMONIC: Final = re.compile(r"\(&\w\)")
"""A mnemonic behind the text, as Chinese menus have it."""
_AMPERSAND: Final = re.compile(r"&(.)")
"""Before a mnemonic; doubled it stands for itself."""


@dataclass(frozen=True)
class Condition(Generic[S]):
    """What must hold for a command to be of use. ``otherwise`` says in English (context "Conditions") why it is not."""

    holds: Callable[[S], bool]
    otherwise: str


@dataclass(frozen=True, kw_only=True)
class Command(Generic[S, C]):
    """One thing that a person can ask a window for.

    Parameters
    ----------
    id
        "menu.name", behind "window/" in another window than the main one; the settings keep changed shortcuts by it.
    text, tip
        English source texts of the translation context ``domain``; "&" marks the mnemonic of the menu. With the
        domain "" they are translated already, as texts of plugins are.
    run
        Does it, with what the window offers. A `ShorelineError` says why not.
    run_by
        Where `run` asks for an amount: does it by an amount that was given beside a button.
    icon
        The name of a drawing, "" for none.
    shortcut
        A portable key sequence, "" for none.
    needs
        Without these the command is grey; the first that does not hold is the reason.
    checked
        Whether a command that switches something shows it as on; ``None`` for all others.
    """

    id: str
    text: str
    tip: str
    run: Callable[[C], object]
    icon: str = ""
    shortcut: str = ""
    needs: tuple[Condition[S], ...] = ()
    checked: Callable[[S], bool] | None = None
    run_by: Callable[[C, int], object] | None = None
    domain: str = "Actions"

    @property
    def title(self) -> str:
        """The translated text as menus show it."""
        return QCoreApplication.translate(self.domain, self.text)

    @property
    def plain_title(self) -> str:
        """The translated text without mnemonic and dots."""
        return plain(self.title)

    @property
    def hint(self) -> str:
        """The translated tip."""
        return QCoreApplication.translate(self.domain, self.tip)

    def enabled(self, state: S) -> bool:
        """Whether the command is of use now."""
        return all(condition.holds(state) for condition in self.needs)

    def obstacle(self, state: S) -> str:
        """Why the command is of no use now, translated; "" where it is."""
        missing = next((condition for condition in self.needs if not condition.holds(state)), None)
        return "" if missing is None else QCoreApplication.translate("Conditions", missing.otherwise)


def window_of(command_id: str) -> str:
    """The window that a command belongs to; "" for the main one. Keys are told apart within a window only."""
    return command_id.rpartition("/")[0]


def plain(title: str) -> str:
    """A menu's text without mnemonic and dots."""
    return _AMPERSAND.sub(r"\1", _MNEMONIC.sub("", title)).rstrip("….").strip()
