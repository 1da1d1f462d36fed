"""The engine as the window sees it: how it stands, and one piece of work on it at a time, off the window's thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from studio.errors import Cancelled
from studio.generation import CancelToken
from studio.installation.activation import EngineState, activate, engine_state
from studio.installation.backends import Backend, Why, choose_backend, known_backends, look_at_machine
from studio.installation.installing import EnginePlan, EngineProgress, install_engine
from studio.installation.store import Engine, EngineStore
from studio.paths import Paths
from studio.ui.background.tasks import Tasks


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
        self._tasks: Tasks | None = None
        self._cancel: CancelToken | None = None
        self.last_progress: EngineProgress | None = None
        self.progressed.connect(self._remember)
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
        return self._cancel is not None

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

        self._background().run(ask, self.offered.emit, self.ended.emit)

    # --- work -------------------------------------------------------------------------------------

    def install(self, plan: EnginePlan) -> None:
        """Install an engine and use it. Nothing happens while another piece of work runs."""
        could_draw, report = self.can_draw(), self.progressed.emit

        def installed(_engine: Engine) -> None:
            activate(self._paths)
            if not could_draw and self.can_draw():
                self.drawable.emit()

        self._run(lambda cancel: install_engine(self._store, plan, report, cancel), installed)

    def plan(self, backend: Backend) -> EnginePlan:
        """A plan for a build, from the usual index."""
        return EnginePlan(backend=backend, resources=self._paths.engine_resources)

    def use(self, engine: Engine) -> None:
        """Use another installed engine from the next start on."""
        self._run(lambda _cancel: self._store.use(engine))

    def go_back(self) -> None:
        """Use the engine before this one again."""
        self._run(lambda _cancel: self._store.go_back())

    def remove(self, engine: Engine) -> None:
        """Delete an engine."""
        self._run(lambda _cancel: self._store.remove(engine))

    def cancel(self) -> None:
        """Stop an installation; what has arrived is kept for the next try."""
        if self._cancel is not None:
            self._cancel.cancel()

    def stop(self) -> None:
        """Cancel, and let the thread go without waiting for it."""
        self.cancel()
        if self._tasks is not None:
            self._tasks.abandon()
            self._tasks = None

    def _run(self, work: Callable[[CancelToken], object], then: Callable[[Engine], object] | None = None) -> None:
        if self._cancel is not None:
            return
        cancel = self._cancel = CancelToken()
        self.last_progress = None

        def done(outcome: object) -> None:
            self._cancel = None
            if then is not None and isinstance(outcome, Engine):
                then(outcome)
            self.changed.emit()
            self.ended.emit(None)

        def failed(error: Exception) -> None:
            self._cancel = None
            self.changed.emit()
            self.ended.emit(error)

        self._background().run(lambda: work(cancel), done, failed)

    def _remember(self, progress: EngineProgress) -> None:
        self.last_progress = progress

    def _background(self) -> Tasks:
        if self._tasks is None:
            self._tasks = Tasks("engine", self)
        return self._tasks


def was_cancelled(error: object) -> bool:
    """Whether work ended because a person stopped it."""
    return isinstance(error, Cancelled)
