"""The panels around the picture: one column at the right, tool options above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget

from studio.document import CopiedFrames, Guide, LayerId, current_frame, frames
from studio.editing import guides, regions
from studio.editing.transforming import chosen_for
from studio.generation import GenerationSettings
from studio.session import OpenDocument
from studio.settings import OnionSkinSettings
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.player import Player
from studio.ui.canvas.targets import EditTarget
from studio.ui.canvas.tools.brush import PAINT
from studio.ui.canvas.tools.drawn_shape import SHAPE_STEP
from studio.ui.canvas.tools.fill import FILL
from studio.ui.canvas.tools.gradient import GRADIENT_STEP
from studio.ui.canvas.tools.layer_options import PART, choose_part, chosen_part
from studio.ui.canvas.tools.mask_options import MASK_VIEW
from studio.ui.canvas.tools.options import ToolOptions
from studio.ui.canvas.tools.registry import SHOWN_BY_COMMANDS
from studio.ui.panels.generate.generate_panel import GeneratePanel
from studio.ui.panels.layers.layers_panel import LayersPanel
from studio.ui.panels.tool_options_bar import ToolOptionsBar
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, name_like
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import error_text
from studio.ui.window.brush_dock import BrushDock
from studio.ui.window.dock import DOCK_WIDTH, bring_forward, lock_dock, make_dock
from studio.ui.window.gallery_dock import GalleryDock
from studio.ui.window.late_panel import LatePanel
from studio.ui.window.remembered_colors import colors_to_remember, remembered_colors
from studio.ui.window.window_parts import WindowParts

if TYPE_CHECKING:
    from studio.ui.panels.color_panel import ColorPanel
    from studio.ui.panels.history.history_panel import HistoryPanel
    from studio.ui.panels.queue.queue_panel import QueuePanel
    from studio.ui.panels.timeline.timeline_panel import TimelinePanel

_UPPER_SHARE: Final = 58
"""Percent of the column's height that the Generate panel gets."""
_TIMELINE_HEIGHT: Final = 52 * GRID
_PAINTED: Final = (PAINT, FILL, GRADIENT_STEP, SHAPE_STEP)
"""Steps that used the painting colour."""


