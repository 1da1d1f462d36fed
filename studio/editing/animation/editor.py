"""The project that is being edited: its file, what is unsaved, and one line of undo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from studio.editing.animation.edits import changed
from studio.editing.animation.project_history import ProjectHistory
from studio.files.animation.project import AnimationProject, ProjectFile
from studio.files.part_names import OF, PartName
from studio.history import Step, StepKind
from studio.system.signals import Signal

HISTORY_BUDGET: Final = 64 * 1024**2
"""Bytes of projects that may be kept for undo: thousands of steps, as a project is a few thousand bytes."""
OPEN: Final = StepKind("animation.open", "Open project", "open")
_UNTITLED: Final = "untitled.toml"


class ProjectEditor:
    """Holds one project, or none. Signal: ``changed()`` when the project, its file or what is unsaved is another.

    Paths of source, mask and regions are relative to the project's folder where they lie inside of it.
    """

    changed = Signal()

    def __init__(self) -> None:
        self._history: ProjectHistory | None = None
        self._saved: AnimationProject | None = None
        self._path: Path | None = None

    # --- the project ------------------------------------------------------------------------------

    @property
    def project(self) -> AnimationProject | None:
        return None if self._history is None else self._history.current

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
        """What is to be written to ``path``: there, paths of source, mask and regions may be others."""
        return _in_folder(self.file(), path.absolute().parent)

    def mark_saved(self, path: Path, project: AnimationProject) -> None:
        """Note that ``project``, given by `saved_as`, now stands in ``path``."""
        path = path.absolute()
        self._rename_files(path.parent)
        self._path, self._saved = path, project
        self.changed.emit()

    # --- undo -------------------------------------------------------------------------------------

    @property
    def history(self) -> ProjectHistory | None:
        """The line of steps; ``None`` when there is no project."""
        return self._history

    @property
    def undo_step(self) -> Step[AnimationProject] | None:
        """The step that undo would take back, if any."""
        history = self._history
        return history.steps[history.index] if history is not None and history.can_undo else None

    @property
    def redo_step(self) -> Step[AnimationProject] | None:
        """The step that redo would do again, if any."""
        history = self._history
        return history.steps[history.index + 1] if history is not None and history.can_redo else None

    def apply(self, kind: StepKind, project: AnimationProject, merge_key: str | None = None) -> None:
        """Make ``project`` the current one as a step. An equal one makes none. ``ValueError`` when none is open.

        Steps with the same ``merge_key`` that follow each other become one (dragging, typing).
        """
        if self._history is None:
            raise ValueError("no project is open")
        if project != self._history.current:
            self._history.apply(kind, project, merge_key=merge_key)
            self.changed.emit()

    def undo(self) -> None:
        if self._history is not None and self._history.can_undo:
            self._history.undo()
            self.changed.emit()

    def redo(self) -> None:
        if self._history is not None and self._history.can_redo:
            self._history.redo()
            self.changed.emit()

    def _adopt(self, project: AnimationProject, path: Path | None) -> None:
        self._history = ProjectHistory(project, OPEN, budget=HISTORY_BUDGET)
        self._path, self._saved = path, project
        self.changed.emit()

    def _rename_files(self, folder: Path) -> None:
        """Let all steps name source, mask and regions as from another folder."""
        before, history = self.file().path, self._history
        if history is None or before.parent == folder:
            return
        steps = (replace(step, state=_in_folder(ProjectFile(step.state, before), folder)) for step in history.steps)
        self._history = ProjectHistory.restored(tuple(steps), history.index, budget=HISTORY_BUDGET)


def path_in(path: Path, folder: Path) -> str:
    """How a project in ``folder`` names a file: relative where it lies inside, with forward slashes."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _in_folder(file: ProjectFile, folder: Path) -> AnimationProject:
    """The project as it names its source, its mask and what its regions are from another folder."""
    if file.path.parent == folder:
        return file.project
    names: dict[str, Any] = {}
    for field in ("source", "mask"):
        path = file.beside(getattr(file.project, field))
        if path is not None:
            names[field] = path_in(path, folder)
    if file.project.regions:
        pairs = zip(file.project.regions, file.parts(), strict=True)
        moved = (region.model_copy(update={"part": _part_in(part, folder)}) for region, part in pairs)
        names["regions"] = tuple(moved)
    return changed(file.project, **names) if names else file.project


def _part_in(part: PartName, folder: Path) -> str:
    """How a project in ``folder`` names what a region is."""
    file = path_in(part.file, folder)
    return f"{file}{OF}{part.layer}" if part.layer else file
