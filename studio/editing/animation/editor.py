"""The project that is being edited: its file, what is unsaved, and one line of undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from psygnal import Signal

from studio.editing.animation.edits import changed
from studio.files.animation.project import AnimationProject, ProjectFile

MOST_STEPS: Final = 500
_UNTITLED: Final = "untitled.toml"


@dataclass(frozen=True, eq=False)
class _Step:
    project: AnimationProject
    label: str
    merge_key: str | None


class ProjectEditor:
    """Holds one project, or none. Signal: ``changed()`` when the project, its file or what is unsaved is another.

    Paths of source and mask are relative to the project's folder where they lie inside of it.
    """

    changed = Signal()

    def __init__(self) -> None:
        self._steps: list[_Step] = []
        self._index = 0
        self._saved: AnimationProject | None = None
        self._path: Path | None = None

    # --- the project ------------------------------------------------------------------------------

    @property
    def project(self) -> AnimationProject | None:
        return self._steps[self._index].project if self._steps else None

    @property
    def path(self) -> Path | None:
        """The project's file; ``None`` for one that was never saved."""
        return self._path

    @property
    def is_modified(self) -> bool:
        """Whether there is something that the file does not hold."""
        return self.project is not None and self.project != self._saved

    def file(self) -> ProjectFile:
        """The project as a run takes it. ``ValueError`` when there is none."""
        if self.project is None:
            raise ValueError("no project is open")
        return ProjectFile(self.project, self._path or Path.cwd() / _UNTITLED)

    def start(self, project: AnimationProject, *, modified: bool = False) -> None:
        """Edit a new project, which has no file yet; ``modified`` if it would be a loss to give it up."""
        self._adopt(project, None)
        if modified:
            self._saved = None
            self.changed.emit()

    def open(self, file: ProjectFile) -> None:
        """Edit a project that was read."""
        self._adopt(file.project, file.path.absolute())

    def saved_as(self, path: Path) -> AnimationProject:
        """What is to be written to ``path``: there, paths of source and mask may be others."""
        return _in_folder(self.file(), path.absolute().parent)

    def mark_saved(self, path: Path, project: AnimationProject) -> None:
        """Note that ``project``, given by `saved_as`, now stands in ``path``."""
        path = path.absolute()
        before = self._path or self.file().path
        self._steps = [
            replace(step, project=_in_folder(ProjectFile(step.project, before), path.parent)) for step in self._steps
        ]
        self._path, self._saved = path, project
        self.changed.emit()

    # --- undo -------------------------------------------------------------------------------------

    @property
    def undo_label(self) -> str:
        """What undo would take back, or nothing."""
        return self._steps[self._index].label if self._index > 0 else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, or nothing."""
        return self._steps[self._index + 1].label if self._index + 1 < len(self._steps) else ""

    def apply(self, label: str, project: AnimationProject, merge_key: str | None = None) -> None:
        """Make ``project`` the current one as a step. An equal one makes none.

        Steps with the same ``merge_key`` that follow each other become one (dragging, typing).
        """
        if project == self.project:
            return
        del self._steps[self._index + 1 :]
        step = _Step(project, label, merge_key)
        if merge_key is not None and self._index > 0 and self._steps[-1].merge_key == merge_key:
            self._steps[-1] = step
        else:
            self._steps.append(step)
            del self._steps[: max(0, len(self._steps) - MOST_STEPS)]
        self._index = len(self._steps) - 1
        self.changed.emit()

    def undo(self) -> None:
        if self._index > 0:
            self._index -= 1
            self.changed.emit()

    def redo(self) -> None:
        if self._index + 1 < len(self._steps):
            self._index += 1
            self.changed.emit()

    def _adopt(self, project: AnimationProject, path: Path | None) -> None:
        self._steps = [_Step(project, "", None)]
        self._index = 0
        self._path, self._saved = path, project
        self.changed.emit()


def path_in(path: Path, folder: Path) -> str:
    """How a project in ``folder`` names a file: relative where it lies inside, with forward slashes."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _in_folder(file: ProjectFile, folder: Path) -> AnimationProject:
    """The project as it names its source and mask from another folder."""
    if file.path.parent == folder:
        return file.project
    names = {}
    for field in ("source", "mask"):
        path = file.beside(getattr(file.project, field))
        if path is not None:
            names[field] = path_in(path, folder)
    return changed(file.project, **names) if names else file.project