class Docks(QObject):
    """Makes the panels, docks them, and ties them to the canvas; does with them what commands ask for.

    Panels that are not seen at first are made when they are, or with `make_rest` once the window is there.
    Signals: ``settings_changed()`` when something that is remembered changed; ``locked(bool)``; ``message(str)`` for
    the person; ``state_changed()`` when something did that commands show: the mask's colour, the player, the docks;
    ``onion_skin_changed(OnionSkinSettings)`` by the person; ``show_requested`` and ``placed`` are the queue's.
    """

    settings_changed = Signal()
    onion_skin_changed = Signal(object)
    show_requested = Signal(str, int)
    placed = Signal()
    locked = Signal(bool)
    message = Signal(str)
    state_changed = Signal()

    def __init__(
        self,
        parts: WindowParts,
        *,
        options: ToolOptions,
        initial: GenerationSettings,
        actions: ActionTable,
        wildcards: Callable[[], Sequence[str]],
        engine: EngineInstallation,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session = parts.session
        self._catalogue = parts.catalogue
        self._settings = parts.store.current
        self._actions = actions
        self._window = window
        self._options = options
        self._is_locked = True
        self.colors = remembered_colors(self._settings, self)
        self.generate = self._generate_panel(initial, wildcards, engine)
        self.layers = LayersPanel(session, actions)
        self.gallery = GalleryDock(parts, actions, window)
        self.player = Player(session, self)
        self.tool_options = ToolOptionsBar(session, options, actions)
        name_like(self.tool_options.form(MASK_VIEW.id).widget_of("visible"), actions["view.mask"])
        self.brushes = BrushDock(parts, self.tool_options, actions, window)
        self._make_docks()
        self._connect_panels()

    # --- building ---------------------------------------------------------------------------------

    def _generate_panel(
        self, initial: GenerationSettings, wildcards: Callable[[], Sequence[str]], engine: EngineInstallation
    ) -> GeneratePanel:
        catalogue = self._catalogue
        panel = GeneratePanel(
            self._session,
            self._actions,
            tools=catalogue.tools,
            schedulers=catalogue.schedulers,
            styles=catalogue.styles,
            models=catalogue.models,
            library=catalogue.models_and_adapters,
            guides=catalogue.guides,
            filters=catalogue.filters,
            initial=initial,
            native_side=catalogue.native_side,
            engine=engine,
            tokenizer=catalogue.tokenizer,
            wildcards=wildcards,
        )
        panel.prompt.set_remembered(self._settings.prompts)
        panel.loras.adds_words = self._settings.adds_trigger_words
        catalogue.changed.connect(panel.refresh)
        panel.guides.values_wanted.connect(self._ask_guide_values)
        return panel

    def _make_docks(self) -> None:
        window = self._window
        self._color = LatePanel("color", self.tr("Colour"), self._color_panel, window)
        self._history = LatePanel("history", self.tr("History"), self._history_panel, window)
        self._queue = LatePanel("queue", self.tr("Queue"), self._queue_panel, window)
        self._timeline = LatePanel("timeline", self.tr("Timeline"), self._timeline_panel, window)
        self._docks = [
            make_dock("generate", self.tr("Generate"), self.generate, window),
            make_dock("layers", self.tr("Layers"), self.layers, window),
            *(late.dock for late in (self._color, self._history, self._queue)),
        ]
        self._bottom = self._timeline.dock
        self._bottom.toggleViewAction().triggered.connect(self._give_height)

    def _color_panel(self) -> ColorPanel:
        from studio.ui.panels.color_panel import ColorPanel

        panel = ColorPanel(self.colors, self._actions, palettes=self.brushes.palettes)
        panel.palettes.failed.connect(lambda error: self.message.emit(error_text(error)))
        return panel

    def _history_panel(self) -> HistoryPanel:
        from studio.ui.panels.history.history_panel import HistoryPanel

        panel = HistoryPanel(self._session, self._actions)
        panel.reuse_requested.connect(self.use_settings)
        return panel

    def _queue_panel(self) -> QueuePanel:
        from studio.ui.panels.queue.queue_panel import QueuePanel

        panel = QueuePanel(self._session, self._actions, self._catalogue.tools)
        panel.reuse_requested.connect(self.use_settings)
        panel.message.connect(self.message)
        panel.show_requested.connect(self.show_requested)
        panel.placed.connect(self.placed)
        return panel

    def _timeline_panel(self) -> TimelinePanel:
        from studio.ui.panels.timeline.timeline_panel import TimelinePanel

        panel = TimelinePanel(self._session, self.player, self._actions, onion_skin=self._settings.onion_skin)
        panel.message.connect(self.message)
        panel.onion_skin_changed.connect(self.onion_skin_changed)
        panel.onion_skin_changed.connect(lambda _skin: self.settings_changed.emit())
        return panel

    def make_rest(self) -> Iterable[Callable[[], object]]:
        """Pieces of work that make the panels that nobody has seen yet."""
        return [late.make for late in (self.brushes.late, self._color, self._history, self._queue, self._timeline)]

    @property
    def color(self) -> ColorPanel:
        return self._color.panel

    @property
    def history(self) -> HistoryPanel:
        return self._history.panel

    @property
    def queue(self) -> QueuePanel:
        return self._queue.panel

    @property
    def timeline(self) -> TimelinePanel:
        return self._timeline.panel

    def onion_skin(self) -> OnionSkinSettings:
        """How frames around the current one are shown."""
        return self.timeline.onion_skin() if self._timeline.is_made else self._settings.onion_skin

    def search_gallery(self) -> None:
        """Show the gallery, and let a text be typed to search for."""
        self.gallery.begin_search()

    # --- placing ----------------------------------------------------------------------------------

    def add_to(self, window: QMainWindow) -> None:
        """Place the docks: generation on top, the others as tabs below."""
        first, second, *others = self._docks
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, first)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, second)
        for dock in others:
            window.tabifyDockWidget(second, dock)
        second.raise_()
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.share_column()
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._bottom)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.gallery.dock)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.brushes.late.dock)
        for dock in (self._bottom, self.gallery.dock, self.brushes.late.dock):
            dock.hide()  # until it is asked for, or a layout that shows it is restored
        window.tabifyDockWidget(self.gallery.dock, self.brushes.late.dock)  # hidden, else Qt's tabs of both stay

    def share_column(self) -> None:
        """Give the column at the right its first width, and each of both docks in it its share."""
        upper, lower = self._docks[:2]
        self._window.resizeDocks([upper, lower], [_UPPER_SHARE, 100 - _UPPER_SHARE], Qt.Orientation.Vertical)
        self._window.resizeDocks([upper, lower], [DOCK_WIDTH, DOCK_WIDTH], Qt.Orientation.Horizontal)

    @property
    def is_locked(self) -> bool:
        """Whether the title bars are hidden, by which panels are dragged, floated and closed."""
        return self._is_locked

    def lock(self, is_locked: bool) -> None:
        """Hide the title bars, or show them."""
        self._is_locked = is_locked
        for dock in self.docks():
            lock_dock(dock, is_locked)
        self.locked.emit(is_locked)

    @property
    def tallest(self) -> QDockWidget:
        """The dock that further panels share their place with at first; the tabs below it are many already."""
        return self._docks[0]

    def docks(self) -> Iterable[QDockWidget]:
        """Every dock, the timeline's last."""
        return (*self._docks, self.gallery.dock, self.brushes.late.dock, self._bottom)

    def show_timeline(self) -> None:
        """Bring the Timeline panel into sight."""
        bring_forward(self._bottom)
        self._give_height()

    def _give_height(self) -> None:
        """The picture would leave the timeline too little for its controls in two rows and the frames."""
        height = max(self._bottom.height(), _TIMELINE_HEIGHT)
        self._window.resizeDocks([self._bottom], [height], Qt.Orientation.Vertical)

    # --- what commands ask for --------------------------------------------------------------------

    @property
    def is_mask_shown(self) -> bool:
        """Whether the mask's colour lies over the picture."""
        return bool(self._options.values(MASK_VIEW.id)["visible"])

    def show_mask(self, is_visible: bool) -> None:
        """Show or hide the mask's colour on the canvas."""
        self._options.set(MASK_VIEW.id, visible=is_visible)

    def mask_radius(self) -> int:
        """By how many pixels the mask is grown, shrunk or feathered."""
        return self.tool_options.mask_bar.pixels()

    def set_mask_radius(self, pixels: int) -> None:
        self.tool_options.mask_bar.set_pixels(pixels)

    def selected_layers(self) -> tuple[LayerId, ...]:
        """The layers that are selected, else the active one."""
        return self.layers.selected_ids()

    def rename_layer(self) -> None:
        bring_forward(self._docks[1])
        self.layers.rename_active()

    def generate_now(self) -> None:
        """Ask for a picture with the settings of the Generate panel."""
        self.generate.generate()

    def draw_with(self, tool_id: str) -> None:
        """Ask for a picture by another tool, with the other settings of the Generate panel, which comes into sight."""
        bring_forward(self._docks[0])
        self.generate.draw_with(tool_id)

    def use_settings(self, settings: GenerationSettings) -> None:
        """Show settings in the Generate panel, with their seed; draw after the same layers, in the same regions."""
        self.generate.set_settings(settings)
        lost = [use.layer for use in guides.use_again(self._session, settings.guides)]
        lost += [use.layer for use in regions.use_again(self._session, settings.regions)]
        if lost:
            text = self.tr("The picture was also drawn after layers that are not in this document: {names}.")
            self.message.emit(text.format(names=", ".join(dict.fromkeys(lost))))

    def edit_words(self, settings: GenerationSettings) -> None:
        """Show settings as `use_settings`, and wait for their words to be changed."""
        self.use_settings(settings)
        bring_forward(self._docks[0])
        prompt = self.generate.prompt.prompt
        prompt.setFocus()
        prompt.selectAll()

    def _ask_guide_values(self, guide: Guide) -> None:
        from studio.ui.dialogs.guide_values import GuideValuesDialog

        question = self.generate.guides.question(guide)
        if question is not None:
            dialog = GuideValuesDialog(question, self._window)
            dialog.chosen.connect(self.generate.guides.change)
            open_dialog(dialog)

    def draw_after_layer(self) -> None:
        """Add the active layer to what pictures are drawn after."""
        self.generate.guides.add_first()

    def make_region(self) -> None:
        """Give the active layer a prompt of its own, and wait for it to be typed."""
        bring_forward(self._docks[0])
        self.generate.regions.add()

    def reweigh_words(self, change: float) -> None:
        """Let the selected words of a prompt, or the one at its cursor, weigh so much more."""
        self.generate.prompt.reweigh(change)

    @property
    def has_onion_skin(self) -> bool:
        return self.onion_skin().enabled

    def show_onion_skin(self, is_shown: bool) -> None:
        self.timeline.show_onion_skin(is_shown)

    def chosen_frames(self) -> tuple[LayerId, ...]:
        """The frames that are selected, else the current one."""
        if self._timeline.is_made:
            return self.timeline.strip.chosen_ids()
        document = self._session.document
        index = current_frame(document)
        return () if index is None else (frames(document)[index].id,)

    @property
    def copied_frames(self) -> CopiedFrames | None:
        return self.timeline.copied if self._timeline.is_made else None

    def keep_frames(self, copied: CopiedFrames) -> None:
        """Remember frames, to be pasted."""
        self.timeline.copied = copied

    # --- the canvas -------------------------------------------------------------------------------

    def connect_canvas(self, canvas: CanvasView) -> None:
        """Let panels and canvas tell each other about tool, colour and mask."""
        options = self.tool_options
        canvas.tool_changed.connect(options.show_tool)
        self.brushes.tool_wanted.connect(canvas.set_tool)
        canvas.color_picked.connect(self.colors.choose)
        canvas.mask_alone_changed.connect(self.layers.show_mask_alone)
        self.layers.target_chosen.connect(self._choose_part)
        self.colors.changed.connect(lambda: canvas.set_color(self.colors.foreground, self.colors.background))
        self.player.picture_changed.connect(canvas.show_played)
        canvas.zoom_changed.connect(self.player.set_zoom)
        canvas.work_began.connect(self.player.stop)
        canvas.asked.connect(lambda command_id: self._actions[command_id].trigger())
        self.onion_skin_changed.connect(canvas.set_onion_skin)
        canvas.set_onion_skin(self.onion_skin())
        canvas.follow_layers(lambda: chosen_for(self._session.document, self.selected_layers(), self.chosen_frames()))
        canvas.set_color(self.colors.foreground, self.colors.background)
        options.show_tool(canvas.tool())

    def paint_on_mask(self, canvas: CanvasView) -> None:
        """Take the brush for the mask of the active layer, with white to show and black to hide."""
        canvas.set_tool("brush")
        self._choose_part("mask")
        self.colors.take_black_and_white()

    # --- the pictures of the queue ----------------------------------------------------------------

    def pictures(self) -> list[tuple[str, int]]:
        """All pictures of the queue from the top to the bottom: the id of the job and the index in it."""
        return self.queue.pictures()

    def place(self, job_id: str, index: int) -> None:
        """Make a picture of the queue a layer."""
        self.queue.place(job_id, index)

    # --- what is remembered -----------------------------------------------------------------------

    def saved_settings(self) -> dict[str, Any]:
        """Fields of `AppSettings` that the panels hold."""
        return {
            "generation": self.generate.settings().values(),
            "prompts": self.generate.prompt.prompt.remembered(),
            "adds_trigger_words": self.generate.loras.adds_words,
            "tool_options": self._options.saved(),
            **colors_to_remember(self.colors),
            "onion_skin": self.onion_skin(),
            "favourite_brushes": self.brushes.favourites(),
        }

    def _connect_panels(self) -> None:
        self.player.playing_changed.connect(lambda _is_playing: self.state_changed.emit())
        for dock in self.docks():
            dock.toggleViewAction().toggled.connect(lambda _is_shown: self.state_changed.emit())
        self.layers.message.connect(self.message)
        self.generate.settings_changed.connect(lambda _settings: self.settings_changed.emit())
        self._options.changed.connect(self._option_changed)
        for changed in (self.colors.changed, self.brushes.changed, self.generate.loras.adds_words_changed):
            changed.connect(self.settings_changed)
        self.brushes.message.connect(self.message)
        follow(self, self._session.history_changed, self._remember_color)
        follow(self, self._session.opened, self._show_opened_timeline)

    def _show_opened_timeline(self, opened: OpenDocument) -> None:
        """A file with frames brings the panel for them."""
        if opened.document.timeline is not None:
            self.show_timeline()

    def _option_changed(self, group_id: str) -> None:
        if group_id == PART.id:
            self.layers.show_target(chosen_part(self._options))
        elif group_id in SHOWN_BY_COMMANDS:
            self.state_changed.emit()
        self.settings_changed.emit()

    def _choose_part(self, part: EditTarget) -> None:
        choose_part(self._options, part, self._session.document)

    def _remember_color(self) -> None:
        history = self._session.history
        if history.steps[history.index].is_a(*_PAINTED):
            self.colors.remember()
