"""Fills menus with the actions of their commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QMenu

from studio.ui.commands.menu import SEPARATOR, Menu, Slot
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.command import Command


def fill_menu(shown: QMenu, menu: Menu, actions: ActionTable, slots: Mapping[Slot, Callable[[QMenu], object]]) -> None:
    """Add the entries of a menu in their order; ``slots`` fill places that no command stands for."""
    for entry in menu.entries:
        if isinstance(entry, Command):
            shown.addAction(actions[entry.id])
        elif isinstance(entry, Menu):
            fill_menu(shown.addMenu(entry.shown_title), entry, actions, slots)
        elif entry == SEPARATOR:
            shown.addSeparator()
        elif entry in slots:
            slots[entry](shown)
        else:
            shown.addAction(actions[entry.name])
