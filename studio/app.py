"""The composition root of the window: makes the parts, shows the window, loads the rest behind it."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from studio.document import Document
from studio.editing.fresh_picture import fresh_picture
from studio.installation.crash_reports import CrashWatch, about, take_crashes, write_report
from studio.paths import DESKTOP_ID, Paths, default_paths
from studio.session import Session
from studio.settings import SettingsStore
from studio.system.garbage import GARBAGE
from studio.system.late_imports import import_now
from studio.system.stray_output import StrayOutput
from studio.ui.background.background import Background, Run
from studio.ui.background.catalogue import Catalogue
from studio.ui.background.gallery_work import GalleryWork
from studio.ui.background.worker import GenerationWorker, Runner
from studio.ui.dialogs.prompts import Prompts
from studio.ui.style.fonts import draw_chinese
from studio.ui.style.icons import app_icon
from studio.ui.style.theme import apply_colors, apply_style_sheet, resolved_theme
from studio.ui.style.translation import install_language, layer_names
from studio.ui.window.fault_reports import FaultReports
from studio.ui.window.first_paint import FirstPaint
from studio.ui.window.late_panel import OneByOne
from studio.ui.window.main_window import MainWindow
from studio.ui.window.remembered_window import last_generation_settings
from studio.ui.window.single_instance import FirstInstance, Turn, hand_over
from studio.ui.window.window_parts import WindowParts

if TYPE_CHECKING:
    from studio.composition import Services
    from studio.engine.device.devices import Device
    from studio.engine.device.residency import Plan
    from studio.engine.device.wish import Wish
    from studio.engine.models.library import ModelInfo, ModelLibrary

SWITCH_INTERVAL: Final = 0.001
"""Seconds after which a busy Python thread lets the window's thread in."""
COLLECTION_INTERVAL_MS: Final = 500
"""Between two looks for garbage on the window's thread."""
JOIN_SECONDS: Final = 20.0
"""How long the process waits, with the window gone, for a worker in the middle of a step."""

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, with files if their names are given, and run until it is closed. Returns the exit status."""
    names = [Path(name) for name in (sys.argv[1:] if argv is None else argv)]
    paths = default_paths()
    turn = Turn.wait(paths.data)
    if hand_over(paths.data, names):
        turn.end()
        return 0
    crashes, watch = take_crashes(paths), CrashWatch(paths)
    watch.begin()
    app = make_application()
    StrayOutput(paths.logs).divert()
    studio = build(paths)
    faults = FaultReports(paths.logs, studio.window, lambda trace: write_report(paths, f"{about(paths)}{trace}"))
    faults.install()
    with_interrupts(app, studio.window.close)
    studio.window.show()
    studio.greet(names)
    put_window_first(studio.window)
    FirstPaint(studio.window, lambda: _go_on(studio, turn, watch, names, crashes))
    status = app.exec()
    watch.end()
    studio.runner.end()
    studio.gallery.close()
    if not studio.worker.join(JOIN_SECONDS):
        _log.error("The worker did not stop within %s s; the process ends without it", JOIN_SECONDS)
        studio.tasks.close()  # a file that is being written is finished first
        logging.shutdown()
        os._exit(status)
    studio.tasks.close()
    faults.remove()
    return status


def _go_on(studio: Studio, turn: Turn, watch: CrashWatch, names: Sequence[Path], crashes: Sequence[Path]) -> None:
    """What nobody has to wait for before the window is seen."""
    first = FirstInstance(studio.paths.data, studio.window)
    first.asked.connect(studio.show_again)
    first.listen()
    watch.describe()
    studio.load(names, crashes)
    QTimer.singleShot(0, turn.end)  # once it can answer: loading takes longer than who asks is patient


def screenshot_window(
    output: Path, *, open_file: Path | None, theme: str, language: str, size: tuple[int, int]
) -> None:
    """Draw the real main window to a PNG file, with a picture in it if ``open_file`` is given.

    The person's settings are neither used nor changed. Raises what opening the file raises, and see
    `studio.ui.window.screenshot.take_screenshot`.
    """
    from studio.files import open_document
    from studio.ui.window.screenshot import take_screenshot

    opened = None if open_file is None else open_document(open_file)
    with tempfile.TemporaryDirectory(prefix="shoreline-") as folder:
        store = SettingsStore(Path(folder) / "settings.json")
        store.update(theme=theme, language=language)
        studio = build(default_paths(), store)
        try:
            studio.runner.load()
            if opened is not None and open_file is not None:
                studio.window.opening.show_opened(open_file, opened)
            studio.window.show_model_state()
            take_screenshot(studio.window, output, size)
        finally:
            studio.shut_down()


def put_window_first(window: QWidget) -> None:
    """Set up the process so that its window answers while Python code runs on other threads, and ends on its own."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    gc.freeze()  # what the window is made of stays
    GARBAGE.begin()
    timer = QTimer(window, interval=COLLECTION_INTERVAL_MS)
    timer.timeout.connect(GARBAGE.look)
    timer.start()


