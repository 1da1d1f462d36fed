"""The menu bar: which action stands in which menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from studio.ui.commands.file_desk import RecentFiles
from studio.ui.style.actions import Actions

SEPARATOR: Final = ""
RECENT: Final = "@recent"
PANELS: Final = "@panels"

_FILE: Final = (
    *("file.new", "file.open", RECENT, "file.open_as_layers", SEPARATOR),
    *("file.save", "file.save_as", "file.export", SEPARATOR, "file.quit"),
)
_EDIT: Final = (
    *("edit.undo", "edit.redo", SEPARATOR, "edit.cut", "edit.copy", "edit.copy_merged", "edit.paste", "edit.clear"),
    *(SEPARATOR, "edit.swap_colors", SEPARATOR, "edit.preferences"),
)
_VIEW: Final = (
    *("view.zoom_in", "view.zoom_out", "view.fit", "view.actual_size", SEPARATOR),
    *("view.rotate_left", "view.rotate_right", "view.mirror", "view.reset", SEPARATOR),
    *(
        "view.mask",
        "view.preview_over",
        SEPARATOR,
        PANELS,
        "view.lock_panels",
        SEPARATOR,
        "view.dark",
        "view.full_screen",
    ),
)
_LAYER: Final = (
    *("layer.add", "layer.group", "layer.duplicate", "layer.remove", SEPARATOR),
    *("layer.group_layer", "layer.ungroup", "layer.raise", "layer.lower", SEPARATOR),
    *("layer.merge_down", "layer.flatten", SEPARATOR),
    *("layer.visible", "layer.locked", SEPARATOR, "layer.add_mask", "layer.mask_enabled", "layer.mask_alone"),
    *("layer.invert_mask", "layer.remove_mask"),
)
_MASK: Final = (
    *("mask.all", "mask.clear", "mask.invert", SEPARATOR),
    *("mask.grow", "mask.shrink", "mask.feather", SEPARATOR, "mask.from_layer", "view.mask"),
)
_IMAGE: Final = (
    *("image.resize", "image.upscale", "image.canvas_size", "image.crop_to_mask", SEPARATOR),
    *("image.flip_horizontal", "image.flip_vertical", SEPARATOR),
    *("image.rotate_right", "image.rotate_left", "image.rotate_half"),
)
_ANIMATION: Final = (
    *("timeline.make", "timeline.remove", SEPARATOR),
    *("timeline.play", "timeline.first", "timeline.previous", "timeline.next", "timeline.last", SEPARATOR),
    *("timeline.add", "timeline.duplicate", "timeline.cut", "timeline.copy", "timeline.paste", "timeline.delete"),
    *("timeline.reverse", SEPARATOR, "timeline.onion_skin", SEPARATOR),
    *("animation.project", "animation.open", SEPARATOR, "timeline.export"),
)
_GENERATE: Final = ("generate.start", SEPARATOR, "generate.cancel", "generate.cancel_all")
_PLUGINS: Final = ("plugins.manage", "plugins.models", "plugins.engine", SEPARATOR, "plugins.folder")
_HELP: Final = ("help.contents", "help.welcome", SEPARATOR, "help.log", "help.about")


class Menus:
    """Fills the menu bar of a window. ``panels`` are the actions that show and hide docks, ``filters`` is a menu."""

    def __init__(self, window: QMainWindow, actions: Actions, panels: Iterable[QAction], filters: QMenu) -> None:
        self._window = window
        self._actions = actions
        self._panels = tuple(panels)
        self._plugin_panels: tuple[QAction, ...] = ()
        self._below_panels = QAction(window)
        self._panels_menu = QMenu()
        self.recent = QMenu(QCoreApplication.translate("Menus", "Open &Recent"), window)
        self._fill(QCoreApplication.translate("Menus", "&File"), _FILE)
        self._fill(QCoreApplication.translate("Menus", "&Edit"), _EDIT)
        self._fill(QCoreApplication.translate("Menus", "&View"), _VIEW)
        self._fill(QCoreApplication.translate("Menus", "&Layer"), _LAYER)
        self._fill(QCoreApplication.translate("Menus", "&Mask"), _MASK)
        self._fill(QCoreApplication.translate("Menus", "&Image"), _IMAGE)
        self._fill(QCoreApplication.translate("Menus", "&Animation"), _ANIMATION)
        window.menuBar().addMenu(filters)
        self._fill(QCoreApplication.translate("Menus", "&Generate"), _GENERATE)
        self._fill(QCoreApplication.translate("Menus", "&Plugins"), _PLUGINS)
        self._fill(QCoreApplication.translate("Menus", "&Help"), _HELP)

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

    def _fill(self, title: str, entries: Iterable[str]) -> None:
        menu = self._window.menuBar().addMenu(title)
        for entry in entries:
            if entry == SEPARATOR:
                menu.addSeparator()
            elif entry == RECENT:
                menu.addMenu(self.recent)
            elif entry == PANELS:
                menu.addActions(self._panels)
                self._panels_menu, self._below_panels = menu, menu.addSeparator()
            else:
                menu.addAction(self._actions[entry])
