"""Keeps a copy of an unsaved animation project, so that a crash does not lose it."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from studio.editing.animation import ProjectEditor
from studio.errors import ShorelineError
from studio.files.animation.project import ProjectFile, read_project
from studio.files.animation.project_write import write_project
from studio.files.disk.file_lock import FileLock
from studio.system.private_files import make_private, make_private_folder
from studio.ui.background.background import Background
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar

KEEP_DELAY_MS: Final = 1000


class ProjectRescue(QObject):
    """The copy lies in ``folder`` beside a lock; copies whose lock nobody holds any more are offered.

    ``after_saving`` deals with unsaved changes of the open project before another takes its place.
    """

    def __init__(
        self,
        editor: ProjectEditor,
        folder: Path,
        tasks: Background,
        notices: NoticeBar,
        *,
        after_saving: Callable[[Callable[[], object]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._own = folder / f"{os.getpid()}-{secrets.token_hex(4)}.toml"
        self._lock: FileLock | None = None
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
                self._lock = self._lock or FileLock.acquire(_lock_path(self._own))
            write_project(project, self._own)
            make_private(self._own)

        self._tasks.run(write, lambda _nothing: None, lambda error: self._notices.show_error(error, key="rescue"))

    def close(self) -> None:
        """The window ends as it should: nothing is left to be rescued."""
        self._delay.stop()
        self._drop(self._own)

    def _drop(self, path: Path) -> None:
        """Delete a copy, behind what is still to be written."""

        def drop() -> None:
            path.unlink(missing_ok=True)
            if path == self._own and self._lock is not None:
                self._lock.release()
                self._lock = None

        self._tasks.run(drop, lambda _nothing: None, lambda _error: None)

    def _offer(self) -> None:
        """Offer the newest copy that a process left behind."""
        left = [path for path in self._own.parent.glob("*.toml") if _is_left(path)]
        if not left:
            return
        path = max(left, key=_written_at)
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


def _lock_path(path: Path) -> Path:
    return path.with_suffix(".lock")


def _is_left(path: Path) -> bool:
    """Whether the process that wrote a copy is gone. Its number would not tell: another may have it by now."""
    try:
        lock = FileLock.acquire(_lock_path(path))
    except OSError:
        return False
    if lock is not None:
        lock.release()
    return lock is not None


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # discarded by another window
        return 0.0
