"""The tool bar of an animation project, and the keys of its window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QToolBar

from studio.ui.style.icons import icon
from studio.ui.widgets.actions import without_state


class ProjectToolBar(QToolBar):
    """Files, undo and redo, and playing. ``acts`` are what the buttons do, by name; ``by_name`` are their actions."""

    def __init__(self, acts: Mapping[str, Callable[[], object]], window: QMainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Project"))
        self._window = window
        self.by_name: dict[str, QAction] = {}
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        key = QKeySequence.StandardKey
        for name, icon_name, text, keys in (
            ("new", "new", self.tr("New project from the Generate panel"), key.New),
            ("example", "images", self.tr("New project from the example"), None),
            ("open", "open", self.tr("Open project…"), key.Open),
            ("save", "save", self.tr("Save project"), key.Save),
            ("save_as", "save-as", self.tr("Save project as…"), "Ctrl+Shift+S"),
            ("", "", "", None),
            ("undo", "undo", self.tr("Undo"), key.Undo),
            ("redo", "redo", self.tr("Redo"), "Ctrl+Shift+Z"),
            ("", "", "", None),
            ("play", "play", self.tr("Play the frames that are drawn"), "P"),
        ):
            if name:
                self._add(name, icon_name, text, keys, acts.get(name))
            else:
                self.addSeparator()
        self.by_name["play"].setCheckable(True)

    def add_key(self, keys: str, act: Callable[[], object]) -> None:
        """Keys of the window that no button stands for."""
        action = QAction(self._window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(without_state(act))
        self.by_name[f"key {keys}"] = action
        self._window.addAction(action)

    def show_playing(self, *, on: bool) -> None:
        """Check the button for playing, or not."""
        self.by_name["play"].setChecked(on)
        self.by_name["play"].setIcon(icon("pause" if on else "play"))

    def show_undo(self, undo: str, redo: str) -> None:
        """Say what would be undone and done again; empty for nothing."""
        for name, word, label in (("undo", self.tr("Undo"), undo), ("redo", self.tr("Redo"), redo)):
            action = self.by_name[name]
            action.setEnabled(bool(label))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{word}: {label} ({keys})" if label else f"{word} ({keys})")

    def _add(
        self,
        name: str,
        icon_name: str,
        text: str,
        keys: QKeySequence.StandardKey | str | None,
        act: Callable[[], object] | None,
    ) -> None:
        action = QAction(icon(icon_name), text, self._window)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text} ({shown})" if shown else text)
        if act is not None:
            action.triggered.connect(without_state(act))
        self.by_name[name] = action
        self.addAction(action)
        self.widgetForAction(action).setAccessibleName(text.rstrip("…"))
