"""The menu bar, made of the menus' values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from studio.ui.background.catalogue import Catalogue
from studio.ui.commands.file_desk import RecentFiles
from studio.ui.commands.menu import FILTER, PANELS, READY_TOOLS, RECENT_FILES
from studio.ui.commands.menu_bar import fill_menu
from studio.ui.commands.ready_menu import ReadyToolMenu
from studio.ui.commands.registry import MENUS
from studio.ui.widgets.actions import Actions


class Menus:
    """Fills the menu bar of a window. ``panels`` are the actions that show and hide docks, ``filters`` is a menu."""

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        catalogue: Catalogue,
        panels: Iterable[QAction],
        filters: QMenu,
    ) -> None:
        self._window = window
        self._actions = actions
        self._panels = tuple(panels)
        self._plugin_panels: tuple[QAction, ...] = ()
        self._below_panels = QAction(window)
        self._panels_menu = QMenu()
        self.recent = QMenu(QCoreApplication.translate("Menus", "Open &Recent"), window)
        ready = ReadyToolMenu(catalogue, actions, window)
        slots = {
            RECENT_FILES: lambda shown: shown.addMenu(self.recent),
            PANELS: self._list_panels,
            READY_TOOLS: lambda shown: shown.addMenu(ready.menu),
        }
        for menu in MENUS:
            if menu is FILTER:
                window.menuBar().addMenu(filters)
            else:
                fill_menu(window.menuBar().addMenu(menu.shown_title), menu, actions, slots)

    def show_plugin_panels(self, panels: Iterable[QAction]) -> None:
        """List the panels of plugins below the others anew."""
        for action in self._plugin_panels:
            self._panels_menu.removeAction(action)
        self._plugin_panels = tuple(panels)
        self._panels_menu.insertActions(self._below_panels, list(self._plugin_panels))

    def show_recent(self, files: RecentFiles, open_file: Callable[[Path], object]) -> None:
        """List the recent files anew."""
        self.recent.clear()
        paths = files.paths()
        self.recent.setEnabled(bool(paths))
        for path in paths:
            entry = self.recent.addAction(path.name)
            entry.setStatusTip(str(path))
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _checked=False, chosen=path: open_file(chosen))
        self.recent.addSeparator()
        self.recent.addAction(self._actions["file.clear_recent"])

    def _list_panels(self, shown: QMenu) -> None:
        shown.addActions(self._panels)
        self._panels_menu, self._below_panels = shown, shown.addSeparator()
