"""Live painting in the window: made when it is first turned on, and what commands ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout

from studio.document import Document
from studio.generation import GenerationSettings
from studio.settings import LiveSettings
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.panels.generate.generate_panel import GeneratePanel
from studio.ui.style.translation import layer_names
from studio.ui.widgets.actions import ActionTable, keys_or_name
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeBar
from studio.ui.window.window_parts import WindowParts

if TYPE_CHECKING:
    from studio.session.live import LivePainting
    from studio.session.live_recording import LiveRecording
    from studio.ui.panels.live.live_strip import LivePlace, LiveStrip
    from studio.ui.window.live_screens import LiveScreens

_NOTICE: Final = "live"


class LiveDesk(QObject):
    """The switch, and behind it everything else.

    Signal: ``state_changed()`` when commands are to be shown anew.
    """

    state_changed = Signal()
    _made = Signal()

    def __init__(
        self,
        parts: WindowParts,
        *,
        canvas: CanvasView,
        generate: GeneratePanel,
        engine: EngineInstallation,
        actions: ActionTable,
        notices: NoticeBar,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._parts = parts
        self._canvas = canvas
        self._generate = generate
        self._engine = engine
        self._actions = actions
        self._notices = notices
        self._window = window
        self._set: _Set | None = None
        self._told = self._state()
        self._error: Exception | None = None

    def lay_into(self, column: QVBoxLayout, row: QHBoxLayout) -> None:
        """Its row goes to the end of ``column`` as it is now, and the picture beside the canvas to that of ``row``."""
        place = column.count()

        def lay() -> None:
            column.insertWidget(place, self.strip)
            row.addWidget(self.screens.beside, 1)

        self._made.connect(lay)

    # --- what commands ask ------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        return self._set is not None and self._set.painting.is_on

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown that can be applied."""
        return self._set is not None and self._set.painting.frame is not None

    @property
    def is_recording(self) -> bool:
        return self._set is not None and self._set.painting.recording is not None

    @property
    def place(self) -> LivePlace:
        """Where the picture is shown."""
        return self._parts.store.current.live.place if self._set is None else self._set.screens.place

    @property
    def painting(self) -> LivePainting:
        """The flow; made now if it was not yet, as are `strip` and `screens`."""
        return self._everything().painting

    @property
    def strip(self) -> LiveStrip:
        """The row of controls."""
        return self._everything().strip

    @property
    def screens(self) -> LiveScreens:
        """Where the picture is shown."""
        return self._everything().screens

    def toggle(self) -> None:
        self.painting.turn(not self.is_on)

    def apply(self) -> None:
        """Make the shown picture a layer. Raises `SettingError` where that cannot be."""
        self._canvas.finish_stroke()
        self.painting.apply()

    def draw_now(self) -> None:
        self.painting.draw_now()

    def step_seed(self, by: int) -> None:
        self.painting.step_seed(by)

    def change_strength(self, by: float) -> None:
        self.painting.set_strength(self.painting.strength + by)

    def show_in(self, place: LivePlace) -> None:
        """Show the picture over the canvas, beside it, or in a window of its own."""
        self.screens.show_in(place)

    def toggle_recording(self) -> None:
        if self.is_recording:
            self.painting.stop_recording()
        else:
            self.painting.start_recording()

    def close(self) -> None:
        """The window goes: what is on its way is given up, and heard of no more."""
        if self._set is not None:
            self._set.painting.turn(on=False)

    # --- making -----------------------------------------------------------------------------------

    def _everything(self) -> _Set:
        if self._set is None:
            self._set = self._made_now()
            self._connect(self._set)
            self._made.emit()
        return self._set

    def _made_now(self) -> _Set:
        from studio.session.live import LivePainting, LiveSources
        from studio.ui.background.live_worker import LiveFrames, TimerAlarm
        from studio.ui.panels.live.live_strip import LiveStrip
        from studio.ui.window.live_screens import LiveScreens

        parts, left = self._parts, self._parts.store.current.live
        alarm = TimerAlarm(self)
        painting = LivePainting(
            parts.session,
            LiveFrames(parts.worker),
            LiveSources(settings=self._settings, so_far=self._so_far),
            alarm,
            strength=left.strength,
            seed=left.seed,
        )
        alarm.rang.connect(painting.wake)
        strip = LiveStrip(painting, self._actions, self._window)
        strip.hide()
        return _Set(painting, strip, LiveScreens(self._canvas.live, self._window, left.place))

    def _connect(self, made: _Set) -> None:
        parts, painting = self._parts, made.painting
        follow(self, painting.changed, self._changed)
        follow(self, painting.framed, self._framed)
        follow(self, painting.asked, self._asked)
        follow(self, painting.recorded, self._recorded)
        follow(parts.gallery, painting.applied, parts.gallery.keep)
        made.strip.strength_moved.connect(painting.set_strength)
        made.screens.place_changed.connect(self._place_changed)
        self._canvas.live.document_shown.connect(painting.note_paint)
        self._canvas.work_began.connect(painting.pen_down)
        self._generate.settings_changed.connect(lambda _settings: painting.note_settings())
        for renewed in (parts.catalogue.changed, self._engine.changed):
            renewed.connect(painting.note_settings)

    def _settings(self, document: Document) -> GenerationSettings:
        from studio.jobs.live import live_settings

        return live_settings(self._generate.settings(), self._parts.catalogue.models(), document)

    def _so_far(self) -> Document | None:
        unfinished = self._canvas.unfinished()
        return None if unfinished is None else unfinished.document()

    # --- following --------------------------------------------------------------------------------

    def _changed(self) -> None:
        from studio.ui.panels.live.live_words import live_text

        made = self._everything()
        is_on = made.painting.is_on
        if made.strip.isHidden() is is_on:
            made.strip.setVisible(is_on)
            made.screens.turn(is_on)
        made.screens.show_word(live_text(made.painting, keys_or_name(self._actions["live.draw"])))
        self._show_error(made.painting.error)
        self._remember()
        self._tell()

    def _place_changed(self) -> None:
        self._remember()
        self._tell()

    def _remember(self) -> None:
        """Begin next time as it is now; the file is written with the rest of what the window remembers."""
        painting, store = self.painting, self._parts.store
        seed = painting.seed if painting.is_on else store.current.live.seed
        left = LiveSettings(strength=painting.strength, seed=seed, place=self.place)
        if left != store.current.live:
            store.change(live=left)

    def _show_error(self, error: Exception | None) -> None:
        """Say once why nothing is drawn, as long as that is so."""
        if error is self._error:
            return
        self._error = error
        if error is None:
            self._notices.clear(_NOTICE)
        else:
            self._notices.show_error(error, key=_NOTICE)

    def _asked(self) -> None:
        self._canvas.live.ask()

    def _framed(self) -> None:
        self.screens.show_frame(self.painting.frame)
        self._tell()

    def _state(self) -> tuple[bool, bool, bool, str]:
        return self.is_on, self.has_picture, self.is_recording, self.place

    def _tell(self) -> None:
        """Have commands shown anew if anything of theirs is other than it was: progress comes often."""
        state = self._state()
        if state != self._told:
            self._told = state
            self.state_changed.emit()

    def _recorded(self, recording: LiveRecording) -> None:
        from studio.editing.live_recording import recorded_picture

        self.painting.turn(on=False)  # else it would draw the recording
        names = layer_names()
        self._parts.tasks.run(lambda: recorded_picture(recording.frames, names), self._open, self._refuse)

    def _open(self, document: Document) -> None:
        from studio.editing.live_recording import RECORDED

        self._parts.session.open_document(document, RECORDED, modified=True)

    def _refuse(self, error: Exception) -> None:
        self._notices.show_error(error, key=_NOTICE)


@dataclass(frozen=True)
class _Set:
    """What is made when live painting is first turned on."""

    painting: LivePainting
    strip: LiveStrip
    screens: LiveScreens