def make_application() -> QApplication:
    """The one QApplication of the process, made if there is none yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("shoreline-studio")
    app.setApplicationDisplayName("Shoreline")
    app.setDesktopFileName(DESKTOP_ID)
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
    tasks: Background
    gallery: GalleryWork
    catalogue: Catalogue
    runner: RunnerSource

    def start(self, files: Sequence[Path] = (), crashes: Sequence[Path] = ()) -> None:
        """See `greet` and `load`."""
        self.greet(files)
        self.load(files, crashes)

    def greet(self, files: Sequence[Path]) -> None:
        """What is seen at first: the place to write in and, the first time, the welcome, unless files are to open."""
        self.window.docks.generate.prompt.prompt.setFocus()
        if not files:
            self.window.welcome.show_first()

    def load(self, files: Sequence[Path], crashes: Sequence[Path]) -> None:
        """Start the worker and open the files; plugins, the model list and the model load in the background.

        ``crashes`` are reports of earlier runs to tell of.
        """
        self.runner.load_behind(self._load_model)
        self.window.services.runner_outdated.connect(self._renew_runner)
        self.window.services.folders_changed.connect(self.runner.look_for_models)
        self.worker.start()
        self.window.recovery.offer()
        self.window.results.waiting_on_disk.offer()
        _remove_left_parts({self.paths.unsaved_animations, *(path.parent for path in self.window.recent.paths())})
        if files:
            self.window.opening.open_all(files)
        self.window.start_notices.offer_reports(crashes)
        self.window.start_notices.check_updates()
        OneByOne(self.window.docks.make_rest(), self.window)

    def show_again(self, files: Sequence[Path]) -> None:
        """Bring the window to the front, and open files as if they had been given at the start."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()
        self.window.opening.open_all(files)

    def _load_model(self) -> None:
        """The models were found: load the chosen one, or say what stands in its way."""
        model = self.window.docks.generate.settings().model
        if self.catalogue.has_sound_model(model) and self.window.engine.can_draw():
            self.worker.preload(model)
        else:
            self.window.show_model_state()

    def _renew_runner(self) -> None:
        self.worker.replace_runner(self.runner.runner)
        model = self.window.docks.generate.settings().model
        if self.catalogue.has_sound_model(model):
            self.worker.preload(model)

    def shut_down(self, seconds: float = 60.0) -> bool:
        """Stop at once, without questions. Returns whether the worker's thread has ended."""
        self.session.queue.cancel_all()
        ended = self.worker.join(seconds)
        self.gallery.close()
        self.tasks.close()
        self.window.closing.is_finished = True
        self.window.close()
        return self.runner.join(seconds) and ended


