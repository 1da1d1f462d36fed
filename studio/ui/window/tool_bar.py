"""The slim bar of canvas tools at the left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QToolBar, QToolButton, QWidget

from studio.ui.canvas.tools.registry import TOOLS
from studio.ui.commands.tools import TOOL_PREFIX
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.color_pair import ColorPair
from studio.ui.widgets.paint_colors import PaintColors
from studio.ui.window.tool_group import ToolGroupButton


class ToolBar(QToolBar):
    """The commands that choose the canvas tool, as buttons, below the colours to paint with."""

    def __init__(self, actions: ActionTable, colors: PaintColors, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setWindowTitle(self.tr("Tools"))
        self.setOrientation(Qt.Orientation.Vertical)
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.colors = ColorPair(colors, self)
        self.colors.asked.connect(lambda: _show_panel(actions))
        self.addWidget(self.colors)  # first, so that no small window hides it
        for _section, tools in groupby(TOOLS, key=lambda tool: tool.section):
            if self.actions():
                self.addSeparator()
            for _group, members in groupby(tools, key=lambda tool: tool.group or tool.id):
                self._offer([actions[TOOL_PREFIX + tool.id] for tool in members])

    def button_of(self, action: QAction) -> QAbstractButton | None:
        """The button that chooses a tool by its action, or offers to; ``None`` for what is no tool."""
        groups = (group for group in self.findChildren(ToolGroupButton) if action in group.menu().actions())
        return next(groups, None) or next((b for b in self.findChildren(QToolButton) if action in b.actions()), None)

    def _offer(self, tools: Sequence[QAction]) -> None:
        if len(tools) > 1:
            self.addWidget(ToolGroupButton(tools, self))
            return
        self.addAction(tools[0])
        self.widgetForAction(tools[0]).setAccessibleName(tools[0].iconText())


def _show_panel(actions: ActionTable) -> None:
    """Panels have their commands later than the tool bar."""
    actions["panel.color"].trigger()
