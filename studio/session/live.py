"""Live painting: a new picture while somebody draws. One request is on its way at a time, and the newest wins."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from studio.document import Document
from studio.errors import Cancelled
from studio.generation import MAX_SEED, GenerationResult, GenerationSettings, Progress
from studio.generation.placement import place
from studio.history import StepKind
from studio.jobs.live import LiveFrame, LiveRequest
from studio.session.live_frames import Changes, FrameRun, LiveWorker, fails_alike, is_drawn_alike, looks_alike
from studio.session.live_pace import Pace
from studio.session.live_recording import LiveRecording
from studio.session.session import Session
from studio.system.signals import Signal

APPLY: Final = StepKind("live.apply", "Apply live picture", "live")

DEFAULT_STRENGTH: Final = 0.3
LEAST_STRENGTH: Final = 0.05


class LiveStatus(StrEnum):
    """What live painting does."""

    OFF = "off"
    CURRENT = "current"
    """What is shown is drawn of the document as it is."""
    SOON = "soon"
    """A change is drawn in a moment."""
    DRAWING = "drawing"
    WAITING = "waiting"
    """Jobs of the queue go first."""
    ON_DEMAND = "on_demand"
    """Frames take long: they are drawn when they are asked for."""
    REFUSED = "refused"
    """`LivePainting.error` says why."""


class Alarm(Protocol):
    """Calls `LivePainting.wake` once, after a time."""

    def set(self, seconds: float) -> None:
        """In so many seconds, in place of what was set before."""
        ...

    def clear(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class LiveSources:
    """Where live painting looks.

    ``settings(document)`` is how to draw it; seed and strength are its own. ``so_far()`` is the document with the
    stroke under way, or ``None`` without one.
    """

    settings: Callable[[Document], GenerationSettings]
    so_far: Callable[[], Document | None]


@dataclass(frozen=True)
class _Refusal:
    """Why a request cannot be drawn: it is not tried again unasked, until it is another one."""

    error: Exception
    request: LiveRequest


class LivePainting:
    """The switch, the picture that is shown, and when the next one is asked for. It follows the shown document.

    Without a ``seed`` it begins with that of the settings.

    Signals: ``changed()`` when anything is other than it was but the picture; ``framed()`` when another picture, or
    none, is to be shown; ``asked()`` when one was begun: what is painted from then on is not in it;
    ``applied(GenerationResult)`` when a picture was made a layer;
    ``recorded(LiveRecording)`` when a recording has ended that holds frames.
    """

    changed = Signal()
    framed = Signal()
    asked = Signal()
    applied = Signal(GenerationResult)
    recorded = Signal(LiveRecording)

    def __init__(
        self,
        session: Session,
        worker: LiveWorker,
        sources: LiveSources,
        alarm: Alarm,
        clock: Callable[[], float] = time.monotonic,
        *,
        strength: float = DEFAULT_STRENGTH,
        seed: int | None = None,
    ) -> None:
        self._session = session
        self._worker = worker
        self._sources = sources
        self._alarm = alarm
        self._clock = clock
        self._strength = strength
        self._seed = seed
        self._status = LiveStatus.OFF
        self._document_id = session.current.id
        self._frame: LiveFrame | None = None
        self._changes: Changes | None = None
        self._run: FrameRun | None = None
        self._gave_up_last = False
        self._pace = Pace()
        self._kind: tuple[str, int] | None = None
        self._refusal: _Refusal | None = None
        self._recording: LiveRecording | None = None
        session.document_changed.connect(self._document_changed)
        session.documents_changed.connect(self._look_at_recording)
        session.queue.jobs_changed.connect(self._jobs_changed)

    # --- what is so -------------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        return self._status is not LiveStatus.OFF

    @property
    def status(self) -> LiveStatus:
        return self._status

    @property
    def frame(self) -> LiveFrame | None:
        """The picture that is shown; ``None`` before the first."""
        return self._frame

    @property
    def progress(self) -> Progress | None:
        """How far the frame is that is being drawn."""
        return None if self._run is None else self._run.progress

    @property
    def seconds(self) -> float | None:
        """What a frame takes, as far as that is known."""
        return self._pace.seconds

    @property
    def error(self) -> Exception | None:
        """Why nothing is drawn, if it was refused."""
        return None if self._refusal is None else self._refusal.error

    @property
    def strength(self) -> float:
        """How far the canvas is drawn over, `LEAST_STRENGTH`..1."""
        return self._strength

    @property
    def seed(self) -> int:
        return 0 if self._seed is None else self._seed

    @property
    def recording(self) -> LiveRecording | None:
        return self._recording

    # --- what a person asks -----------------------------------------------------------------------

    def turn(self, on: bool) -> None:
        """Begin, or end and take the picture away; what was applied stays."""
        if on == self.is_on:
            return
        if on:
            self._document_id = self._session.current.id
            self._status = LiveStatus.SOON
            self._note(is_demanded=True)  # one picture, however long it takes
            self.note_settings()
        else:
            self._forget()
            self._status = LiveStatus.OFF
            self._worker.rest()
            self.stop_recording()
        self.changed.emit()

    def set_strength(self, strength: float) -> None:
        strength = round(min(1.0, max(LEAST_STRENGTH, strength)), 4)
        if strength != self._strength:
            self._strength = strength
            self._change_of_mind()

    def set_seed(self, seed: int) -> None:
        """Draw with another seed, 0..`MAX_SEED`, round and round."""
        seed %= MAX_SEED + 1
        if seed != self._seed:
            self._seed = seed
            self._change_of_mind()

    def step_seed(self, by: int) -> None:
        """The next or the previous variation."""
        self.set_seed(self.seed + by)

    def draw_now(self) -> None:
        """Draw the document as it is, also where frames take long or the last one was refused."""
        if self.is_on:
            self._refusal = None
            self._note(is_demanded=True)
            self._go_on()

    def apply(self) -> None:
        """Make the shown picture a layer, as one step; it stays whatever is drawn next. Nothing without one.

        Raises `SettingError` where the canvas was changed so that it lies outside.
        """
        if self._frame is not None:
            result = self._frame.result()
            document = place(self._session.document, result)
            self._session.apply(APPLY, document, settings=result.settings_of(0).json())
            self.applied.emit(result)

    def start_recording(self) -> None:
        """Keep every picture from now on, with the one that is shown."""
        self._recording = LiveRecording(self._session.current.id)
        if self._frame is not None:
            self._recording.add(self._frame.seen)
        self.changed.emit()

    def stop_recording(self) -> None:
        """End a recording and hand it over, if it holds anything."""
        ended, self._recording = self._recording, None
        if ended is not None:
            self.changed.emit()
            if ended.frames:
                self.recorded.emit(ended)

    # --- what happens -----------------------------------------------------------------------------

    def note_paint(self) -> None:
        """Something was painted that is not a step yet, or dropped."""
        self._change()

    def note_settings(self) -> None:
        """The person may ask for another picture, or another model can be had."""
        if not self.is_on:
            return
        self._refusal = None
        settings = self._sources.settings(self._session.document)
        if self._seed is None:
            self._seed = settings.seed
        if self._kind != (settings.model, settings.steps):
            self._kind, self._pace = (settings.model, settings.steps), Pace()
        self._change()

    def pen_down(self) -> None:
        """A stroke begins: a frame that has most of its way before it would only hold up the next."""
        self._give_up_for_newer()

    def wake(self) -> None:
        """The alarm rang."""
        self._go_on()

    def _document_changed(self, old: Document, new: Document) -> None:
        if not self.is_on:
            return
        is_another = self._session.current.id != self._document_id
        if is_another or old.canvas != new.canvas:
            self._document_id = self._session.current.id
            self._forget()
        elif looks_alike(old, new):
            return
        self._change()

    def _jobs_changed(self) -> None:
        if self._run is not None and self._jobs_go_first():
            self._run.cancel()
        self._go_on()

    def _look_at_recording(self) -> None:
        """A recording of a document that was closed has ended."""
        if self._recording is not None and self._session.find(self._recording.document_id) is None:
            self.stop_recording()

    # --- asking for frames ------------------------------------------------------------------------

    def _change(self) -> None:
        if self.is_on:
            self._note()
            self._go_on()

    def _change_of_mind(self) -> None:
        """The person has another wish for the same document."""
        self._give_up_for_newer()
        self._change()
        self.changed.emit()

    def _note(self, *, is_demanded: bool = False) -> None:
        now = self._clock()
        self._changes = (self._changes or Changes(now, now)).with_one(now, is_demanded=is_demanded)

    def _go_on(self) -> None:
        """Begin a frame if one is due, or see to it that it will be."""
        if not self.is_on or self._run is not None:
            return
        if self._changes is None:
            self._tell(LiveStatus.CURRENT if self._refusal is None else LiveStatus.REFUSED)
        elif self._jobs_go_first():
            self._tell(LiveStatus.WAITING)
        elif self._pace.is_slow and not self._changes.is_demanded:
            self._tell(LiveStatus.ON_DEMAND)
        else:
            self._begin_when_due(self._changes)

    def _begin_when_due(self, changes: Changes) -> None:
        due = changes.first if changes.is_demanded else self._pace.due(changes.first, changes.last)
        left = due - self._clock()
        if left > 0.0:
            self._alarm.set(left)
            self._tell(LiveStatus.SOON)
            return
        request = self._request()
        self._changes = None
        if self._is_known(request):
            self._go_on()
        else:
            self._begin(request, is_demanded=changes.is_demanded)

    def _begin(self, request: LiveRequest, *, is_demanded: bool) -> None:
        self._refusal = None
        run = self._run = FrameRun(
            request=request,
            document_id=self._document_id,
            began=self._clock(),
            is_demanded=is_demanded,
            may_be_given_up=not is_demanded and not self._gave_up_last,  # who paints on and on sees every other one
        )
        self.asked.emit()
        self._tell(LiveStatus.DRAWING)
        run.handle = self._worker.draw(request, self._done, self._failed, self._progressed)

    def _request(self) -> LiveRequest:
        document = (self._sources.so_far() or self._session.document).masked_by_selection()
        settings = self._sources.settings(document).with_changes(strength=self._strength, seed=self.seed)
        return LiveRequest(document=document, settings=settings)

    def _is_known(self, request: LiveRequest) -> bool:
        """Whether what would come of it is here already."""
        if self._refusal is not None:
            return fails_alike(request, self._refusal.request)
        return self._frame is not None and is_drawn_alike(request, self._frame.request)

    def _jobs_go_first(self) -> bool:
        return any(not job.is_over for job in self._session.queue.jobs)

    # --- what becomes of them ---------------------------------------------------------------------

    def _progressed(self, progress: Progress) -> None:
        if self._run is not None:
            self._run.progressed(progress, self._clock())
            self.changed.emit()

    def _done(self, frame: LiveFrame) -> None:
        run, self._run = self._run, None
        self._gave_up_last = False
        if run is not None and self._is_of_what_is_shown(run):
            self._pace = Pace(frame.seconds)
            self._frame = frame
            self._keep(frame)
            self.framed.emit()
        self._go_on()

    def _failed(self, error: Exception) -> None:
        run, self._run = self._run, None
        if run is not None and self._is_of_what_is_shown(run):
            if isinstance(error, Cancelled):
                self._note(is_demanded=run.is_demanded)
            else:
                self._gave_up_last = False
                self._refusal = _Refusal(error, run.request)
        self._go_on()

    def _is_of_what_is_shown(self, run: FrameRun) -> bool:
        same_place = run.document_id == self._document_id
        return self.is_on and same_place and run.request.document.canvas == self._session.document.canvas

    def _keep(self, frame: LiveFrame) -> None:
        recording = self._recording
        if recording is not None and recording.document_id == self._document_id:
            recording.add(frame.seen)

    def _give_up_for_newer(self) -> None:
        """Cancel a frame that has not come far."""
        run, now = self._run, self._clock()
        if run is not None and run.may_be_given_up and not run.is_far(self._pace, now):
            self._pace = run.foretold(self._pace, now)
            self._gave_up_last = True
            run.cancel()

    def _forget(self) -> None:
        """Take the picture away and give up what is on its way."""
        self._alarm.clear()
        self._changes = self._refusal = None
        if self._run is not None:
            self._run.cancel()
        if self._frame is not None:
            self._frame = None
            self.framed.emit()

    def _tell(self, status: LiveStatus) -> None:
        if status is not LiveStatus.SOON:
            self._alarm.clear()
        if status != self._status:
            self._status = status
            self.changed.emit()
