"""What tests share: folders of a fresh user, and a check that a window test leaves nothing running behind."""

from __future__ import annotations

import gc
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Spinning OpenMP threads of small networks starve whatever else runs on two cores.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import PySide6.QtCore  # noqa: F401 - brings its import hook, which is taken back as in the application

from studio.paths import Paths, default_paths
from studio.system.garbage import GARBAGE
from studio.system.plain_imports import import_plainly

import_plainly()

# Test processes that run side by side share the cores, as do the processes that they start.
_SIDE_BY_SIDE = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
if _SIDE_BY_SIDE > 1:
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // _SIDE_BY_SIDE)))

PATIENCE_SECONDS = 5.0
MANY_MODULES = 100
MEMORY_OF_A_WORKER = 3 << 30


KERNELS = Path(__file__).parents[1] / "studio" / "raster" / "kernels"


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a quarter of the time each waits for programs that it started."""
    room = psutil.virtual_memory().available // MEMORY_OF_A_WORKER
    return int(max(1, min((os.cpu_count() or 1) + 1, room)))


def pytest_configure() -> None:
    compile_kernels()
    obey_signals()


def compile_kernels() -> None:
    """What is tested is what the source says, also after a change of branch."""
    compiler = runpy.run_path(str(KERNELS / "build.py"))
    if not compiler["is_built"](KERNELS):
        compiler["build"](KERNELS)


def obey_signals() -> None:
    """Signals as in a terminal: a shell that runs the tests in the background has them ignored, and we obey that."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """File names that are no Unicode may stand in what a test printed: processes side by side pass on UTF-8 alone."""
    report = yield
    report.sections = [(title, text.encode("utf-8", "backslashreplace").decode()) for title, text in report.sections]
    return report


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The real resources and plugins with a user who has nothing yet."""
    return replace(default_paths(), config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")


@pytest.fixture(autouse=True, scope="session")
def garbage_of_one_thread() -> Iterator[None]:
    """As in the window: what a test leaves of widgets must not end on a thread of the next one."""
    GARBAGE.begin()
    yield
    GARBAGE.end()
    gc.unfreeze()


@pytest.fixture(autouse=True, scope="session")
def libraries() -> Libraries:
    return Libraries()


class Libraries:
    """Keeps what belongs to libraries out of full collections: each release of a model is one, and with torch and its
    like in memory it would take a third of a second."""

    def __init__(self) -> None:
        self._modules = 0

    def settle(self) -> None:
        """To be called between two tests; does something where many modules came since."""
        if len(sys.modules) - self._modules < MANY_MODULES:
            return
        self._modules = len(sys.modules)
        gc.unfreeze()
        gc.collect()
        gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest, libraries: Libraries) -> Iterator[None]:
    """A test that used Qt must leave no thread, running timer or top-level widget of its own."""
    if "qapp" not in request.fixturenames:
        yield
        GARBAGE.look()
        libraries.settle()
        return
    request.getfixturevalue("qapp")
    threads = set(threading.enumerate())
    widgets = set(_top_level_widgets())
    yield
    _empty_clipboard()
    _collect()
    GARBAGE.look()
    libraries.settle()
    new_widgets = [widget for widget in _top_level_widgets() if widget not in widgets and widget.isVisible()]
    assert not new_widgets, f"widgets left open: {new_widgets}"
    assert not _new_threads(threads), f"threads left running: {_new_threads(threads)}"


def _top_level_widgets() -> list:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    return QApplication.topLevelWidgets()


def _empty_clipboard() -> None:
    """The offscreen clipboard lives until after Python has ended, and cannot give up what Python made by then."""
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().clear()


def _collect() -> None:
    """Let Qt carry out what was deleted later."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads that did not end within a few seconds; Qt's own threads show up as dummies and are not counted."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        new = [thread for thread in threading.enumerate() if thread not in before and _counts(thread)]
        if not new or time.monotonic() > deadline:
            return new
        time.sleep(0.02)


def _counts(thread: threading.Thread) -> bool:
    """Whether a thread is ours to end: tqdm keeps one monitor for the life of the process."""
    return thread.is_alive() and not isinstance(thread, threading._DummyThread) and thread.name != "tqdm_monitor"
