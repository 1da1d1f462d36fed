"""The engine as the window sees it: how it stands, and one piece of work on it at a time, off the window's thread."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QCoreApplication, QObject, Signal

from studio.errors import Cancelled
from studio.installation.activation import EngineState, activate, engine_state
from studio.installation.store import Engine, EngineStore
from studio.paths import Paths
from studio.ui.background.background import Background, Run

if TYPE_CHECKING:
    from studio.installation.backends import Backend, Why
    from studio.installation.installing import EnginePlan, EngineProgress


@dataclass(frozen=True)
class Offer:
    """The builds for this machine, the one that fits it best, and why."""

    backends: tuple[Backend, ...]
    best: Backend
    why: Why


EngineWork = Literal["installing", "removing", "changing"]


@dataclass(frozen=True, kw_only=True)
class EngineStatus:
    """How the engine stands and what is done to it: the one value from which everything in the window shows it.

    ``problem`` says why the installed engine cannot be used, ``error`` why the last piece of work failed; ``work`` is
    what runs, with its ``progress`` as far as it was told.
    """

    kind: Literal["ready", "missing", "unusable"]
    problem: str = ""
    work: EngineWork | None = None
    progress: EngineProgress | None = None
    is_stopping: bool = False
    error: Exception | None = None

    @property
    def is_installing(self) -> bool:
        return self.work == "installing"


_KINDS: Final[Mapping[str, Literal["ready", "missing", "unusable"]]] = {"missing": "missing", "unusable": "unusable"}


class EngineInstallation(QObject):
    """Installs, changes and removes engines. It lives as long as the window: closing a dialog stops nothing.

    Signals: ``status_changed()`` when `status` became another, also as work goes on; ``offered(Offer)``, what `look`
    found; ``changed()`` when what is installed or in use became another; ``ended(object)`` with the error of the last
    work, or ``None``; ``installed()`` when an engine was put in place, and before it ``drawable()`` when pictures can
    be drawn from now on, without a new start.
    """

    status_changed = Signal()
    offered = Signal(object)
    changed = Signal()
    ended = Signal(object)
    installed = Signal()
    drawable = Signal()

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._store = EngineStore(paths.engines)
        self._background = Background("engine", self)
        self._asking = Background("graphics-card", self, expendable=True)
        self._run: Run | None = None
        self._work: EngineWork | None = None
        self._progress: EngineProgress | None = None
        self._error: Exception | None = None
        self.offer: Offer | None = None
        self.plan_in_work: EnginePlan | None = None
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    # --- how it stands ----------------------------------------------------------------------------

    def state(self) -> EngineState:
        """Whether pictures can be drawn, without loading anything."""
        return engine_state(self._paths)

    def can_draw(self) -> bool:
        return self.state().can_draw

    def status(self) -> EngineStatus:
        """How it stands at this moment."""
        state = self.state()
        return EngineStatus(
            kind=_KINDS.get(state.kind, "ready"),
            problem=state.problem,
            work=self._work,
            progress=self._progress,
            is_stopping=self._run is not None and self._run.is_cancelled,
            error=self._error,
        )

    def engines(self) -> tuple[Engine, ...]:
        return self._store.engines()

    def current(self) -> Engine | None:
        return self._store.current()

    def previous(self) -> Engine | None:
        return self._store.previous()

    @property
    def is_running(self) -> bool:
        return self._run is not None

    @property
    def needs_new_start(self) -> bool:
        """Whether this process draws, or has drawn, with another engine than the one in use."""
        engine, torch = self._store.current(), sys.modules.get("torch")
        where = getattr(torch, "__file__", None)
        return bool(engine and where and not str(where).startswith(str(engine.libraries)))

    def look(self) -> None:
        """Ask the drivers what would fit, in the background: one that hangs takes ten seconds."""
        if self._asking.is_busy:
            return
        resources = self._paths.engine_resources

        def ask() -> Offer:
            from studio.installation.backends import choose_backend, known_backends, look_at_machine

            machine = look_at_machine()
            backends = known_backends(resources, machine.system)
            return Offer(backends, *choose_backend(backends, machine))

        self._asking.run(ask, self._take_offer, self._fail)

    # --- work -------------------------------------------------------------------------------------

    def install(self, plan: EnginePlan) -> None:
        """Install an engine and use it. Nothing happens while another piece of work runs."""
        from studio.installation.installing import install_engine

        could_draw = self.can_draw()

        def installed(_engine: Engine) -> None:
            activate(self._paths)
            if not could_draw and self.can_draw():
                self.drawable.emit()

            self.installed.emit()

        if not self.is_running:
            self.plan_in_work = plan
        self._start("installing", lambda run: install_engine(self._store, plan, run.tell, run.token), installed)

    def plan(self, backend: Backend) -> EnginePlan:
        """A plan for a build, from the usual index."""
        from studio.installation.installing import EnginePlan

        return EnginePlan(backend=backend, resources=self._paths.engine_resources)

    def use(self, engine: Engine) -> None:
        """Use another installed engine from the next start on."""
        self._start("changing", lambda _run: self._store.use(engine))

    def go_back(self) -> None:
        """Use the engine before this one again."""
        self._start("changing", lambda _run: self._store.go_back())

    def remove(self, engine: Engine) -> None:
        """Delete an engine."""
        self._start("removing", lambda _run: self._store.remove(engine))

    def cancel(self) -> None:
        """Stop an installation; what has arrived is kept for the next try."""
        if self._run is not None and self._work == "installing":
            self._run.cancel()
            self.status_changed.emit()

    def forget_error(self) -> None:
        """What failed is to be tried in another way."""
        if self._error is not None:
            self._error = None
            self.status_changed.emit()

    def stop(self) -> None:
        """Cancel, and let the thread go without waiting for it."""
        self._asking.stop()
        self._background.stop()

    def _start(
        self, kind: EngineWork, work: Callable[[Run], object], then: Callable[[Engine], object] | None = None
    ) -> None:
        if self._run is not None:
            return

        def done(outcome: object) -> None:
            self._run = self._work = self._progress = None
            if then is not None and isinstance(outcome, Engine):
                then(outcome)
            self._end(None)

        self._work, self._progress, self._error = kind, None, None
        self._run = self._background.start(work, done, self._end, self._take_progress)
        self.status_changed.emit()

    def _end(self, error: Exception | None) -> None:
        self._run = self._work = self._progress = self.plan_in_work = None
        self._error = None if was_cancelled(error) else error
        self.changed.emit()
        self.ended.emit(error)
        self.status_changed.emit()

    def _fail(self, error: Exception) -> None:
        """What fits this machine could not be found out."""
        self._error = error
        self.status_changed.emit()

    def _take_offer(self, offer: Offer) -> None:
        self.offer = offer
        self.offered.emit(offer)

    def _take_progress(self, progress: EngineProgress) -> None:
        self._progress = progress
        self.status_changed.emit()


def was_cancelled(error: object) -> bool:
    """Whether work ended because a person stopped it."""
    return isinstance(error, Cancelled)
