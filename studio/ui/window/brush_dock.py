"""The Brushes panel in the window: its presets are read, and the panel is made, when they are needed first."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from studio.ui.commands.brush_actions import BrushActions
from studio.ui.commands.file_desk import FileDesk
from studio.ui.panels.tool_options_bar import ToolOptionsBar
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.notice_bar import error_text
from studio.ui.window.dock import bring_forward
from studio.ui.window.late_panel import LatePanel
from studio.ui.window.window_parts import WindowParts

if TYPE_CHECKING:
    from studio.ui.panels.brushes.brush_desk import BrushDesk
    from studio.ui.panels.brushes.brush_panel import BrushPanel


class BrushDock(QObject):
    """Signals: ``tool_wanted(str)`` for the tool of a preset that was taken; ``message(str)``; ``changed()`` when what
    is remembered did; ``rename_wanted(str)`` with the id of a preset."""

    tool_wanted = Signal(str)
    message = Signal(str)
    changed = Signal()
    rename_wanted = Signal(str)

    def __init__(self, parts: WindowParts, bar: ToolOptionsBar, actions: ActionTable, window: QMainWindow) -> None:
        super().__init__(window)
        self._parts = parts
        self._bar = bar
        self._actions = actions
        self.late: LatePanel[BrushPanel] = LatePanel("brushes", self.tr("Brushes"), self._panel, window)

    @property
    def palettes(self) -> Path:
        """The folder of the person's palettes."""
        return self._parts.paths.user_palettes

    @cached_property
    def desk(self) -> BrushDesk:
        """The presets that ship and the person's own."""
        from studio.files.brushes.presets import PresetShelf
        from studio.ui.panels.brushes.brush_desk import BrushDesk

        paths = self._parts.paths
        shelf = PresetShelf(paths.bundled_brushes, paths.user_brushes)
        desk = BrushDesk(shelf, self._bar.options, self._parts.store.current.favourite_brushes, self)
        desk.show_tool(self._bar.tool())
        self._bar.shown.connect(desk.show_tool)
        desk.tool_wanted.connect(self.tool_wanted)
        desk.changed.connect(self.changed)
        desk.remark.connect(self.message)
        desk.failed.connect(lambda error: self.message.emit(error_text(error)))
        for problem in desk.problems:
            self.message.emit(error_text(problem))
        return desk

    def toggle(self) -> None:
        """Bring the panel into sight, or hide it."""
        dock = self.late.dock
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            dock.hide()
        else:
            bring_forward(dock)

    def favourites(self) -> tuple[str, ...]:
        """The presets with a star."""
        return self.desk.favourites if "desk" in self.__dict__ else self._parts.store.current.favourite_brushes

    def actions_for(self, files: FileDesk) -> BrushActions:
        """What the commands of the menu do."""
        made = BrushActions(files, lambda: self.desk, self.toggle)
        self.rename_wanted.connect(made.rename)
        return made

    def _panel(self) -> BrushPanel:
        from studio.ui.panels.brushes.brush_panel import BrushPanel

        panel = BrushPanel(self.desk, self._actions)
        panel.rename_wanted.connect(self.rename_wanted)
        return panel
