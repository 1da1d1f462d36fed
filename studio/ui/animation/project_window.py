"""The window of an animation project: settings at the left, the frame above, tracks with their curves below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.api import AnimationSpec, SchedulerSpec
from studio.document import Document, PaintLayer, Pixels, current_frame, frames
from studio.editing.animation import ProjectEditor
from studio.errors import ShorelineError
from studio.files.animation.work import read_frame
from studio.generation import GenerationSettings, Progress
from studio.raster.convert import premultiply
from studio.ui.animation.empty_page import EmptyPage
from studio.ui.animation.frame_preview import FramePreview
from studio.ui.animation.project_files import ProjectFiles
from studio.ui.animation.project_form import ProjectForm
from studio.ui.animation.project_rescue import ProjectRescue
from studio.ui.animation.project_state import project_state
from studio.ui.animation.project_tool_bar import ProjectToolBar
from studio.ui.animation.render_strip import RenderStrip
from studio.ui.animation.rendered_frames import (
    TO_TIMELINE,
    check_memory,
    frame_layers,
    new_document_of,
    with_frames_of,
)
from studio.ui.animation.rendering import Render, Rendering
from studio.ui.animation.track_panel import TrackPanel
from studio.ui.background.background import Background
from studio.ui.background.worker import GenerationWorker
from studio.ui.commands.animation_export import AnimationExport
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.keyframe_context import KeyframeContext, KeyframeState
from studio.ui.commands.keyframes import MENUS, KeyframeCommand, keyframe_sections
from studio.ui.commands.menu_bar import fill_menu
from studio.ui.dialogs.prompts import Prompts
from studio.ui.panels.generate.generate_bar import progress_text
from studio.ui.panels.history.history_model import step_title
from studio.ui.panels.thumbnails import image_of
from studio.ui.widgets.actions import Actions, Link
from studio.ui.widgets.command_search import CommandSearch
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeBar

Layers = tuple[PaintLayer, ...]

_SIZE: Final = QSize(1200, 760)
_PICTURES: Final = "PNG, JPEG, WebP (*.png *.jpg *.jpeg *.webp)"
_SOURCES: Final = "(*.mp4 *.webm *.mov *.mkv *.avi *.gif *.apng *.webp *.avif *.png *.jpg *.jpeg)"


@dataclass(frozen=True, kw_only=True)
class ProjectWindowParts:
    """What the window works with."""

    desk: FileDesk
    worker: GenerationWorker
    settings: Callable[[], GenerationSettings]
    renders: Path
    unsaved: Path
    example: Path
    prompts_over: Callable[[QWidget], Prompts] | None
    show_timeline: Callable[[], object]
    show_help: Callable[[], object]


class ProjectWindow(QMainWindow):
    """Edits and renders one project. Closing hides it: the project stays, and a run goes on."""

    def __init__(self, editor: ProjectEditor, parts: ProjectWindowParts) -> None:
        super().__init__(parts.desk.window, Qt.WindowType.Window)
        self.setObjectName("animation-project")
        self.editor = editor
        self._parts = parts
        self._session = parts.desk.session
        self._follows = False
        self._reading = False
        self._shown: tuple[Path, int] | None = None
        self._ticker = QTimer(self)
        self._ticker.timeout.connect(self._tick)
        self._make_work()
        self._make_panels()
        self._arrange()
        self._connect()
        self._connect_commands()
        self._show_project()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(16, 48)))

    def close_for_good(self) -> None:
        """Stop what runs, and let the background threads end."""
        self._ticker.stop()
        self.rendering.cancel()
        self.rescue.close()
        self._tasks.close()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._play(on=False)
        event.accept()

    # --- building ---------------------------------------------------------------------------------

    def _make_work(self) -> None:
        """What is done with the project: its files, its rescue after a crash, rendering and export."""
        parts, editor = self._parts, self.editor
        self.notices = NoticeBar()
        desk = replace(parts.desk, window=self, notices=self.notices)
        if parts.prompts_over is not None:
            desk = replace(desk, prompts=parts.prompts_over(self))
        self._desk = desk
        self._tasks = Background("animation", self)
        self.files = ProjectFiles(desk, editor, parts.settings, parts.example)
        self.rescue = ProjectRescue(
            editor, parts.unsaved, self._tasks, self.notices, after_saving=self.files.after_saving, parent=self
        )
        self.exporting = AnimationExport(desk, self.files.name)
        self.rendering = Rendering(
            editor,
            worker=parts.worker,
            host=lambda: desk.catalogue.host,
            root=parts.renders,
            tasks=self._tasks,
            parent=self,
        )

    def _make_panels(self) -> None:
        """What is seen of it."""
        catalogue = self._desk.catalogue
        modes = partial(catalogue.specs, AnimationSpec)
        self.actions_by_id = Actions(keyframe_sections(), self._desk.store.current.shortcuts, self)
        self.tracks = TrackPanel(self.editor, modes, self.actions_by_id)
        self.form = ProjectForm(
            self.editor,
            modes=modes,
            models=catalogue.models,
            schedulers=lambda: catalogue.specs(SchedulerSpec),
            tracks=self.tracks.tracks,
        )
        self.preview = FramePreview()
        self.tool_bar = ProjectToolBar(self.actions_by_id, self)
        self.addToolBar(self.tool_bar)
        self.empty = EmptyPage(self.actions_by_id)
        self.strip = RenderStrip(self.actions_by_id)
        self.command_search = CommandSearch(self.actions_by_id, self)

    def _arrange(self) -> None:
        for menu in MENUS:
            fill_menu(self.menuBar().addMenu(menu.shown_title), menu, self.actions_by_id, {})
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview, 1)
        column.addWidget(self.strip)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.tracks)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([360, 360])
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.form)
        row.addWidget(self.splitter, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(page)
        centre = QWidget()
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.notices)
        whole.addWidget(self.pages, 1)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        follow(self, self.editor.changed, self._show_project)
        follow(self, self._session.document_changed, self._follow_timeline)
        self._desk.catalogue.changed.connect(self.form.refresh_choices)
        self._desk.catalogue.changed.connect(self.tracks.refresh)
        self._desk.catalogue.changed.connect(self.actions_by_id.refresh)
        self.tracks.view.chosen_changed.connect(self.actions_by_id.refresh)
        self.rendering.changed.connect(self._show_render)
        self.rendering.progressed.connect(self._show_progress)
        self.rendering.noted.connect(lambda text: self.notices.show_notice(text, key="render"))
        self.rendering.failed.connect(lambda error: self.notices.show_error(error, key="render"))
        self.tracks.playhead_moved.connect(self._playhead_moved)
        self.tracks.message.connect(lambda text: self.notices.show_notice(text, "warning", key="edit"))
        self.form.browse_asked.connect(self._browse)
        self.form.folder_asked.connect(self._browse_folder)

    def _connect_commands(self) -> None:
        context = KeyframeContext(
            editor=self.editor,
            files=self.files,
            edits=self.tracks.view.edits,
            curves=self.tracks.view.keys,
            playhead=lambda: self.tracks.playhead,
            frames=self,
            cancel=self.rendering.cancel,
            show_help=self._parts.show_help,
            find_command=self.command_search.begin,
        )
        self.actions_by_id.connect_to(Link(context=context, state=self._state, refused=self._command_refused))

    def _command_refused(self, _command: KeyframeCommand, error: ShorelineError) -> None:
        self.notices.show_error(error, key="edit")

    def _state(self) -> KeyframeState:
        return project_state(
            self.editor,
            self.tracks.view.edits,
            self.rendering,
            has_plugins=self._desk.catalogue.host is not None,
            is_playing=self._ticker.isActive(),
        )

    # --- what is shown ----------------------------------------------------------------------------

    def _show_project(self) -> None:
        editor = self.editor
        is_open = editor.project is not None
        self.pages.setCurrentIndex(1 if is_open else 0)
        self.setWindowTitle(f"{self.files.name()}[*] — Shoreline" if is_open else self.tr("Keyframe Animation"))
        self.setWindowModified(editor.is_modified)
        titles = ("" if step is None else step_title(step) for step in (editor.undo_step, editor.redo_step))
        self.tool_bar.show_undo(*titles)
        self._show_render()

    def _show_render(self) -> None:
        self.actions_by_id.refresh()
        render, rendering = self.rendering.render, self.rendering
        project = self.editor.project
        if project is None:
            return
        drawn = render.drawn if render is not None else 0
        self.tracks.show_drawn(drawn)
        self.strip.render_button.setText(self.tr("Go On") if 0 < drawn < project.frames else self.tr("Render"))
        self.strip.render_button.setVisible(not rendering.is_running)
        self.strip.cancel_button.setVisible(rendering.is_running)
        if not rendering.is_running:
            self.strip.show_state(self._drawn_text(drawn, project.frames), drawn / project.frames)
        elif rendering.is_stopping:
            self.strip.status.setText(self.tr("Stopping…"))
        elif not rendering.draws_this:
            self.strip.status.setText(self.tr("An earlier state of the project is being drawn"))
        self._show_frame()

    def _drawn_text(self, drawn: int, total: int) -> str:
        if drawn == total:
            return self.tr("All {total} frames are drawn").format(total=total)
        if drawn:
            return self.tr("{drawn} of {total} frames are drawn").format(drawn=drawn, total=total)
        return self.tr("Nothing is drawn yet with these settings")

    def _show_progress(self, progress: Progress) -> None:
        self.strip.show_state(progress_text(progress), progress.fraction)
        if not self.rendering.draws_this:
            return
        render = self.rendering.render
        drawn = render.drawn if render is not None else 0
        self.tracks.show_drawn(drawn)
        if self._follows and progress.stage == "animating":
            self._go_to(min(drawn, self.tracks.playhead + 1 if drawn else 0, progress.total_steps - 1))
        if progress.preview is not None and self.tracks.playhead >= drawn - 1:
            self._shown = None
            self.preview.show_image(image_of(progress.preview))

    def _show_frame(self) -> None:
        """Show the frame at the playhead; it is read in the background."""
        render, frame = self.rendering.render, self.tracks.playhead
        if render is None or frame >= render.drawn:
            self._shown = None
            if not (self.rendering.draws_this and not self.preview.image.isNull()):
                self.preview.show_text(self._no_frame_text(frame, is_known=render is not None))
            return
        if self._shown == (render.folder, frame) or self._reading:
            return
        self._reading = True
        place = (render.folder, frame)
        self._tasks.run(lambda: premultiply(read_frame(*place)), lambda pixels: self._read(place, pixels), self._unread)

    def _no_frame_text(self, frame: int, *, is_known: bool) -> str:
        if self.rendering.draws_this:
            return self.tr("Frame {frame} is still to be drawn").format(frame=frame + 1)
        text = self.tr("Frame {frame} is not drawn. Render draws all frames.").format(frame=frame + 1)
        return text if is_known else ""

    def _read(self, place: tuple[Path, int], pixels: Pixels) -> None:
        self._reading = False
        self._shown = place
        self.preview.show_image(image_of(pixels))
        if place[1] != self.tracks.playhead:
            self._show_frame()

    def _unread(self, _error: Exception) -> None:
        """A frame that went away is drawn anew."""
        self._reading = False
        self.rendering.look()

    # --- playhead ---------------------------------------------------------------------------------

    def _playhead_moved(self, frame: int) -> None:
        self._follows = False
        self._share(frame)
        self._show_frame()

    def _go_to(self, frame: int) -> None:
        if frame != self.tracks.playhead:
            self.tracks.go_to(frame)
            self._show_frame()

    def _is_shared(self) -> bool:
        """Whether the timeline of the picture has as many frames as the project, so that they go along."""
        project = self.editor.project
        return project is not None and len(frames(self._session.document)) == project.frames

    def _share(self, frame: int) -> None:
        if self._is_shared():
            self._session.show_frame(frame)

    def _follow_timeline(self, _old: Document, new: Document) -> None:
        frame = current_frame(new)
        if frame is not None and self._is_shared() and self.isVisible() and not self._ticker.isActive():
            self._go_to(frame)

    def toggle_playing(self) -> None:
        """Play the frames that are drawn, or stop."""
        self._play(on=not self._ticker.isActive())

    def _play(self, *, on: bool) -> None:
        project = self.editor.project
        self.tool_bar.show_playing(on=on)
        if on and project is not None:
            self._follows = False
            self._ticker.start(max(1, round(1000 / project.fps)))
        else:
            self._ticker.stop()
        self.actions_by_id.refresh()

    def _tick(self) -> None:
        render = self.rendering.render
        if render is None or not render.drawn:
            self._play(on=False)
        elif not self._reading:  # a frame that takes longer than a tick is waited for
            self._go_to((self.tracks.playhead + 1) % render.drawn)

    # --- doing ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Draw the frames that are not there yet, and watch them come."""
        self.setFocus()  # what is being typed is taken
        self.notices.clear("render")
        self._play(on=False)
        self._follows = True
        self.rendering.start()
        self.strip.status.setText(progress_text(None))

    def to_timeline(self) -> None:
        """Put the frames on the picture's timeline, in one step."""
        target, document = self._session.current, self._session.document

        def done(layers: Layers, render: Render) -> None:
            target.apply(TO_TIMELINE, with_frames_of(target.document, render.project, layers))
            self._parts.show_timeline()

        self._take_frames((document.width, document.height), done)

    def as_picture(self) -> None:
        """Open the frames as a new picture."""

        def done(layers: Layers, render: Render) -> None:
            made = new_document_of(render.project, layers)
            self._session.open_document(made, TO_TIMELINE, modified=True)

        project = self.editor.project
        if project is not None:
            self._take_frames((project.width, project.height), done)

    def _take_frames(self, canvas: tuple[int, int], done: Callable[[Layers, Render], None]) -> None:
        render = self.rendering.render
        if render is None or not render.is_whole:
            return
        try:
            check_memory(render.project)
        except ShorelineError as error:
            self.notices.show_error(error, key="frames")
            return
        self.strip.status.setText(self.tr("Reading the frames…"))

        def read(layers: Layers) -> None:
            done(layers, render)
            self._show_render()

        def failed(error: Exception) -> None:
            self.notices.show_error(error, key="frames")
            self._show_render()

        self._tasks.run(lambda: frame_layers(render, canvas), read, failed)

    def export(self) -> None:
        """Write the frames with the project's export settings."""
        render, project = self.rendering.render, self.editor.project
        if render is None or project is None or not render.is_whole:
            return
        fps = Fraction(str(project.fps))
        options = project.export.options(fps)
        self.exporting.ask_for(lambda _path: render.frames(fps), options, Path(self.files.name()).stem)

    def _browse(self, field: str) -> None:
        folder = self._desk.recent.folder(self.editor.path or self._session.path)
        filters = _PICTURES if field == "mask" else f"{self.tr('Films and pictures')} {_SOURCES}"

        def answer(paths: list[Path]) -> None:
            if paths:
                self.form.set_path(field, paths[0])

        self._desk.prompts.open_paths(self.tr("Choose a file"), folder, filters, answer)

    def _browse_folder(self) -> None:
        folder = self._desk.recent.folder(self.editor.path or self._session.path)

        def answer(path: Path | None) -> None:
            if path is not None:
                self.form.set_path("source", path)

        self._desk.prompts.open_folder(self.tr("Choose a folder of pictures"), folder, answer)
