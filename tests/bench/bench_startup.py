"""How soon the window is there after the process starts, against MyPaint, or a bare window of Qt where that is not."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import psutil

from tests.bench.measurement import Measurement

RUNS = 7
PATIENCE_SECONDS = 60.0
_SPY_SECONDS = 2.0
"""Until xev surely listens."""
_LEAST_WIDTH = 300
"""Of a window that counts; toolkits map small ones of their own."""

_SHOWN = """
while not window.windowHandle().isExposed():
    app.processEvents()
app.processEvents()
import sys, time
print(time.time(), time.process_time(), "torch" in sys.modules)
sys.stdout.flush()
"""
_END = "import os\nos._exit(0)\n"
_STAY = "while True: app.processEvents()\n"
_OURS = """
from studio.__main__ import prepare
prepare()
from studio.app import build, make_application
from studio.paths import default_paths
app = make_application()
studio = build(default_paths())
window = studio.window
window.show()
studio.greet([])
"""
_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
"""
_CODE = f"{_OURS}{_SHOWN}{_END}"


@dataclass(frozen=True)
class Start:
    """Seconds from the start of a process to its window: of the clock, and of the processor."""

    wall: float
    processor: float


def run() -> list[Measurement]:
    """From the start of the process to the window, both in turns, with warm file caches and compiled modules.

    On an X display of its own where there is MyPaint, Xvfb and xev; else offscreen against a window of Qt without
    anything in it. Processor seconds suffer less from what else the machine does.
    """
    with tempfile.TemporaryDirectory() as cache, _measure(_environment(cache)) as (peer_name, ours, peer):
        pairs = [(ours(), peer()) for _ in range(RUNS + 1)][1:]
    return [_ratio(kind, pairs, peer_name) for kind in ("processor", "wall")]


def _ratio(kind: str, pairs: Sequence[tuple[Start, Start]], peer_name: str) -> Measurement:
    own, other = ([getattr(pair[index], kind) for pair in pairs] for index in (0, 1))
    return Measurement(
        name=f"start to the window, {kind} time",
        value=min(own) / min(other),
        unit="x",
        goal=1.0 if peer_name == "MyPaint" else None,
        ours=f"best {min(own):.2f} s, median {statistics.median(own):.2f} s",
        peer=f"{peer_name}: best {min(other):.2f} s, median {statistics.median(other):.2f} s",
        note=f"{len(pairs)} runs in turns; the best of each are compared",
    )


def _environment(cache: str) -> dict[str, str]:
    """Modules are compiled once, as where Shoreline is installed, also where that is switched off for development."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": cache, "NO_AT_BRIDGE": "1"}


@contextmanager
def _measure(environment: Mapping[str, str]) -> Iterator[tuple[str, Callable[[], Start], Callable[[], Start]]]:
    """The peer's name, and what measures a start of ours and of the peer's."""
    if not all(map(shutil.which, ("mypaint", "Xvfb", "xev", "xwininfo"))):
        offscreen = {**environment, "QT_QPA_PLATFORM": "offscreen"}
        yield "bare QMainWindow", lambda: _told(_CODE, offscreen), lambda: _told(f"{_BARE}{_SHOWN}{_END}", offscreen)
        return
    with _display() as display:
        there = {**environment, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "GDK_BACKEND": "x11"}
        ours = [sys.executable, "-c", f"{_OURS}{_STAY}"]
        with _events(there) as events:
            yield "MyPaint", lambda: _mapped(ours, there, events), lambda: _mapped(["mypaint"], there, events)


def _told(code: str, environment: Mapping[str, str]) -> Start:
    """A start that says itself when its window is painted."""
    start = time.time()
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    shown, spent, torch = done.stdout.split()
    if torch == "True":
        raise RuntimeError("torch was loaded before the first window")
    return Start(float(shown) - start, float(spent))


@contextmanager
def _display() -> Iterator[str]:
    """An X server without a window manager, so that windows are mapped at once."""
    read, write = os.pipe()
    command = ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1400x900x24"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        try:
            yield display
        finally:
            server.terminate()


@contextmanager
def _events(environment: Mapping[str, str]) -> Iterator[IO[str]]:
    """What happens to the windows of an X server, as xev tells it."""
    spy = ["stdbuf", "-oL", "xev", "-root", "-event", "substructure"]
    with subprocess.Popen(spy, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        time.sleep(_SPY_SECONDS)
        try:
            yield process.stdout
        finally:
            process.terminate()


def _mapped(command: list[str], environment: Mapping[str, str], events: IO[str]) -> Start:
    """A start seen from outside: when the X server maps the first window of some size."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    patience = threading.Timer(PATIENCE_SECONDS, process.kill)  # then there are only its windows' ends to hear of
    patience.start()
    try:
        for line in events:
            if process.poll() is not None:
                break
            spent, now = psutil.Process(process.pid).cpu_times(), time.monotonic()
            if line.startswith("MapNotify") and _is_large(next(events), environment):
                return Start(now - started, spent.user + spent.system)
        raise RuntimeError(f"{command[0]} showed no window")
    finally:
        patience.cancel()
        process.kill()
        process.wait()


def _is_large(line: str, environment: Mapping[str, str]) -> bool:
    """Whether a window of xev's second line ("..., window 0x400006, ...") is large enough to count."""
    window = line.partition("window ")[2].split(",")[0]
    told = subprocess.run(["xwininfo", "-id", window], env=environment, capture_output=True, text=True, check=False)
    width = next((text.split()[-1] for text in told.stdout.splitlines() if "Width:" in text), "0")
    return int(width) >= _LEAST_WIDTH
