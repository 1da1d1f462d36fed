"""Renders the project of an editor on the worker, and knows which of its frames are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from studio.editing.animation import ProjectEditor
from studio.errors import Cancelled
from studio.files.animation.project import AnimationProject, ProjectFile
from studio.files.animation.renders import make_room, render_folder
from studio.files.animation.work import finished_frames, frames_done
from studio.generation import Progress
from studio.jobs.animation import AnimationRunner
from studio.ui.background.background import Background, Run
from studio.ui.background.worker import GenerationWorker, Runner
from studio.ui.widgets.following import follow
from studio.ui.widgets.readable import notes_text

if TYPE_CHECKING:
    from studio.files.animation.frames import FrameSource
    from studio.plugin_host import PluginHost

LOOK_DELAY_MS: Final = 250


@dataclass(frozen=True, kw_only=True, eq=False)
class Render:
    """The frames of a project: ``drawn`` of them, from the first on, are in ``folder``."""

    project: AnimationProject
    folder: Path
    drawn: int

    @property
    def is_whole(self) -> bool:
        return self.drawn == self.project.frames

    def frames(self, fps: Fraction) -> FrameSource:
        """All frames, for export at ``fps`` a second, which may have been changed since. Raises `FileError`."""
        return finished_frames(self.folder, fps, opaque=not self.project.source)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Drawing:
    project: AnimationProject
    run: Run


class Rendering(QObject):
    """Frames are kept below ``root``, see `studio.files.animation.renders`.

    Signals: ``changed()`` when a run begins or ends, or other frames are there; ``progressed(Progress)``;
    ``noted(str)`` with remarks of a run that ended well; ``failed(Exception)``.
    """

    changed = Signal()
    progressed = Signal(object)
    noted = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        editor: ProjectEditor,
        *,
        worker: GenerationWorker,
        host: Callable[[], PluginHost | None],
        root: Path,
        tasks: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._worker = worker
        self._host = host
        self._root = root
        self._tasks = tasks
        self._drawing: _Drawing | None = None
        self._render: Render | None = None
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(LOOK_DELAY_MS)
        self._delay.timeout.connect(self.look)
        follow(self, editor.changed, self._project_changed)

    @property
    def is_running(self) -> bool:
        return self._drawing is not None

    @property
    def is_stopping(self) -> bool:
        """Whether a run was cancelled and has not ended yet."""
        return self._drawing is not None and self._drawing.run.is_cancelled

    @property
    def draws_this(self) -> bool:
        """Whether what is being drawn is the project as it is now."""
        return self._drawing is not None and _same_frames(self._drawing.project, self._editor.project)

    @property
    def render(self) -> Render | None:
        """The frames of the project as it is now; ``None`` while that is being looked up, or without a project."""
        known = self._render
        return known if known is not None and _same_frames(known.project, self._editor.project) else None

    def start(self) -> None:
        """Draw the frames that are not there yet."""
        host = self._host()
        if self._drawing is not None or self._editor.project is None or host is None:
            return
        file, root = self._editor.file(), self._root
        run = self._worker.start_work(
            lambda runner, run: _drawn(file, runner, root=root, host=host, run=run),
            self._finished,
            self._failed,
            self._progressed,
        )
        self._drawing = _Drawing(project=file.project, run=run)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop within one step; finished frames stay."""
        if self._drawing is not None:
            self._drawing.run.cancel()
            self.changed.emit()

    def look(self) -> None:
        """Look in the background which frames of the project are there."""
        if self._editor.project is None:
            return
        file, root = self._editor.file(), self._root

        def find() -> Render:
            folder = render_folder(root, file)
            return Render(project=file.project, folder=folder, drawn=frames_done(folder, file.project.frames))

        self._tasks.run(find, self._found, lambda _error: None)  # a source that is missing is told of when it is needed

    def _project_changed(self) -> None:
        self._delay.start()
        self.changed.emit()

    def _found(self, render: Render) -> None:
        self._render = render
        self.changed.emit()

    def _progressed(self, progress: Progress) -> None:
        if self._drawing is None:
            return
        known = self._render
        if progress.stage == "animating" and known is not None and _same_frames(known.project, self._drawing.project):
            self._render = Render(project=known.project, folder=known.folder, drawn=progress.step)
        self.progressed.emit(progress)

    def _finished(self, outcome: tuple[Render, tuple[str, ...]]) -> None:
        self._render, notes = outcome
        self._drawing = None
        self.changed.emit()
        self.look()
        if notes:
            self.noted.emit(notes_text(notes))

    def _failed(self, error: Exception) -> None:
        self._ended()
        if not isinstance(error, Cancelled):
            self.failed.emit(error)

    def _ended(self) -> None:
        self._drawing = None
        self.look()
        self.changed.emit()


def _drawn(
    file: ProjectFile,
    runner: Runner,
    *,
    root: Path,
    host: PluginHost,
    run: Run,
) -> tuple[Render, tuple[str, ...]]:
    """On the worker's thread: draw what is missing, and say where all frames are."""
    file.project.check_length()
    folder = render_folder(root, file)
    make_room(root, folder)
    done = AnimationRunner(host, runner).run(file, folder, run.token, run.tell)
    done.work.release()
    return Render(project=file.project, folder=folder, drawn=file.project.frames), done.notes


def _same_frames(one: AnimationProject, other: AnimationProject | None) -> bool:
    """Whether two projects have the same frames; how they are exported does not matter."""
    return other is not None and one.model_copy(update={"export": other.export}) == other
