"""The composition root of the window: makes the parts, shows the window, loads the rest behind it."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from studio.document import new_document
from studio.paths import Paths, default_paths
from studio.session import Session
from studio.settings import SettingsStore
from studio.ui.catalogue import Catalogue
from studio.ui.fault_reports import FaultReports
from studio.ui.icons import app_icon
from studio.ui.main_window import MainWindow, WindowParts
from studio.ui.tasks import Tasks
from studio.ui.theme import apply_theme
from studio.ui.translation import install_language
from studio.ui.worker import GenerationWorker, Runner

if TYPE_CHECKING:
    from studio.composition import Services

FIRST_SIDE: Final = 512
"""Width and height of the picture that is ready at the start."""
SWITCH_INTERVAL: Final = 0.001
"""Seconds after which a busy Python thread lets the window's thread in."""
JOIN_SECONDS: Final = 20.0
"""How long the process waits, with the window gone, for a worker in the middle of a step."""

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, with files if their names are given, and run until it is closed. Returns the exit status."""
    names = sys.argv[1:] if argv is None else argv
    sys.setswitchinterval(SWITCH_INTERVAL)
    app = make_application()
    studio = build(default_paths())
    faults = FaultReports(studio.paths.data / "logs", studio.window)
    faults.install()
    with_interrupts(app, studio.window.close)
    studio.window.show()
    QTimer.singleShot(0, lambda: studio.start([Path(name) for name in names]))
    status = app.exec()
    if not studio.worker.join(JOIN_SECONDS):
        _log.error("The worker did not stop within %s s; the process ends without it", JOIN_SECONDS)
        logging.shutdown()
        os._exit(status)
    faults.remove()
    return status


def make_application() -> QApplication:
    """The one QApplication of the process, made if there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("shoreline-studio")
    app.setApplicationDisplayName("Shoreline")
    app.setDesktopFileName("shoreline-studio")
    app.setWindowIcon(app_icon())
    return app


@dataclass(frozen=True, kw_only=True)
class Studio:
    """A window with all that it needs; `start` loads plugins, models and the engine behind it."""

    paths: Paths
    store: SettingsStore
    window: MainWindow
    session: Session
    worker: GenerationWorker
    tasks: Tasks
    catalogue: Catalogue
    runner: RunnerSource

    def start(self, files: Sequence[Path] = ()) -> None:
        """Load plugins and the model list, start the worker, and open the files. The model loads in the background."""
        self.runner.load()
        self.worker.start()
        model = self.window.docks.generate.settings().model
        if self.catalogue.has_sound_model(model):
            self.worker.preload(model)
        if files:
            self.window.opening.open_first(list(files))

    def shut_down(self, seconds: float = 60.0) -> bool:
        """Stop at once, without questions. Returns whether the worker's thread has ended."""
        self.session.cancel_all()
        ended = self.worker.join(seconds)
        self.tasks.close()
        self.window.closing.is_finished = True
        self.window.close()
        return ended


class RunnerSource:
    """Makes the worker's runner from plugins, models and settings, anew when those change."""

    def __init__(self, paths: Paths, store: SettingsStore, catalogue: Catalogue) -> None:
        self._paths = paths
        self._store = store
        self._catalogue = catalogue
        self._services: Services | None = None

    def load(self) -> None:
        """Load plugins and the model list, and tell the window."""
        from studio.composition import build_services

        self._services = build_services(self._paths, self._store)
        self._catalogue.load(self._services.host, self._services.library)

    def runner(self) -> Runner:
        """The runner for the settings of this moment; called on the worker's thread."""
        from studio.composition import build_runner

        services = self._services
        if services is None:
            raise RuntimeError("a job was started before the plugins were loaded")
        return build_runner(self._paths, services.host, services.library, self._store.current.device)


def build(
    paths: Paths, store: SettingsStore | None = None, *, make_runner: Callable[[], Runner] | None = None
) -> Studio:
    """A window on a new picture, not shown, with nothing started. ``make_runner`` replaces the real engine.

    Needs a QApplication; see `make_application`.
    """
    app = make_application()
    settings = store or SettingsStore(paths.config / "settings.json")
    install_language(app, settings.current.language, paths.resources)
    apply_theme(app, settings.current.theme)
    catalogue = Catalogue()
    source = RunnerSource(paths, settings, catalogue)
    worker = GenerationWorker(make_runner or source.runner)
    document = new_document(FIRST_SIDE, FIRST_SIDE)
    session = Session(document, worker, history_budget=settings.current.history_megabytes * 1024**2)
    tasks = Tasks("files")
    window = MainWindow(
        WindowParts(paths=paths, store=settings, session=session, worker=worker, catalogue=catalogue, tasks=tasks)
    )
    return Studio(
        paths=paths,
        store=settings,
        window=window,
        session=session,
        worker=worker,
        tasks=tasks,
        catalogue=catalogue,
        runner=source,
    )


def with_interrupts(app: QApplication, close: Callable[[], object]) -> None:
    """Let Ctrl+C in the terminal close the window: Qt's loop gives Python a moment several times a second."""
    signal.signal(signal.SIGINT, lambda _number, _frame: close())
    waker = QTimer(app)
    waker.timeout.connect(lambda: None)
    waker.start(250)
