"""How long the window's event loop is away while the model draws, on the real engine and starter model."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from studio.app import Studio
from studio.session import JobStatus
from tests.bench.measurement import Measurement
from tests.bench.open_window import open_window

GOAL_MS = 50.0
JOBS = 3
STEPS = 20
PATIENCE = 1800.0


class Heartbeat:
    """Beats every millisecond; a late beat is a gap in which no click or stroke would be seen. ``clock`` gives
    seconds."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._gaps: list[float] = []
        self._last = clock()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._gaps.clear()
        self._last = self._clock()
        self._timer.start(1)

    def stop(self) -> list[float]:
        """Milliseconds between beats."""
        self._timer.stop()
        return [1000 * gap for gap in self._gaps]

    def _beat(self) -> None:
        now = self._clock()
        self._gaps.append(now - self._last)
        self._last = now


def run() -> list[Measurement]:
    """Gaps while generating with previews, and while torch and the model load at the start."""
    with open_window() as (app, studio):
        return _measured(app, studio)


def _measured(app: QApplication, studio: Studio) -> list[Measurement]:
    heartbeat = Heartbeat()
    studio.window.resize(1280, 800)
    studio.window.show()
    heartbeat.start()
    studio.start()
    _wait(app, lambda: studio.runner.join(0) and bool(studio.catalogue.models()))  # only then is a model loaded
    _wait(app, lambda: not studio.worker.is_busy)
    loading = heartbeat.stop()
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="美丽的海滩", steps=STEPS))
    heartbeat.start()
    for _ in range(JOBS):
        panel.generate()
    if len(studio.session.queue.jobs) != JOBS:
        raise RuntimeError("the Generate panel did not take every job")
    _wait(app, lambda: all(job.is_over for job in studio.session.queue.jobs))
    generating = heartbeat.stop()
    failed = [job.error for job in studio.session.queue.jobs if job.status is not JobStatus.FINISHED]
    if failed:
        raise RuntimeError(f"generation failed: {failed[0]}")
    return [
        _measurement("event-loop gap p99 while generating", generating, GOAL_MS, f"{JOBS} pictures, {STEPS} steps"),
        _measurement("event-loop gap p99 while the model loads", loading, None, "torch is imported meanwhile"),
    ]


def _measurement(name: str, gaps: list[float], goal: float | None, note: str) -> Measurement:
    return Measurement(
        name=name,
        value=float(np.percentile(gaps, 99)),
        unit="ms",
        goal=goal,
        ours=f"p50 {np.percentile(gaps, 50):.1f} ms, longest {max(gaps):.0f} ms",
        note=f"{note}; {_share_of_time(gaps, GOAL_MS):.1%} of the time in gaps above {GOAL_MS:.0f} ms",
    )


def _share_of_time(gaps: list[float], longer_than: float) -> float:
    """How likely a click at a random moment falls into a gap longer than that."""
    return sum(gap for gap in gaps if gap > longer_than) / sum(gaps)


def _wait(app: QApplication, done: Callable[[], bool]) -> None:
    """Let the loop turn as ``exec`` does: asleep until something happens, here at least every beat."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > deadline:
            raise TimeoutError("the worker did not come to an end")
