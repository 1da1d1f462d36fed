"""The main window: puts canvas, panels, bars and menus together. What they do is theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from studio.editing.layers import copy_over_above_active
from studio.errors import ShorelineError
from studio.session import Job, JobStatus
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.drops import LayerDrops
from studio.ui.canvas.tools.registry import options_of_tools
from studio.ui.commands.clipboard import Clipboard
from studio.ui.commands.context import Context
from studio.ui.commands.exports import Exports
from studio.ui.commands.file_desk import FileDesk, RecentFiles
from studio.ui.commands.filter_menu import FilterMenu
from studio.ui.commands.guide_maker import GuideMaker
from studio.ui.commands.open_actions import OpenActions
from studio.ui.commands.panels import PANELS, PLUGIN_PANELS, panel_section
from studio.ui.commands.registry import sections
from studio.ui.commands.save_actions import SaveActions
from studio.ui.commands.service_actions import ServiceActions
from studio.ui.commands.upscale_actions import UpscaleActions
from studio.ui.dialogs.prompts import WindowPrompts
from studio.ui.widgets.actions import Actions, Link, tell_keys
from studio.ui.widgets.command import Command
from studio.ui.widgets.dragged_ids import Dragged
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeBar
from studio.ui.widgets.readable import notes_text
from studio.ui.window.animation_projects import AnimationProjects
from studio.ui.window.closing import Closing
from studio.ui.window.color_desk import ColorDesk
from studio.ui.window.docks import Docks
from studio.ui.window.document_tabs import DocumentTabs
from studio.ui.window.engine_notices import EngineNotices
from studio.ui.window.gallery_desk import GalleryDesk
from studio.ui.window.grid_desk import grid_actions
from studio.ui.window.live_desk import LiveDesk
from studio.ui.window.live_previews import LivePreviews
from studio.ui.window.look_desk import LookDesk
from studio.ui.window.menus import Menus
from studio.ui.window.model_use import model_use
from studio.ui.window.plugin_panels import PluginPanels
from studio.ui.window.recovery import Recovery
from studio.ui.window.remembered_window import RememberedWindow, last_generation_settings
from studio.ui.window.result_desk import ResultDesk
from studio.ui.window.start_notices import StartNotices
from studio.ui.window.status_bar import StatusBar
from studio.ui.window.tool_bar import ToolBar
from studio.ui.window.welcome_actions import WelcomeActions
from studio.ui.window.window_parts import WindowParts

if TYPE_CHECKING:
    from studio.ui.widgets.command_search import CommandSearch


class MainWindow(QMainWindow):
    """One window over one session."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("main")
        self.setDockNestingEnabled(True)
        options = options_of_tools(parts.store.current.tool_options)
        self.canvas = CanvasView(parts.session, options)
        self.tabs = DocumentTabs(parts.session)
        self.notices = NoticeBar()
        self.actions_by_id = Actions(sections(), parts.store.current.shortcuts, self)
        settings = parts.store.current
        self.engine = EngineInstallation(parts.paths, self)
        self.start_notices = StartNotices(parts.store, self.notices, self)
        self.docks = Docks(
            parts,
            options=options,
            initial=last_generation_settings(settings),
            actions=self.actions_by_id,
            wildcards=parts.wildcards,
            engine=self.engine,
            window=self,
        )
        self.tool_bar = ToolBar(self.actions_by_id, self.docks.colors, self)
        self.previews = LivePreviews(parts.session, self.canvas, self)
        self.live = LiveDesk(
            parts,
            canvas=self.canvas,
            generate=self.docks.generate,
            engine=self.engine,
            actions=self.actions_by_id,
            notices=self.notices,
            window=self,
        )
        self.results = ResultDesk(
            parts,
            canvas=self.canvas,
            docks=self.docks,
            previews=self.previews,
            actions=self.actions_by_id,
            notices=self.notices,
            window=self,
        )
        self.looks = LookDesk(parts.session, self.canvas, self.docks, self.actions_by_id, self)
        self.setStatusBar(StatusBar(parts.session, parts.worker, self.engine, self))
        self._make_menus()
        self._arrange()
        self._connect()
        self.remembered = RememberedWindow(
            parts.store, self.docks, self.plugin_panels, self.notices, self, looks=self.looks
        )
        self.remembered.restore()
        self._show_session()

    # --- building ---------------------------------------------------------------------------------

    def _make_menus(self) -> None:
        desk = self._desk()
        self._make_services(desk)
        self._make_file_actions(desk)
        self._make_plugin_parts()
        docks = (*self.docks.docks(), self.looks.navigator.dock)
        panels = self.actions_by_id.offer(panel_section(PANELS, docks))
        self.menus = Menus(self, self.actions_by_id, self._parts.catalogue, panels, self.filters.menu)
        self._connect_commands(desk)

    @cached_property
    def command_search(self) -> CommandSearch:
        """The command search, which is made when it is asked for first."""
        from studio.ui.widgets.command_search import CommandSearch

        return CommandSearch(self.actions_by_id, self)

    def _desk(self) -> FileDesk:
        parts = self._parts
        self.recent = RecentFiles(parts.store, self.notices, self)
        return FileDesk(
            session=parts.session,
            store=parts.store,
            catalogue=parts.catalogue,
            tasks=parts.tasks,
            notices=self.notices,
            prompts=parts.prompts or WindowPrompts(self, parts.store),
            recent=self.recent,
            window=self,
            finish_stroke=self.canvas.finish_stroke,
        )

    def _make_services(self, desk: FileDesk) -> None:
        parts = self._parts
        self.services = ServiceActions(
            paths=parts.paths,
            store=parts.store,
            catalogue=parts.catalogue,
            engine=self.engine,
            actions=self.actions_by_id,
            notices=self.notices,
            window=self,
            model_use=model_use(parts.session, self.docks),
            foretell=parts.foretell,
            measure=parts.measure,
            worker=parts.worker,
        )
        self.engine_notices = EngineNotices(self.engine, self.services, self.notices, desk.prompts, self)
        self.welcome = WelcomeActions(
            store=parts.store,
            engine=self.engine,
            services=self.services,
            docks=self.docks,
            actions=self.actions_by_id,
            window=self,
        )

    def _make_file_actions(self, desk: FileDesk) -> None:
        parts = self._parts
        self.saving = SaveActions(desk)
        self.opening = OpenActions(desk)
        self.projects = AnimationProjects(
            desk,
            worker=parts.worker,
            paths=parts.paths,
            settings=self.docks.generate.settings,
            show_timeline=self.docks.show_timeline,
            show_help=self.services.show_help,
            prompts_over=None if parts.prompts else lambda window: WindowPrompts(window, parts.store),
        )
        self.closing = Closing(parts.session, parts.worker, self._after_saving_all, self)
        self.recovery = Recovery(
            parts.session,
            parts.paths.recovery,
            self.notices,
            self,
            unfinished=self.canvas.unfinished,
        )

    def _make_plugin_parts(self) -> None:
        parts = self._parts
        self.filters = FilterMenu(
            parts.session,
            parts.catalogue,
            self.notices,
            actions=self.actions_by_id,
            finish_stroke=self.canvas.finish_stroke,
            show_preview=self.canvas.show_preview,
            window=self,
        )
        self.guide_maker = GuideMaker(
            parts.session,
            parts.catalogue,
            self.notices,
            finish_stroke=self.canvas.finish_stroke,
            show_preview=self.canvas.show_preview,
            window=self,
        )
        self.plugin_panels = PluginPanels(
            parts.session,
            parts.catalogue,
            values=parts.store.current.panel_values,
            finish_stroke=self.canvas.finish_stroke,
            show_preview=self.canvas.show_preview,
            neighbour=self.docks.tallest,
            window=self,
        )

    def _connect_commands(self, desk: FileDesk) -> None:
        parts = self._parts
        context = Context(
            session=parts.session,
            window=self,
            notices=self.notices,
            tasks=parts.tasks,
            canvas=self.canvas,
            panels=self.docks,
            looks=self.looks,
            previews=self.previews,
            live=self.live,
            results=self.results,
            clipboard=Clipboard(parts.session, QGuiApplication.clipboard(), self.notices, self),
            opening=self.opening,
            saving=self.saving,
            exporting=Exports(desk, self.saving.name),
            projects=self.projects,
            upscaling=UpscaleActions(
                parts.session,
                parts.worker,
                parts.catalogue,
                paths=parts.paths,
                settings=self.docks.generate.settings,
                notices=self.notices,
                window=self,
            ),
            guide_maker=self.guide_maker,
            grids=grid_actions(parts, self.docks.generate, self.notices, self),
            brushes=self.docks.brushes.actions_for(desk),
            colors=ColorDesk(desk, self.docks, self.canvas, self.actions_by_id),
            services=self.services,
            run_by=self.actions_by_id.run_by,
            show_welcome=self.welcome.show,
            find_command=lambda: self.command_search.begin(),  # noqa: PLW0108 - it is made when it is asked for
        )
        GalleryDesk(context, self.docks.gallery, self.tabs)
        self.actions_by_id.connect_to(Link(context=context, state=context.state, refused=self._command_refused))

    def _command_refused(self, command: Command[object, object], error: ShorelineError) -> None:
        self.notices.show_error(error, key=command.id.partition(".")[0])

    def _after_saving_all(self, then: Callable[[], object]) -> None:
        """Go on once unsaved changes of pictures and animation project, and an installation, are dealt with."""
        self.saving.after_saving_all(
            lambda: self.projects.after_saving(lambda: self.engine_notices.after_installing(then))
        )

    def _arrange(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.docks.tool_options)
        column.addWidget(self.tabs)
        picture = QGridLayout()  # one cell for all: what lies over the picture does not push it away
        self.results.lay_into(picture)
        picture.addWidget(self.previews.corner, 0, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        picture.addWidget(self.notices, 0, 0, Qt.AlignmentFlag.AlignTop)

        def place(page: QWidget) -> None:
            picture.addWidget(page, 0, 0, Qt.AlignmentFlag.AlignCenter)
            page.stackUnder(self.notices)

        self.welcome.made.connect(place)
        row = QHBoxLayout()
        row.addLayout(picture, 1)
        self.live.lay_into(column, row)
        column.addLayout(row, 1)
        self.setCentralWidget(centre)
        hint = self.tr("Type a prompt and press {keys}, or paint")
        tell_keys(self.actions_by_id["generate.start"], hint, self.canvas.set_hint)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.tool_bar)
        self.docks.add_to(self)

    def _connect(self) -> None:
        self._follow_session()
        self._connect_canvas()
        self._connect_files()
        self._connect_services()
        self.closing.stopping.connect(self._show_stopping)
        self.closing.finished.connect(
            self.close, Qt.ConnectionType.QueuedConnection
        )  # Qt ignores close() in closeEvent

    def _follow_session(self) -> None:
        session = self._parts.session
        for signal in (
            session.document_changed,
            session.history_changed,
            session.file_changed,
            session.documents_changed,
            session.queue.jobs_changed,
        ):
            follow(self, signal, self._show_session)
        follow(self, session.queue.job_ended, self._job_ended)
        for signal in (session.document_changed, session.queue.jobs_changed):
            follow(self.welcome, signal, self.welcome.give_way)

    def _connect_canvas(self) -> None:
        bar = self._status()
        self.canvas.work_began.connect(self.welcome.give_way)
        self.canvas.work_began.connect(self.recovery.note_action)
        self.canvas.zoom_changed.connect(bar.show_zoom)
        self.canvas.cursor_moved.connect(bar.show_pointer)
        self.canvas.cursor_left.connect(bar.clear_pointer)
        self.canvas.message.connect(lambda text: self.notices.show_remark(text, key="canvas"))
        self.docks.message.connect(lambda text: self.notices.show_remark(text, key="panel"))
        self.docks.connect_canvas(self.canvas)
        for shown in (
            self.docks.state_changed,
            self.previews.over_changed,
            self.live.state_changed,
            self.results.state_changed,
            self.canvas.tool_changed,
            self.canvas.mask_alone_changed,
            self.looks.state_changed,
        ):
            shown.connect(self.actions_by_id.refresh)

    def _connect_files(self) -> None:
        self.saving.saved.connect(self._status().show_saved)
        self.saving.saved.connect(self.results.tell_waiting)
        self.canvas.files_dropped.connect(self.opening.drop)
        self.tabs.close_asked.connect(self.saving.close)
        self.tabs.files_dropped.connect(self.opening.open_all)
        for dropped in (self.tabs.layers_dropped, LayerDrops(self.canvas).dropped):
            dropped.connect(self._copy_layers)
        self.opening.settings_offered.connect(self.docks.generate.set_settings)
        self.opening.overhung.connect(self.actions_by_id["layer.fit"].trigger)
        self.recent.changed.connect(self._show_recent)
        self._parts.tasks.busy_changed.connect(self._show_busy)
        self._show_recent()

    def _connect_services(self) -> None:
        self.docks.generate.engine_wanted.connect(self.services.show_engine)
        self.docks.generate.network_wanted.connect(self.services.get_known_model)
        self._status().engine.opened.connect(self.services.show_engine)
        self.engine.changed.connect(self.show_model_state)
        self.services.budget_changed.connect(self._parts.session.set_history_budget)
        self.services.shortcuts_changed.connect(self.actions_by_id.set_shortcuts)
        self.services.shortcuts_changed.connect(self.projects.set_shortcuts)
        self.docks.locked.connect(self.plugin_panels.lock)
        self.plugin_panels.listed.connect(self._list_plugin_panels)

    # --- showing the session ----------------------------------------------------------------------

    def show_model_state(self) -> None:
        """Say in the status bar whether the chosen model is there; about the engine it speaks on its own."""
        model = self.docks.generate.settings().model
        ready = self.tr("Ready") if self.engine.can_draw() else ""
        if not self._parts.worker.has_jobs:
            self._status().show_work(ready if self._parts.catalogue.has_sound_model(model) else self.tr("No model"))

    def _show_session(self, *_changes: object) -> None:
        session = self._parts.session
        self.setWindowTitle(f"{self.saving.name()}[*] — Shoreline")
        self.setWindowModified(session.is_modified)
        self.actions_by_id.look()

    def _copy_layers(self, dragged: Dragged) -> None:
        """Layers of another picture were dropped on this one."""
        session, source = self._parts.session, self._parts.session.find(dragged.document_id)
        if source is not None and source is not session.current:
            self.canvas.finish_stroke()
            copy_over_above_active(session, source.document, dragged.ids)

    def _show_recent(self) -> None:
        self.menus.show_recent(self.recent, self.opening.open)

    def _job_ended(self, job: Job) -> None:
        if job.status is JobStatus.FAILED and job.error is not None:
            self.services.show_failure(job.error)
        elif job.result is not None and job.result.notes:
            self.notices.show_remark(notes_text(job.result.notes), key="job")  # the queue keeps them

    def _show_busy(self, is_busy: bool) -> None:
        if is_busy:
            self.canvas.setCursor(Qt.CursorShape.BusyCursor)
            self.statusBar().showMessage(self.tr("Working with files…"))
        else:
            self.canvas.unsetCursor()
            self.statusBar().clearMessage()

    def _show_stopping(self) -> None:
        self.live.close()
        self.setEnabled(False)
        self._status().show_work(self.tr("Stopping…"), -1.0)

    def _list_plugin_panels(self) -> None:
        section = panel_section(PLUGIN_PANELS, self.plugin_panels.docks())
        self.menus.show_plugin_panels(self.actions_by_id.offer(section))

    def _status(self) -> StatusBar:
        bar = self.statusBar()
        assert isinstance(bar, StatusBar)
        return bar

    # --- Qt events --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the prompt or a number for the picture, where letters choose tools, and the welcome page."""
        if event.key() == Qt.Key.Key_Escape:
            self.welcome.give_way()
            self.canvas.setFocus()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing.is_finished:
            for part in (self.remembered, self.recovery, self.results, self.live, self.projects):
                part.close()
            self.plugin_panels.stop()
            self.engine.stop()
            event.accept()
        else:
            event.ignore()
            self.closing.begin()
