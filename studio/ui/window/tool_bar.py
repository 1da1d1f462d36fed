"""The slim bar of canvas tools at the left."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolBar, QWidget

from studio.ui.canvas.tools.registry import TOOLS
from studio.ui.commands.tools import TOOL_PREFIX
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.color_pair import ColorPair
from studio.ui.widgets.paint_colors import PaintColors


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
            for tool in tools:
                action = actions[TOOL_PREFIX + tool.id]
                self.addAction(action)
                self.widgetForAction(action).setAccessibleName(action.iconText())


def _show_panel(actions: ActionTable) -> None:
    """Panels have their commands later than the tool bar."""
    actions["panel.color"].trigger()
