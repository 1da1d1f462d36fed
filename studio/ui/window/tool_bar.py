"""The slim bar of canvas tools at the left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QToolBar, QWidget

from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.registry import TOOLS, tool_info
from studio.ui.commands.action_catalogue import TOOL_ACTIONS, TOOL_PREFIX
from studio.ui.style.actions import Actions


class ToolBar(QToolBar):
    """Chooses the canvas tool, and shows the chosen one when the canvas changes it."""

    def __init__(self, actions: Actions, canvas: CanvasView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setWindowTitle(self.tr("Tools"))
        self.setOrientation(Qt.Orientation.Vertical)
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self._actions = actions
        self._canvas = canvas
        group = QActionGroup(self)
        section = TOOLS[0].section
        for spec in TOOL_ACTIONS:
            action = actions[spec.id]
            tool_id = spec.id.removeprefix(TOOL_PREFIX)
            if tool_info(tool_id).section is not section:
                self.addSeparator()
                section = tool_info(tool_id).section
            group.addAction(action)
            self.addAction(action)
            action.triggered.connect(lambda _checked=False, chosen=tool_id: self._choose(chosen))
            self.widgetForAction(action).setAccessibleName(spec.plain_title)
        canvas.tool_changed.connect(self.show_tool)
        self.show_tool(canvas.tool())

    def _choose(self, tool_id: str) -> None:
        self._canvas.set_tool(tool_id)
        # The next keys are meant for the tool, not for the prompt.
        self._canvas.setFocus()

    def show_tool(self, tool_id: str) -> None:
        """Mark a tool as chosen."""
        self._actions[TOOL_PREFIX + tool_id].setChecked(True)
