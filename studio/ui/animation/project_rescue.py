"""Keeps a copy of an unsaved animation project, so that a crash does not lose it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil
from PySide6.QtCore import QObject, QTimer

from studio.animation_editing import ProjectEditor
from studio.errors import ShorelineError
from studio.files.animation_project import ProjectFile, read_project
from studio.files.animation_project_write import write_project
from studio.private_files import make_private, make_private_folder
from studio.ui.notice_bar import NoticeAction, NoticeBar
from studio.ui.tasks import Tasks
from studio.ui.widgets.following import follow

KEEP_DELAY_MS: Final = 1000


class ProjectRescue(QObject):
    """The copy lies in ``folder`` under the number of this process; copies of processes that are gone are offered.

    ``after_saving`` deals with unsaved changes of the open project before another takes its place.
    """

    def __init__(
        self,
        editor: ProjectEditor,
        folder: Path,
        tasks: Tasks,
        notices: NoticeBar,
        *,
        after_saving: Callable[[Callable[[], object]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._own = folder / f"{os.getpid()}.toml"
        self._tasks = tasks
        self._notices = notices
        self._after_saving = after_saving
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(KEEP_DELAY_MS)
        self._delay.timeout.connect(self.keep)
        follow(self, editor.changed, self._keep_soon)
        self._offer()

    def _keep_soon(self) -> None:
        """In a while, also when changes go on and on."""
        if not self._delay.isActive():
            self._delay.start()

    def keep(self) -> None:
        """Write the project as it is now, or drop the copy of one that is saved."""
        if not self._editor.is_modified:
            self._drop(self._own)
            return
        project = self._editor.saved_as(self._own)

        def write() -> None:
            with contextlib.suppress(OSError):  # the writer says it better
                make_private_folder(self._own.parent)
            write_project(project, self._own)
            make_private(self._own)

        self._tasks.run(write, lambda _nothing: None, lambda error: self._notices.show_error(error, key="rescue"))

    def close(self) -> None:
        """The window ends as it should: nothing is left to be rescued."""
        self._delay.stop()
        self._drop(self._own)

    def _drop(self, path: Path) -> None:
        """Delete a copy, behind what is still to be written."""
        self._tasks.run(lambda: path.unlink(missing_ok=True), lambda _nothing: None, lambda _error: None)

    def _offer(self) -> None:
        """Offer the newest copy that a process left behind."""
        left = [path for path in self._own.parent.glob("*.toml") if _is_left(path)]
        if not left:
            return
        path = max(left, key=lambda found: found.stat().st_mtime)
        self._notices.show_notice(
            self.tr("An animation project was not saved when Shoreline ended."),
            actions=(
                NoticeAction(self.tr("Open it"), lambda: self._after_saving(lambda: self._open(path))),
                NoticeAction(self.tr("Discard it"), lambda: self._drop(path)),
            ),
            key="rescue",
        )

    def _open(self, path: Path) -> None:
        def show(file: ProjectFile) -> None:
            self._editor.start(file.project, modified=True)
            self.keep()
            self._drop(path)

        def failed(error: Exception) -> None:
            if isinstance(error, ShorelineError):
                self._notices.show_error(error, key="rescue")

        self._tasks.run(lambda: read_project(path), show, failed)


def _is_left(path: Path) -> bool:
    """Whether the process that wrote a copy is gone."""
    try:
        return path.stem.isdecimal() and not psutil.pid_exists(int(path.stem))
    except OverflowError:  # the number of no process
        return True
