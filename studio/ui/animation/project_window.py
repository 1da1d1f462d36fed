"""The window of an animation project: settings at the left, the frame above, tracks with their curves below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolBar,
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
from studio.ui.animation.frame_preview import FramePreview
from studio.ui.animation.project_files import ProjectFiles
from studio.ui.animation.project_form import ProjectForm
from studio.ui.animation.project_rescue import ProjectRescue
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
from studio.ui.dialogs.prompts import Prompts
from studio.ui.panels.generate.generate_bar import progress_text
from studio.ui.panels.thumbnails import image_of
from studio.ui.style.icons import app_icon, icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import without_state
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeBar

Layers = tuple[PaintLayer, ...]

_SIZE: Final = QSize(1200, 760)
_STEPS: Final = 1000
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


class ProjectWindow(QMainWindow):
    """Edits and renders one project. Closing hides it: the project stays, and a run goes on."""

    def __init__(self, editor: ProjectEditor, parts: ProjectWindowParts) -> None:
        super().__init__(parts.desk.window, Qt.WindowType.Window)
        self.setObjectName("animation-project")
        self.setWindowIcon(app_icon())
        self.editor = editor
        self._parts = parts
        self._session = parts.desk.session
        catalogue = parts.desk.catalogue
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
            host=lambda: catalogue.host,
            root=parts.renders,
            tasks=self._tasks,
            parent=self,
        )

        def modes() -> Mapping[str, AnimationSpec]:
            return catalogue.specs(AnimationSpec)

        self.tracks = TrackPanel(editor, modes)
        self.form = ProjectForm(
            editor,
            modes=modes,
            models=catalogue.models,
            schedulers=lambda: catalogue.specs(SchedulerSpec),
            tracks=self.tracks.tracks,
        )
        self.preview = FramePreview()
        self.project_actions: dict[str, QAction] = {}
        self._follows = False
        self._reading = False
        self._shown: tuple[Path, int] | None = None
        self._ticker = QTimer(self)
        self._ticker.timeout.connect(self._tick)
        self._make_controls()
        self._make_tool_bar()
        self._arrange()
        self._connect()
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

    def _make_controls(self) -> None:
        self.status = ElidedLabel(parent=self)
        self.status.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setProperty("role", "slim")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.render_button = QPushButton(self.tr("Render"))
        self.render_button.setProperty("role", "primary")
        self.render_button.setToolTip(self.tr("Draw the frames that are not there yet (Ctrl+Return)"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Stop within a step; finished frames stay (Ctrl+.)"))
        self.timeline_button = QPushButton(icon("timeline"), self.tr("To Timeline"))
        self.timeline_button.setToolTip(self.tr("Put all frames on the timeline of the picture, in one step"))
        self.picture_button = QPushButton(icon("new"), self.tr("As Picture"))
        self.picture_button.setToolTip(self.tr("Open the frames as a new picture of their size"))
        self.export_button = QPushButton(icon("export"), self.tr("Export…"))
        self.export_button.setToolTip(self.tr("Write the frames as a film, an animated picture or a sprite sheet"))

    def _make_tool_bar(self) -> None:
        bar = QToolBar(self.tr("Project"), self)
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        key = QKeySequence.StandardKey
        for name, icon_name, text, keys, act in (
            ("new", "new", self.tr("New project from the Generate panel"), key.New, self.files.new),
            ("example", "images", self.tr("New project from the example"), None, self.files.new_from_example),
            ("open", "open", self.tr("Open project…"), key.Open, self.files.ask_open),
            ("save", "save", self.tr("Save project"), key.Save, self.files.save),
            ("save_as", "save-as", self.tr("Save project as…"), "Ctrl+Shift+S", self.files.save_as),
            ("", "", "", None, None),
            ("undo", "undo", self.tr("Undo"), key.Undo, self.editor.undo),
            ("redo", "redo", self.tr("Redo"), "Ctrl+Shift+Z", self.editor.redo),
            ("", "", "", None, None),
            ("play", "play", self.tr("Play the frames that are drawn"), "P", None),
        ):
            if not name:
                bar.addSeparator()
                continue
            action = self._action(name, icon_name, text, keys)
            bar.addAction(action)
            button = bar.widgetForAction(action)
            button.setAccessibleName(text.rstrip("…"))
            if act is not None:
                action.triggered.connect(without_state(act))
        for keys, act in (("Ctrl+Return", self.start), ("Ctrl+.", self.rendering.cancel)):
            hidden = self._action(f"key {keys}", "", "", keys)
            hidden.triggered.connect(without_state(act))
            self.addAction(hidden)
        self.project_actions["play"].setCheckable(True)
        self.project_actions["play"].toggled.connect(lambda on: self._play(on=on))
        self.addToolBar(bar)

    def _action(self, name: str, icon_name: str, text: str, keys: QKeySequence.StandardKey | str | None) -> QAction:
        action = QAction(text, self)
        if icon_name:
            action.setIcon(icon(icon_name))
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text} ({shown})" if shown else text)
        self.project_actions[name] = action
        return action

    def _arrange(self) -> None:
        strip = QHBoxLayout()
        strip.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        strip.setSpacing(2 * GRID)
        state = QVBoxLayout()
        state.setSpacing(GRID)
        state.addWidget(self.status)
        state.addWidget(self.bar)
        strip.addLayout(state, 1)
        for button in (
            self.timeline_button,
            self.picture_button,
            self.export_button,
            self.cancel_button,
            self.render_button,
        ):
            strip.addWidget(button)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview, 1)
        column.addLayout(strip)
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
        self.pages.addWidget(self._empty_page())
        self.pages.addWidget(page)
        centre = QWidget()
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.notices)
        whole.addWidget(self.pages, 1)
        self.setCentralWidget(centre)

    def _empty_page(self) -> QWidget:
        """What to do first."""
        page = QWidget()
        title = QLabel(self.tr("Keyframe Animation"))
        title.setProperty("role", "title")
        text = QLabel(
            self.tr(
                "Prompts, seeds and numbers change over the frames by keyframes and formulas. The same project file "
                "is drawn here and by “shoreline animate”."
            )
        )
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setFixedWidth(110 * GRID)
        text.setMinimumHeight(text.heightForWidth(110 * GRID))
        text.setProperty("role", "muted")
        column = QVBoxLayout(page)
        column.setSpacing(3 * GRID)
        column.addStretch(2)
        for label in (title, text):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addStretch(1)
        self.first_buttons: dict[str, QPushButton] = {}
        for name, words, act in (
            ("example", self.tr("New from the Example"), self.files.new_from_example),
            ("new", self.tr("New from the Generate Panel"), self.files.new),
            ("open", self.tr("Open…"), self.files.ask_open),
        ):
            button = QPushButton(words)
            button.setToolTip(self.project_actions[name].toolTip())
            button.clicked.connect(without_state(act))
            buttons.addWidget(button)
            self.first_buttons[name] = button
        self.first_buttons["example"].setProperty("role", "primary")
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)
        return page

    def _connect(self) -> None:
        follow(self, self.editor.changed, self._show_project)
        follow(self, self._session.document_changed, self._follow_timeline)
        self._desk.catalogue.changed.connect(self.form.refresh_choices)
        self._desk.catalogue.changed.connect(self.tracks.refresh)
        self.render_button.clicked.connect(without_state(self.start))
        self.cancel_button.clicked.connect(without_state(self.rendering.cancel))
        self.timeline_button.clicked.connect(without_state(self.to_timeline))
        self.picture_button.clicked.connect(without_state(self.as_picture))
        self.export_button.clicked.connect(without_state(self.export))
        self.rendering.changed.connect(self._show_render)
        self.rendering.progressed.connect(self._show_progress)
        self.rendering.noted.connect(lambda text: self.notices.show_notice(text, key="render"))
        self.rendering.failed.connect(lambda error: self.notices.show_error(error, key="render"))
        self.tracks.playhead_moved.connect(self._playhead_moved)
        self.tracks.message.connect(lambda text: self.notices.show_notice(text, "warning", key="edit"))
        self.form.browse_asked.connect(self._browse)
        self.form.folder_asked.connect(self._browse_folder)

    # --- what is shown ----------------------------------------------------------------------------

    def _show_project(self) -> None:
        editor = self.editor
        is_open = editor.project is not None
        self.pages.setCurrentIndex(1 if is_open else 0)
        self.setWindowTitle(f"{self.files.name()}[*] — Shoreline" if is_open else self.tr("Keyframe Animation"))
        self.setWindowModified(editor.is_modified)
        for name, can in (
            ("save", is_open and (editor.is_modified or editor.path is None)),
            ("save_as", is_open),
            ("undo", bool(editor.undo_label)),
            ("redo", bool(editor.redo_label)),
            ("play", is_open),
        ):
            self.project_actions[name].setEnabled(can)
        self._show_undo("undo", self.tr("Undo"), editor.undo_label)
        self._show_undo("redo", self.tr("Redo"), editor.redo_label)
        self._show_render()

    def _show_undo(self, name: str, word: str, label: str) -> None:
        action = self.project_actions[name]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{word}: {label} ({keys})" if label else f"{word} ({keys})")

    def _show_render(self) -> None:
        render, rendering = self.rendering.render, self.rendering
        project = self.editor.project
        if project is None:
            return
        drawn = render.drawn if render is not None else 0
        is_whole = render is not None and render.is_whole
        self.tracks.show_drawn(drawn)
        self.render_button.setText(self.tr("Go On") if 0 < drawn < project.frames else self.tr("Render"))
        self.render_button.setVisible(not rendering.is_running)
        self.render_button.setEnabled(not is_whole and self._desk.catalogue.host is not None)
        self.cancel_button.setVisible(rendering.is_running)
        self.cancel_button.setEnabled(not rendering.is_stopping)
        for button in (self.timeline_button, self.picture_button, self.export_button):
            button.setEnabled(is_whole)
        if not rendering.is_running:
            self.bar.setValue(round(drawn / project.frames * _STEPS))
            self.status.setText(self._drawn_text(drawn, project.frames))
        elif rendering.is_stopping:
            self.status.setText(self.tr("Stopping…"))
        elif not rendering.draws_this:
            self.status.setText(self.tr("An earlier state of the project is being drawn"))
        self._show_frame()

    def _drawn_text(self, drawn: int, total: int) -> str:
        if drawn == total:
            return self.tr("All {total} frames are drawn").format(total=total)
        if drawn:
            return self.tr("{drawn} of {total} frames are drawn").format(drawn=drawn, total=total)
        return self.tr("Nothing is drawn yet with these settings")

    def _show_progress(self, progress: Progress) -> None:
        self.status.setText(progress_text(progress))
        self.bar.setValue(round(progress.fraction * _STEPS))
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

    def _play(self, *, on: bool) -> None:
        project = self.editor.project
        action = self.project_actions["play"]
        action.setChecked(on)
        action.setIcon(icon("pause" if on else "play"))
        if on and project is not None:
            self._follows = False
            self._ticker.start(max(1, round(1000 / project.fps)))
        else:
            self._ticker.stop()

    def _tick(self) -> None:
        render = self.rendering.render
        if render is None or not render.drawn:
            self._play(on=False)
        elif not self._reading:  # a frame that takes longer than a tick is waited for
            self._go_to((self.tracks.playhead + 1) % render.drawn)

    # --- doing ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Draw the frames that are not there yet, and watch them come."""
        if self.render_button.isVisible() and self.render_button.isEnabled():
            self.setFocus()  # what is being typed is taken
            self.notices.clear("render")
            self._play(on=False)
            self._follows = True
            self.rendering.start()
            self.status.setText(progress_text(None))

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
        self.status.setText(self.tr("Reading the frames…"))

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
