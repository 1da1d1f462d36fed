"""Live painting in the real window on the model that ships: how soon pictures come, and what the pen feels of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.app import Studio
from studio.session.live import LivePainting, LiveStatus
from tests.bench.measurement import Measurement, as_milliseconds
from tests.bench.open_window import open_window

STROKES = 8
MOVES = 60
MOVE_SECONDS = 0.016
FRAME_GOAL_MS = 500.0
STROKE_GOAL = 1.5
PATIENCE = 600.0
_SETTLED = (LiveStatus.OFF, LiveStatus.CURRENT, LiveStatus.ON_DEMAND, LiveStatus.REFUSED)


@dataclass
class Pace:
    """What was measured while somebody painted, in seconds."""

    moves: list[float] = field(default_factory=list)
    """From a move of the pen to the paint on the screen, the wait for the event loop with it."""
    frames: list[float] = field(default_factory=list)
    """What each live picture took to draw."""
    delays: list[float] = field(default_factory=list)
    """From the newest paint in a picture to that picture."""


def run() -> list[Measurement]:
    """Strokes with live painting off and on in turns, in one window."""
    with open_window() as (app, studio):
        return _measured(app, studio)


def _measured(app: QApplication, studio: Studio) -> list[Measurement]:
    window = studio.window
    window.resize(1280, 800)
    window.show()
    studio.start()
    _wait(app, lambda: studio.runner.join(0) and bool(studio.catalogue.models()))
    _wait(app, lambda: not studio.worker.is_busy)
    panel = window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a beach at noon"))
    painting = window.live.painting
    loads = _count_loads()
    painting.turn(on=True)
    _wait(app, lambda: painting.frame is not None)
    without, together = Pace(), Pace()
    for number in range(STROKES):
        painting.turn(on=False)
        _wait(app, lambda: not studio.worker.is_busy)
        _paint(app, studio, without, 2 * number)
        painting.turn(on=True)
        _wait(app, lambda: painting.frame is not None)
        _paint(app, studio, together, 2 * number + 1)
    return _figures(without, together, next(loads))


def _paint(app: QApplication, studio: Studio, pace: Pace, number: int) -> None:
    """One stroke by real events at the rate of a pen."""
    canvas, painting = studio.window.canvas, studio.window.live.painting
    listener = _Listener(painting, pace)
    canvas.set_tool("brush")
    points = [canvas.view_transform().to_view(QPointF(*point)).toPoint() for point in _way(studio, number)]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    due = time.perf_counter()
    for point in points[1:]:
        due += MOVE_SECONDS
        while time.perf_counter() < due:
            app.processEvents()
            time.sleep(0.001)
        QTest.mouseMove(canvas, point)
        app.processEvents()
        pace.moves.append(time.perf_counter() - due)
        listener.painted = time.perf_counter()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])
    _wait(app, lambda: painting.status in _SETTLED)
    listener.end()


class _Listener:
    """Notes what live pictures take, and how old the paint in them is."""

    def __init__(self, painting: LivePainting, pace: Pace) -> None:
        self.painted = self._asked = time.perf_counter()
        self._painting, self._pace = painting, pace
        painting.asked.connect(self._ask)
        painting.framed.connect(self._frame)

    def end(self) -> None:
        self._painting.asked.disconnect(self._ask)
        self._painting.framed.disconnect(self._frame)

    def _ask(self) -> None:
        self._asked = self.painted

    def _frame(self) -> None:
        if self._painting.frame is not None:
            self._pace.frames.append(self._painting.frame.seconds)
            self._pace.delays.append(time.perf_counter() - self._asked)


def _way(studio: Studio, number: int) -> Iterator[tuple[float, float]]:
    document = studio.session.document
    for step in range(MOVES):
        share = step / MOVES
        x = document.width * (0.1 + 0.8 * share)
        yield x, document.height * (0.1 + 0.05 * (number % 16) + 0.03 * np.sin(12 * share))


def _count_loads() -> Iterator[int]:
    """How often a model is loaded from the first ``next`` on to the second."""
    from studio.engine.engine import DiffusionEngine

    real, loads = DiffusionEngine._load, list[str]()

    def counted(engine: DiffusionEngine, *arguments: object, **more: object) -> object:
        loads.append("load")
        return real(engine, *arguments, **more)  # type: ignore[arg-type]

    DiffusionEngine._load = counted  # type: ignore[assignment, method-assign]

    def told() -> Iterator[int]:
        DiffusionEngine._load = real  # type: ignore[method-assign]
        yield len(loads)

    return told()


def _figures(without: Pace, together: Pace, loads: int) -> list[Measurement]:
    if not together.frames:
        raise RuntimeError("no live picture came while somebody painted: the machine takes too long for one")
    own, other = (float(np.percentile(pace.moves, 99)) for pace in (together, without))
    median, slowest = float(np.median(together.frames)), float(np.percentile(together.frames, 99))
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    conditions = f"{STROKES} strokes each, in turns; {load}"
    return [
        Measurement(
            name="a live picture",
            value=median * 1000,
            unit="ms",
            goal=FRAME_GOAL_MS,
            ours=f"p99 {as_milliseconds(slowest)}, {len(together.frames)} pictures",
            note=f"256x256, strength 0.3, few-step weights; {conditions}",
        ),
        Measurement(
            name="from the newest paint in it to a live picture",
            value=float(np.median(together.delays)) * 1000,
            unit="ms",
            ours=f"p99 {as_milliseconds(float(np.percentile(together.delays, 99)))}",
            note=conditions,
        ),
        Measurement(
            name="a move of the pen to the screen, live against not: p99",
            value=own / other,
            unit="x",
            goal=STROKE_GOAL,
            ours=f"{as_milliseconds(own)}, median {as_milliseconds(float(np.median(together.moves)))}",
            peer=f"{as_milliseconds(other)}, median {as_milliseconds(float(np.median(without.moves)))}",
            note=conditions,
        ),
        Measurement(name="models loaded meanwhile", value=loads, unit="", goal=1, note="the first picture loads it"),
    ]


def _wait(app: QApplication, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        app.processEvents()
        time.sleep(0.005)  # the worker, which gives way, would else hardly get its turn
        if time.monotonic() > deadline:
            raise TimeoutError("live painting did not come to an end")
