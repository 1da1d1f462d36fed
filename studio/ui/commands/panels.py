"""The commands that show and hide the panels; those of plugins come and go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDockWidget

from studio.ui.commands.context import WindowCommand
from studio.ui.commands.view import VIEW
from studio.ui.widgets.actions import Section
from studio.ui.widgets.command import Command

PANELS: Final = "panels"
PLUGIN_PANELS: Final = "plugin-panels"
DOCK_PREFIX: Final = "dock-"


def panel_section(section_id: str, docks: Iterable[QDockWidget]) -> Section:
    """A command for each of some docks."""
    return Section(id=section_id, title=VIEW.plain_title, commands=tuple(map(_command, docks)))


def _command(dock: QDockWidget) -> WindowCommand:
    toggle = dock.toggleViewAction()
    title = toggle.text()
    tip = QCoreApplication.translate("Actions", "Show or hide the panel “{name}”").format(name=title)
    return Command(
        id=f"panel.{dock.objectName().removeprefix(DOCK_PREFIX)}",
        text=title.replace("&", "&&"),
        tip=tip,
        run=lambda _context: _bring_or_hide(dock),
        checked=lambda _state: toggle.isChecked(),
        domain="",
    )


def _bring_or_hide(dock: QDockWidget) -> None:
    """Show a dock, also one that lies behind another tab; hide one that is seen."""
    is_seen = dock.isVisible() and not dock.visibleRegion().isEmpty()
    if is_seen or dock.isHidden():
        dock.toggleViewAction().trigger()
    if not is_seen:
        dock.raise_()
