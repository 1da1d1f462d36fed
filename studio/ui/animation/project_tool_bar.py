"""The tool bar of an animation project."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QWidget

from studio.ui.style.icons import icon
from studio.ui.widgets.actions import ActionTable, with_keys

_GROUPS: Final = (
    ("project.new", "project.example", "project.open", "project.save", "project.save_as"),
    ("edit.undo", "edit.redo"),
    ("frames.play",),
)


class ProjectToolBar(QToolBar):
    """Files, undo and redo, and playing: commands as buttons."""

    def __init__(self, actions: ActionTable, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Project"))
        self._actions = actions
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for group in _GROUPS:
            if self.actions():
                self.addSeparator()
            for name in group:
                action = self._action(name)
                self.addAction(action)
                self.widgetForAction(action).setAccessibleName(action.iconText())

    def show_playing(self, *, on: bool) -> None:
        """Show what the button for playing would do."""
        self._action("frames.play").setIcon(icon("pause" if on else "play"))

    def show_undo(self, undo: str, redo: str) -> None:
        """Say what would be undone and done again; empty for nothing."""
        for name, label in (("edit.undo", undo), ("edit.redo", redo)):
            action = self._action(name)
            head = with_keys(action.iconText(), action)
            action.setToolTip(f"{head}\n{label}" if label else head)

    def _action(self, name: str) -> QAction:
        return self._actions[f"keyframes/{name}"]
