"""What the commands of the main window work with, and what decides whether they can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtWidgets import QMainWindow

from studio.document import CopiedFrames, Document, LayerId, frames
from studio.editing.picture import EDGES as EDGES_STEP
from studio.editing.selection import last_selection
from studio.generation import GenerationSettings
from studio.session import JobStatus, Session
from studio.ui.background.background import Background
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.player import Player
from studio.ui.canvas.tools.aids import AIDS, aids_shown
from studio.ui.canvas.tools.brush_options import brush_options_of
from studio.ui.canvas.tools.canvas_edges import EDGES, sides_of
from studio.ui.canvas.tools.registry import DEFAULT_TOOL, tool_info
from studio.ui.canvas.tools.selection_options import QUICK_MASK
from studio.ui.canvas.tools.symmetry_options import SYMMETRY
from studio.ui.canvas.tools.transform import TRANSFORM_TOOL
from studio.ui.commands.brush_actions import BrushActions
from studio.ui.commands.clipboard import Clipboard
from studio.ui.commands.exports import Exports
from studio.ui.commands.grid_actions import GridActions
from studio.ui.commands.guide_maker import GuideMaker
from studio.ui.commands.open_actions import OpenActions
from studio.ui.commands.save_actions import SaveActions
from studio.ui.commands.service_actions import ServiceActions
from studio.ui.commands.upscale_actions import UpscaleActions
from studio.ui.panels.history.history_model import step_settings
from studio.ui.style.theme import current_theme
from studio.ui.widgets.command import Command
from studio.ui.widgets.notice_bar import NoticeBar
from studio.ui.widgets.paint_colors import PaintColors

if TYPE_CHECKING:
    from studio.ui.panels.layers.layers_panel import LayersPanel
    from studio.ui.panels.live.live_strip import LivePlace


class Panels(Protocol):
    """What commands ask of the panels around the picture."""

    @property
    def player(self) -> Player: ...

    @property
    def layers(self) -> LayersPanel: ...

    @property
    def is_locked(self) -> bool:
        """Whether the panels are kept in their places."""
        ...

    @property
    def is_mask_shown(self) -> bool:
        """Whether the mask's colour lies over the picture."""
        ...

    @property
    def has_onion_skin(self) -> bool: ...

    @property
    def copied_frames(self) -> CopiedFrames | None: ...

    def selected_layers(self) -> tuple[LayerId, ...]:
        """The layers that are selected, else the active one."""
        ...

    def chosen_frames(self) -> tuple[LayerId, ...]:
        """The frames that are selected, else the current one."""
        ...

    def keep_frames(self, copied: CopiedFrames) -> None:
        """Remember frames, to be pasted."""
        ...

    def show_timeline(self) -> None: ...

    def show_onion_skin(self, shown: bool) -> None: ...

    def show_mask(self, is_visible: bool) -> None: ...

    def lock(self, is_locked: bool) -> None: ...

    def mask_radius(self) -> int:
        """By how many pixels the mask is grown, shrunk or feathered."""
        ...

    def set_mask_radius(self, pixels: int) -> None: ...

    def rename_layer(self) -> None:
        """Let the active layer's name be typed."""
        ...

    @property
    def colors(self) -> PaintColors:
        """The colours to paint with."""
        ...

    def generate_now(self) -> None: ...

    def draw_with(self, tool_id: str) -> None:
        """Ask for a picture by another tool, which stays chosen. `SettingError` where it is not there."""
        ...

    def use_settings(self, settings: GenerationSettings) -> None:
        """Show settings in the Generate panel."""
        ...

    def search_gallery(self) -> None:
        """Show the gallery, and let a text be typed to search for."""
        ...

    def draw_after_layer(self) -> None:
        """Add the active layer to what pictures are drawn after."""
        ...

    def make_region(self) -> None:
        """Give the active layer a prompt of its own."""
        ...

    def reweigh_words(self, change: float) -> None:
        """Let the selected words of a prompt, or the one at its cursor, weigh so much more."""
        ...


class Colors(Protocol):
    """The colours to paint with."""

    def show_palette(self) -> None:
        """Show colours and brushes at the pointer."""
        ...

    def import_palettes(self) -> None:
        """Ask for files with palettes."""
        ...


class Projects(Protocol):
    """The window of keyframe animations."""

    def show(self) -> object: ...

    def ask_open(self) -> None: ...


class Looks(Protocol):
    """What lies around the canvas."""

    @property
    def is_canvas_only(self) -> bool:
        """Whether panels and bars are put away."""
        ...

    def toggle_canvas_only(self) -> None: ...

    def reset_panels(self) -> None:
        """Put every panel where it was at first."""
        ...


class Previews(Protocol):
    """What is being drawn."""

    @property
    def is_over(self) -> bool:
        """Whether it lies over the picture."""
        ...

    def set_over(self, is_over: bool) -> None: ...


class Results(Protocol):
    """Pictures that wait over the canvas until somebody decides."""

    @property
    def waiting(self) -> Sequence[object]: ...

    @property
    def is_looked_at(self) -> bool:
        """Whether one of them is looked at."""
        ...

    @property
    def is_kept(self) -> bool:
        """Whether that one is kept."""
        ...

    @property
    def is_before(self) -> bool:
        """Whether the canvas is seen in its place."""
        ...

    def look(self) -> None: ...

    def step(self, by: int) -> None: ...

    def toggle_before(self) -> None: ...

    def apply(self) -> None: ...

    def keep(self) -> None: ...

    def drop(self) -> None: ...

    def drop_others(self) -> None: ...

    def brush(self) -> None: ...

    def edit_again(self) -> None: ...

    def ask_variations(self) -> None: ...

    def draw_more(self) -> None: ...


