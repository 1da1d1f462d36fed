"""Every command of the main window, by where it is found. To add one, add a value to the file of its menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.ui.commands.animation import ANIMATION
from studio.ui.commands.brush import BRUSH_MENU
from studio.ui.commands.edit import EDIT
from studio.ui.commands.file import CLEAR_RECENT, FILE
from studio.ui.commands.generate import GENERATE
from studio.ui.commands.help import HELP
from studio.ui.commands.image import IMAGE
from studio.ui.commands.layer import LAYER
from studio.ui.commands.live import LIVE_MENU
from studio.ui.commands.mask import MASK
from studio.ui.commands.menu import FILTER, Menu
from studio.ui.commands.plugins import PLUGINS
from studio.ui.commands.results import RESULTS_MENU
from studio.ui.commands.selection import SELECT
from studio.ui.commands.tools import TOOL_COMMANDS
from studio.ui.commands.view import VIEW
from studio.ui.widgets.actions import Section

MENUS: Final = (
    FILE,
    EDIT,
    VIEW,
    LAYER,
    SELECT,
    MASK,
    BRUSH_MENU,
    IMAGE,
    ANIMATION,
    FILTER,
    GENERATE,
    RESULTS_MENU,
    LIVE_MENU,
    PLUGINS,
    HELP,
)
"""In the order of the menu bar."""


def sections() -> tuple[Section, ...]:
    """The commands that are there without any plugin; titles are translated now."""
    tools = Section(id="tools", title=QCoreApplication.translate("ToolBar", "Tools"), commands=TOOL_COMMANDS)
    return (*(_section(menu) for menu in MENUS), tools)


def _section(menu: Menu) -> Section:
    own = tuple(menu.commands())
    return Section(id=menu.id, title=menu.plain_title, commands=(*own, CLEAR_RECENT) if menu is FILE else own)
