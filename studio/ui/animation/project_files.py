"""New, open and save of animation projects, and the question about unsaved changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from studio.editing.animation import ProjectEditor
from studio.files.animation.project import AnimationProject, NumberKey, ProjectFile, PromptKey, SeedKey, read_project
from studio.files.animation.project_write import write_project
from studio.generation import GenerationSettings
from studio.ui.commands.file_desk import FileDesk
from studio.ui.dialogs.prompts import offer_saving

SUFFIX: Final = "toml"
_NEW_FRAMES: Final = 24
_NEW_FPS: Final = 8.0

Then = Callable[[], object]


class ProjectFiles(QObject):
    """Reads and writes the project of an editor in the background; a failed save leaves file and project as they were.

    ``settings`` are those of the Generate panel, which a new project starts with; ``example`` is a file that ships.
    """

    def __init__(
        self, desk: FileDesk, editor: ProjectEditor, settings: Callable[[], GenerationSettings], example: Path
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._editor = editor
        self._settings = settings
        self._example = example

    def name(self) -> str:
        """How the project is called: its file's name, or "Untitled"."""
        return self._editor.path.name if self._editor.path is not None else self.tr("Untitled animation")

    def new(self) -> None:
        """A new project with what the Generate panel asks for."""
        self.after_saving(lambda: self._editor.start(new_project(self._settings())))

    def new_from_example(self) -> None:
        """A copy of the project that ships, without a file."""
        self.after_saving(lambda: self._read(self._example, lambda file: self._editor.start(file.project)))

    def ask_open(self) -> None:
        """Let the person choose a project and open it."""

        def answer(paths: list[Path]) -> None:
            if paths:
                self.open(paths[0])

        self._desk.prompts.open_paths(self.tr("Open animation project"), self._folder(), self._filter(), answer)

    def open(self, path: Path) -> None:
        """Open a project once unsaved changes of this one are dealt with."""
        self.after_saving(lambda: self._read(path, self._editor.open))

    def save(self, then: Then | None = None) -> None:
        """Save to the project's own file, asking for one when it has none."""
        if self._editor.path is None:
            self.save_as(then)
        else:
            self._write(self._editor.path, then)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save there."""
        if self._editor.project is None:
            return

        def answer(path: Path | None) -> None:
            if path is not None:
                self._write(path, then)

        suggestion = self._editor.path or self._folder() / f"{self.name()}.{SUFFIX}"
        title = self.tr("Save animation project")
        self._desk.prompts.save_path(title, suggestion, self._filter(), SUFFIX, answer)

    def after_saving(self, then: Then) -> None:
        """Go on once unsaved changes are saved or given up; not at all when the person cancels."""
        if not self._editor.is_modified:
            then()
            return
        offer_saving(self._desk.prompts, self.name(), save=self.save, then=then)

    def _read(self, path: Path, then: Callable[[ProjectFile], object]) -> None:
        self._desk.notices.clear("project")
        self._desk.tasks.run(lambda: read_project(path), then, self._failed)

    def _write(self, path: Path, then: Then | None) -> None:
        project = self._editor.saved_as(path)

        def saved(_nothing: None) -> None:
            self._editor.mark_saved(path, project)
            if then is not None:
                self.after_saving(then)

        self._desk.notices.clear("project")
        self._desk.tasks.run(lambda: write_project(project, path), saved, self._failed)

    def _failed(self, error: Exception) -> None:
        self._desk.notices.show_error(error, key="project")

    def _folder(self) -> Path:
        return self._desk.recent.folder(self._editor.path or self._desk.session.path)

    def _filter(self) -> str:
        return self.tr("Animation project") + f" (*.{SUFFIX})"


def new_project(settings: GenerationSettings) -> AnimationProject:
    """A latent walk with these settings. The guidance is one value, and so is the prompt, until keyframes are added."""
    shared = {name: getattr(settings, name) for name in ("model", "scheduler", "steps", "width", "height")}
    return AnimationProject(
        frames=_NEW_FRAMES,
        fps=_NEW_FPS,
        prompt=(PromptKey(frame=0, text=settings.prompt),),
        negative_prompt=(PromptKey(frame=0, text=settings.negative_prompt),),
        seed=(SeedKey(frame=0, seed=settings.seed),),
        guidance_scale=(NumberKey(frame=0, value=settings.guidance_scale),),
        **shared,
    )