class Live(Protocol):
    """Live painting."""

    @property
    def is_on(self) -> bool: ...

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown that can be applied."""
        ...

    @property
    def is_recording(self) -> bool: ...

    @property
    def place(self) -> str:
        """Where the picture is shown: "over", "beside" or "window"."""
        ...

    def toggle(self) -> None: ...

    def apply(self) -> None:
        """Make the shown picture a layer."""
        ...

    def draw_now(self) -> None: ...

    def step_seed(self, by: int) -> None: ...

    def change_strength(self, by: float) -> None: ...

    def show_in(self, place: LivePlace) -> None: ...

    def toggle_recording(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Context:
    """The parts of the main window that commands run with.

    ``window`` owns their dialogs; ``run_by`` runs one by an amount, see `Actions.run_by`.
    """

    session: Session
    window: QMainWindow
    notices: NoticeBar
    tasks: Background
    canvas: CanvasView
    panels: Panels
    looks: Looks
    previews: Previews
    live: Live
    results: Results
    clipboard: Clipboard
    opening: OpenActions
    saving: SaveActions
    exporting: Exports
    projects: Projects
    upscaling: UpscaleActions
    guide_maker: GuideMaker
    grids: GridActions
    brushes: BrushActions
    colors: Colors
    services: ServiceActions
    run_by: Callable[[str, int], object]
    show_welcome: Callable[[], object]
    find_command: Callable[[], object]

    def state(self) -> State:
        """What is so now."""
        session = self.session
        step = session.history.steps[session.history.index]
        return State(
            document=session.document,
            has_several_pictures=len(session.documents) > 1,
            can_undo=session.history.can_undo,
            can_redo=session.history.can_redo,
            can_reselect=last_selection(session) is not None,
            is_drawing=session.queue.running_job is not None,
            has_settings=step_settings(step) is not None,
            has_ended_jobs=any(job.is_over for job in session.queue.jobs),
            has_jobs=any(job.status in (JobStatus.RUNNING, JobStatus.QUEUED) for job in session.queue.jobs),
            has_moved_edges=bool(sides_of(self.canvas.options.values(EDGES.id))),
            has_new_area=step.is_a(EDGES_STEP) and bool(session.document.generation_mask.tiles),
            has_copied_frames=self.panels.copied_frames is not None,
            is_quick_mask=self.canvas.options.values(QUICK_MASK.id)["on"],
            tool=self.canvas.tool(),
            is_transforming=self.canvas.tool() == TRANSFORM_TOOL.id,
            brush_preset=self._brush_preset(),
            symmetry=self.canvas.options.values(SYMMETRY.id),
            is_wrapped_around=self.canvas.is_wrapped_around,
            aids=aids_shown(self.canvas.options.values(AIDS.id)),
            is_mirrored=self.canvas.view_transform().mirrored,
            is_mask_alone=self.canvas.is_mask_alone,
            is_mask_shown=self.panels.is_mask_shown,
            is_preview_over=self.previews.is_over,
            is_canvas_only=self.looks.is_canvas_only,
            is_full_screen=self.window.isFullScreen(),
            are_panels_locked=self.panels.is_locked,
            is_dark=current_theme().name == "dark",
            is_playing=self.panels.player.is_playing,
            has_onion_skin=self.panels.has_onion_skin,
            is_live=self.live.is_on,
            has_live_picture=self.live.has_picture,
            is_recording_live=self.live.is_recording,
            live_place=self.live.place,
            has_results=bool(self.results.waiting),
            is_result_shown=self.results.is_looked_at,
            is_result_kept=self.results.is_kept,
            is_before_result=self.results.is_before,
        )

    def _brush_preset(self) -> str:
        """The preset that the brush in the hand came of; "" for none."""
        group = brush_options_of(tool_info(self.canvas.tool()))
        return "" if group is None else str(self.canvas.options.values(group.id)["preset"])


@dataclass(frozen=True, kw_only=True)
class State:
    """What is so at one moment: it decides which commands are of use and which are checked."""

    document: Document
    has_several_pictures: bool = False
    can_undo: bool = False
    can_redo: bool = False
    can_reselect: bool = False
    is_quick_mask: bool = False
    is_drawing: bool = False
    has_jobs: bool = False
    has_ended_jobs: bool = False
    has_settings: bool = False
    has_copied_frames: bool = False
    has_moved_edges: bool = False
    has_new_area: bool = False
    tool: str = DEFAULT_TOOL
    is_transforming: bool = False
    brush_preset: str = ""
    symmetry: Mapping[str, Any] = field(default_factory=SYMMETRY.defaults)
    aids: frozenset[str] = frozenset()
    is_mirrored: bool = False
    is_wrapped_around: bool = False
    is_mask_alone: bool = False
    is_mask_shown: bool = True
    is_preview_over: bool = True
    is_canvas_only: bool = False
    is_full_screen: bool = False
    are_panels_locked: bool = True
    is_dark: bool = True
    is_playing: bool = False
    has_onion_skin: bool = False
    is_live: bool = False
    has_live_picture: bool = False
    is_recording_live: bool = False
    live_place: str = "over"
    has_results: bool = False
    is_result_shown: bool = False
    is_result_kept: bool = False
    is_before_result: bool = False

    @cached_property
    def frame_count(self) -> int:
        """Frames of the timeline; 0 without one."""
        return len(frames(self.document))


WindowCommand = Command[State, Context]