class RunnerSource:
    """Makes the worker's runner from plugins, models and settings, anew when those change."""

    def __init__(self, paths: Paths, store: SettingsStore, catalogue: Catalogue) -> None:
        self._paths = paths
        self._store = store
        self._catalogue = catalogue
        self._services: Services | None = None
        self._loading = Background("plugins", expendable=True)
        self._search = Background("models", expendable=True)

    def load(self) -> None:
        """Load plugins and the model list, and tell the window."""
        from studio.composition import build_services

        self._services = build_services(self._paths, self._store)
        self._catalogue.load(self._services.host, self._services.library)

    def load_behind(self, found: Callable[[], object]) -> None:
        """Look for models and load plugins, each on a thread of its own; the window is told as they come.

        ``found`` is called once the models are known.
        """
        # Before there are other threads: one that imports a part of a library while another runs it would wait for that
        # one, and that one for it.
        import_now("numpy", "cv2")
        from studio.composition import services_without_plugins

        self._services = services_without_plugins(self._paths, self._store)
        self._catalogue.use_host(self._services.host)
        self._look_behind(self._services.library, found)
        services, announce = self._services, self._catalogue.announce

        def load(run: Run) -> None:
            services.load_plugins(lambda: run.tell(None))

        self._loading.start(load, lambda _nothing: self._loaded(), lambda _error: announce(), lambda _more: announce())

    def _loaded(self) -> None:
        """All plugins are there; models of families that they bring are what they are only now."""
        from studio.engine.models.families.table import FAMILIES

        self._catalogue.announce()
        if FAMILIES.mark:
            self.look_for_models()

    def join(self, seconds: float) -> bool:
        """Wait for plugins and models at most so long each. Returns whether they are all loaded."""
        return all(loading.join(seconds) for loading in (self._search, self._loading))

    def end(self) -> None:
        """The program ends, whether or not all plugins are loaded."""
        if self._services is not None:
            self._services.host.end()

    def look_for_models(self) -> None:
        """Look through the model folders of the settings again, behind the window."""
        from studio.composition import model_folders
        from studio.engine.models.library import ModelLibrary

        folders = model_folders(self._paths, self._store.current)
        library = ModelLibrary(folders, self._services.library.verdicts if self._services is not None else None)
        if self._services is not None:
            self._services = replace(self._services, library=library)
        self._look_behind(library)

    def _look_behind(self, library: ModelLibrary, found: Callable[[], object] = lambda: None) -> None:
        def show(models: Sequence[ModelInfo]) -> None:
            self._catalogue.use_models(models)
            found()

        self._search.stop()  # one for other folders, which may hang, is heard of no more
        self._search = Background("models", expendable=True)
        self._search.run(library.scan, show, lambda _error: show(()))

    def foretell(self, model: ModelInfo, wish: Wish) -> Plan:
        """What a model would take of the memory; called on any thread. Raises `ShorelineError`."""
        from studio.engine.planning import forecast

        return forecast(model, wish, self._paths.resources / "models" / "configs", self._paths.cache)

    def measure(self, model: ModelInfo, wish: Wish, heard: Callable[[float], object]) -> tuple[Device, bool]:
        """Time number formats for a model, see `timed`; called on the worker's thread. Raises `ShorelineError`."""
        from studio.engine.planning import timed

        return timed(model, wish, self._paths.resources / "models" / "configs", self._paths.cache, heard)

    def runner(self) -> Runner:
        """The runner for the settings of this moment; called on the worker's thread."""
        from studio.composition import build_runner, wildcard_folder, wish_of

        services = self._services
        if services is None:
            raise RuntimeError("a job was started before the plugins were loaded")
        lines, wish = wildcard_folder(self._paths, self._store), wish_of(self._store.current)
        return build_runner(
            self._paths,
            services.host,
            services.library,
            wish,
            wildcards=lines,
            previews=lambda: self._store.current.previews,
        )


def build(
    paths: Paths,
    store: SettingsStore | None = None,
    *,
    make_runner: Callable[[], Runner] | None = None,
    prompts: Prompts | None = None,
) -> Studio:
    """A window on a new picture, not shown, with nothing started.

    ``make_runner`` replaces the real engine, ``prompts`` the dialogs that ask for files and about changes.

    Needs a QApplication; see `make_application`.
    """
    app = make_application()
    settings = store or SettingsStore(paths.config / "settings.json")
    draw_chinese(app.font(), paths.resources, paths.cache)
    install_language(app, settings.current.language, paths.resources)
    apply_colors(app, resolved_theme(settings.current.theme))
    catalogue = Catalogue()
    source = RunnerSource(paths, settings, catalogue)
    worker = GenerationWorker(make_runner or source.runner)
    document = first_document(settings)
    session = Session(document, worker, history_budget=settings.current.history_megabytes * 1024**2)
    tasks = Background("files")
    gallery = GalleryWork(session, paths, lambda: settings.current)
    window = MainWindow(
        WindowParts(
            paths=paths,
            store=settings,
            session=session,
            worker=worker,
            catalogue=catalogue,
            tasks=tasks,
            gallery=gallery,
            prompts=prompts,
            foretell=source.foretell if make_runner is None else None,
            measure=source.measure if make_runner is None else None,
        )
    )
    apply_style_sheet(app)
    return Studio(
        paths=paths,
        store=settings,
        window=window,
        session=session,
        worker=worker,
        tasks=tasks,
        gallery=gallery,
        catalogue=catalogue,
        runner=source,
    )


def _remove_left_parts(folders: set[Path]) -> None:
    """On a thread that nobody waits for, since folders may be far away: remove what killed saves have left in them."""
    from studio.files.disk.parts import remove_left_parts

    def remove() -> None:
        for folder in folders:
            remove_left_parts(folder)

    threading.Thread(target=remove, name="shoreline-parts", daemon=True).start()


def first_document(settings: SettingsStore) -> Document:
    """The picture that is ready at the start, of the size that was last generated."""
    wanted = last_generation_settings(settings.current)
    return fresh_picture(wanted.width, wanted.height, names=layer_names())


def with_interrupts(app: QApplication, close: Callable[[], object]) -> None:
    """Let Ctrl+C in the terminal close the window: Qt's loop gives Python a moment several times a second."""
    signal.signal(signal.SIGINT, lambda _number, _frame: close())
    waker = QTimer(app)
    waker.timeout.connect(lambda: None)
    waker.start(250)
