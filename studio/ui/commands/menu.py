"""A menu as a value: its commands in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.ui.widgets.command import Command, plain


@dataclass(frozen=True)
class Slot:
    """A place in a menu that is filled while the window runs, or with a command that belongs to another menu."""

    name: str


SEPARATOR: Final = Slot("")
RECENT_FILES: Final = Slot("@recent")
PANELS: Final = Slot("@panels")
FILTERS: Final = Slot("@filters")
READY_TOOLS: Final = Slot("@ready")


@dataclass(frozen=True, kw_only=True)
class Menu:
    """``title`` is an English source text of the context "Menus". A menu among the entries opens beside it."""

    id: str
    title: str
    entries: tuple[Command[Any, Any] | Slot | Menu, ...]

    @property
    def shown_title(self) -> str:
        """The translated title."""
        return QCoreApplication.translate("Menus", self.title)

    @property
    def plain_title(self) -> str:
        """The translated title without its mnemonic."""
        return plain(self.shown_title)

    def commands(self) -> Iterator[Command[Any, Any]]:
        """The commands that belong to this menu, and to those in it."""
        for entry in self.entries:
            if isinstance(entry, Command):
                yield entry
            elif isinstance(entry, Menu):
                yield from entry.commands()


FILTER: Final = Menu(id="filter", title=str(QT_TRANSLATE_NOOP("Menus", "Filte&r")), entries=(FILTERS,))
"""Plugins fill it."""
