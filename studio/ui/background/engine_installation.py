"""The engine as the window sees it: how it stands, and one piece of work on it at a time, off the window's thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from studio.errors import Cancelled
from studio.installation.activation import EngineState, activate, engine_state
from studio.installation.backends import Backend, Why, choose_backend, known_backends, look_at_machine
from studio.installation.installing import EnginePlan, EngineProgress, install_engine
from studio.installation.store import Engine, EngineStore
from studio.paths import Paths
from studio.ui.background.background import Background, Run


@dataclass(frozen=True)
class Offer:
    """The builds for this machine, the one that fits it best, and why."""

    backends: tuple[Backend, ...]
    best: Backend
    why: Why


class EngineInstallation(QObject):
    """Installs, changes and removes engines. It lives as long as the window: closing a dialog stops nothing.

    Signals: ``offered(Offer)``, what `look` found; ``progressed(EngineProgress)`` while an installation runs;
    ``changed()`` when what is installed or in use became another; ``ended(object)`` with the error of the last work,
    or ``None``; ``drawable()`` when pictures can be drawn from now on, without a new start.
    """

    offered = Signal(object)
    progressed = Signal(object)
    changed = Signal()
    ended = Signal(object)
    drawable = Signal()

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._store = EngineStore(paths.engines)
        self._background = Background("engine", self)
        self._run: Run | None = None
        self.last_progress: EngineProgress | None = None
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    # --- how it stands ----------------------------------------------------------------------------

    def state(self) -> EngineState:
        """Whether pictures can be drawn, without loading anything."""
        return engine_state(self._paths)

    def can_draw(self) -> bool:
        return self.state().can_draw

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
        resources = self._paths.engine_resources

        def ask() -> Offer:
            machine = look_at_machine()
            backends = known_backends(resources, machine.system)
            return Offer(backends, *choose_backend(backends, machine))

        self._background.run(ask, self.offered.emit, self.ended.emit)

    # --- work -------------------------------------------------------------------------------------

    def install(self, plan: EnginePlan) -> None:
        """Install an engine and use it. Nothing happens while another piece of work runs."""
        could_draw = self.can_draw()

        def installed(_engine: Engine) -> None:
            activate(self._paths)
            if not could_draw and self.can_draw():
                self.drawable.emit()

        self._start(lambda run: install_engine(self._store, plan, run.tell, run.token), installed)

    def plan(self, backend: Backend) -> EnginePlan:
        """A plan for a build, from the usual index."""
        return EnginePlan(backend=backend, resources=self._paths.engine_resources)

    def use(self, engine: Engine) -> None:
        """Use another installed engine from the next start on."""
        self._start(lambda _run: self._store.use(engine))

    def go_back(self) -> None:
        """Use the engine before this one again."""
        self._start(lambda _run: self._store.go_back())

    def remove(self, engine: Engine) -> None:
        """Delete an engine."""
        self._start(lambda _run: self._store.remove(engine))

    def cancel(self) -> None:
        """Stop an installation; what has arrived is kept for the next try."""
        if self._run is not None:
            self._run.cancel()

    def stop(self) -> None:
        """Cancel, and let the thread go without waiting for it."""
        self._background.stop()

    def _start(self, work: Callable[[Run], object], then: Callable[[Engine], object] | None = None) -> None:
        if self._run is not None:
            return
        self.last_progress = None

        def done(outcome: object) -> None:
            if then is not None and isinstance(outcome, Engine):
                then(outcome)
            self._end(None)

        self._run = self._background.start(work, done, self._end, self._progress)

    def _end(self, error: Exception | None) -> None:
        self._run = None
        self.changed.emit()
        self.ended.emit(error)

    def _progress(self, progress: EngineProgress) -> None:
        self.last_progress = progress
        self.progressed.emit(progress)


def was_cancelled(error: object) -> bool:
    """Whether work ended because a person stopped it."""
    return isinstance(error, Cancelled)
