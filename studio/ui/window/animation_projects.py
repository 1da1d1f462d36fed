"""Animation > Animation Project: the window for projects, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.generation import GenerationSettings
from studio.paths import Paths
from studio.ui.background.worker import GenerationWorker
from studio.ui.commands.file_desk import FileDesk
from studio.ui.dialogs.prompts import Prompts

if TYPE_CHECKING:
    from studio.ui.animation.project_window import ProjectWindow

Then = Callable[[], object]


class AnimationProjects(QObject):
    """``settings`` are those of the Generate panel.

    With ``prompts_over`` the window asks with dialogs of its own.
    """

    def __init__(
        self,
        desk: FileDesk,
        *,
        worker: GenerationWorker,
        paths: Paths,
        settings: Callable[[], GenerationSettings],
        show_timeline: Callable[[], object],
        show_help: Callable[[], object],
        prompts_over: Callable[[QWidget], Prompts] | None,
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._worker = worker
        self._paths = paths
        self._settings = settings
        self._show_timeline = show_timeline
        self._show_help = show_help
        self._prompts_over = prompts_over
        self._window: ProjectWindow | None = None

    def show(self) -> ProjectWindow:
        """Bring the window into sight."""
        window = self.window()
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def ask_open(self) -> None:
        """Show the window, and let the person choose a project."""
        self.show().files.ask_open()

    def open(self, path: Path) -> None:
        """Open a project in the window."""
        self.show().files.open(path)

    def after_saving(self, then: Then) -> None:
        """Go on once the project's unsaved changes are dealt with; not at all when the person cancels."""
        if self._window is None:
            then()
            return
        if self._window.editor.is_modified:
            self.show()
        self._window.files.after_saving(then)

    def set_shortcuts(self, changed: Mapping[str, str]) -> None:
        """Give the window's commands their own or their changed keys."""
        if self._window is not None:
            self._window.actions_by_id.set_shortcuts(changed)

    def close(self) -> None:
        """Stop what the window does, and close it."""
        if self._window is not None:
            self._window.close_for_good()

    def window(self) -> ProjectWindow:
        """The window, made now if there is none."""
        if self._window is None:
            from studio.editing.animation import ProjectEditor
            from studio.ui.animation.project_window import ProjectWindow, ProjectWindowParts

            parts = ProjectWindowParts(
                desk=self._desk,
                worker=self._worker,
                settings=self._settings,
                renders=self._paths.cache / "animations",
                unsaved=self._paths.unsaved_animations,
                example=self._paths.resources / "examples" / "animation.toml",
                prompts_over=self._prompts_over,
                show_timeline=self._show_timeline,
                show_help=self._show_help,
            )
            self._window = ProjectWindow(ProjectEditor(), parts)
        return self._window
