"""The ready tools of plugins as commands: one each, which draws at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui.background.catalogue import Catalogue
from studio.ui.commands.conditions import MASK
from studio.ui.commands.context import Context, WindowCommand
from studio.ui.widgets.actions import Actions, Section
from studio.ui.widgets.command import Command
from studio.ui.widgets.parameter_form import plugin_text

if TYPE_CHECKING:
    from studio.api import ToolSpec

_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {"remove_object": "Shift+Del", "replace_background": "Ctrl+Alt+B", "expand": "Ctrl+Alt+E"}
)


class ReadyToolMenu(QObject):
    """Follows what plugins offer; their tools that need no prompt are in `menu`, the command search and the keys."""

    def __init__(self, catalogue: Catalogue, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._catalogue = catalogue
        self._actions = actions
        self.menu = QMenu(QCoreApplication.translate("Menus", "&Ready Tools"), window)
        catalogue.changed.connect(self._list_tools)
        self._list_tools()

    def _list_tools(self) -> None:
        tools = (tool for tool in self._catalogue.tools().values() if tool.prompt_optional)
        commands = tuple(_command(tool) for tool in tools)
        title = QCoreApplication.translate("ReadyToolMenu", "Ready tools")
        self.menu.clear()
        self.menu.addActions(self._actions.offer(Section(id="ready", title=title, commands=commands)))
        self.menu.menuAction().setVisible(bool(commands))


def _command(tool: ToolSpec) -> WindowCommand:
    return Command(
        id=f"ready.{tool.id}",
        text=plugin_text(tool.name).replace("&", "&&"),
        tip=plugin_text(tool.description),
        shortcut=_KEYS.get(tool.id, ""),
        needs=(MASK,) if tool.needs_mask else (),
        run=_drawing(tool.id),
        domain="",
    )


def _drawing(tool_id: str) -> Callable[[Context], None]:
    return lambda context: context.panels.draw_with(tool_id)
