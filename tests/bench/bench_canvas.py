"""From a mouse event to the painted widget, through the real canvas on the offscreen platform."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from studio.document import BlendMode, Document, PaintLayer, Raster, filled_raster
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from tests.bench.measurement import Measurement, as_milliseconds
from tests.fake_worker import FakeWorker

SIDE = 4096
VIEW = (1280, 900)
DIAMETER = 50.0
LARGEST = 2000.0
MOVES = 600
FRAMES = 60
LARGE_SIDE = 8192
MANY_LAYERS = 50
GOAL = 8.0
FRAME_GOAL = 16.0


def run() -> list[Measurement]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    few, many = _Canvas(app, 2), _Canvas(app, 20)
    times = {name: _moves(canvas, "brush", 1.0) for name, canvas in (("few", few), ("many", many))}
    measurements = [
        _percentile("20 layers, actual size", times["many"], GOAL),
        _percentile("2 layers, actual size", times["few"], GOAL),
        _ratio(times["many"], times["few"]),
        _percentile("20 layers, whole picture shown", _moves(many, "brush", None), GOAL),
        _percentile("20 layers, mask brush, actual size", _moves(many, "mask_brush", 1.0), GOAL),
        _largest_brush(many),
        _frames("panning, 20 layers", _pan(many), None),
    ]
    few.view.close()
    many.view.close()
    large = _Canvas(app, MANY_LAYERS, LARGE_SIDE)
    name = f"{MANY_LAYERS} layers of {LARGE_SIDE}x{LARGE_SIDE}"
    measurements.append(_frames(f"panning, {name}", _pan(large), FRAME_GOAL))
    measurements.append(_frames(f"zooming, {name}", _zoom(large), FRAME_GOAL))
    large.view.close()
    return measurements


class _PaintWatch(QObject):
    """Counts the paint events of a widget, after they were painted (the count rises before the next event)."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            self.count += 1
        return super().eventFilter(watched, event)


@dataclass
class _Canvas:
    """A shown canvas with ``layers`` layers of noise, normal and multiply in turn; the middle one is active."""

    app: QApplication
    layers: int
    side: int = SIDE

    def __post_init__(self) -> None:
        self.view = CanvasView(Session(_document(self.layers, self.side), FakeWorker()))
        self.view.resize(*VIEW)
        self.choose_brush(DIAMETER)
        self.watch = _PaintWatch()
        self.view.installEventFilter(self.watch)
        self.view.show()
        self.settle()

    def choose_brush(self, diameter: float) -> None:
        for tool_id in ("brush", "mask_brush"):
            self.view.options.set(tool_id, diameter=diameter, hardness=60, smoothing=0)

    def settle(self) -> None:
        self.app.processEvents()
        while not self.view.is_settled:
            self.app.processEvents()
        self.app.processEvents()

    def send(self, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton) -> None:
        event = QMouseEvent(kind, place, place, button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.view, event)

    def paint(self) -> None:
        """Let events run until a frame is painted."""
        before = self.watch.count
        while self.watch.count == before:
            self.app.processEvents()


@dataclass(frozen=True)
class _Taken:
    """Seconds from an event to the end of its frame: on the clock, and of this thread's processor time.

    On a busy machine the clock also counts the time of other programs.
    """

    clock: float
    processor: float


def _largest_brush(canvas: _Canvas) -> Measurement:
    canvas.choose_brush(LARGEST)
    taken = _moves(canvas, "brush", None, FRAMES)
    canvas.choose_brush(DIAMETER)
    clock, processor = (
        as_milliseconds(float(np.median(times)))
        for times in ([item.clock for item in taken], [item.processor for item in taken])
    )
    return Measurement(
        name=f"dab of {LARGEST:.0f} px to pixels on screen, 20 layers, whole picture shown: median",
        value=float(np.median([item.clock for item in taken])) * 1000,
        unit="ms",
        goal=FRAME_GOAL,
        ours=f"{clock}; {processor} of processor time",
        note=f"{SIDE}x{SIDE}, view {VIEW[0]}x{VIEW[1]}, offscreen; {len(taken)} moves",
    )


def _moves(canvas: _Canvas, tool_id: str, zoom: float | None, count: int = MOVES) -> list[_Taken]:
    """The time of each mouse move of one long stroke."""
    canvas.view.set_tool(tool_id)
    canvas.view.fit() if zoom is None else canvas.view.zoom_to(zoom)
    canvas.settle()
    start, left, none = _place(0), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    canvas.send(QEvent.Type.MouseButtonPress, start, left)
    canvas.paint()
    taken: list[_Taken] = []
    for index in range(1, count):
        begun, busy = time.perf_counter(), time.thread_time()
        canvas.send(QEvent.Type.MouseMove, _place(index), none)
        canvas.paint()
        taken.append(_Taken(time.perf_counter() - begun, time.thread_time() - busy))
    canvas.send(QEvent.Type.MouseButtonRelease, _place(count), left)
    canvas.settle()
    return taken


def _place(index: int) -> QPointF:
    """A slow loop over most of the view."""
    return QPointF(640 + 420 * math.cos(index / 60), 450 + 330 * math.sin(index / 43))


def _pan(canvas: _Canvas) -> list[_Taken]:
    """The time of each frame."""
    canvas.view.set_tool("pan")
    canvas.view.zoom_to(1.0)
    canvas.settle()
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    canvas.send(QEvent.Type.MouseButtonPress, QPointF(900, 600), left)
    taken: list[_Taken] = []
    for index in range(1, FRAMES):
        begun, busy = time.perf_counter(), time.thread_time()
        canvas.send(QEvent.Type.MouseMove, QPointF(900 - 5 * index, 600 - 4 * index), none)
        canvas.paint()
        taken.append(_Taken(time.perf_counter() - begun, time.thread_time() - busy))
    canvas.send(QEvent.Type.MouseButtonRelease, QPointF(600, 360), left)
    canvas.settle()
    return taken


def _zoom(canvas: _Canvas) -> list[_Taken]:
    """The time of each frame, from the whole picture in to its pixels and out again."""
    canvas.view.fit()
    canvas.settle()
    taken: list[_Taken] = []
    for index in range(FRAMES):
        begun, busy = time.perf_counter(), time.thread_time()
        canvas.view.zoom_to(0.1 * 1.12 ** min(index, FRAMES - index))
        canvas.paint()
        taken.append(_Taken(time.perf_counter() - begun, time.thread_time() - busy))
    return taken


def _frames(name: str, taken: list[_Taken], goal: float | None) -> Measurement:
    clock, processor = [item.clock for item in taken], [item.processor for item in taken]
    return Measurement(
        name=f"{name}: p99 of a frame",
        value=float(np.percentile(clock, 99)) * 1000,
        unit="ms",
        goal=goal,
        ours=f"median {as_milliseconds(float(np.median(clock)))}; "
        f"p99 of processor time {as_milliseconds(float(np.percentile(processor, 99)))}",
        note=f"view {VIEW[0]}x{VIEW[1]}, {len(taken)} frames",
    )


def _percentile(name: str, taken: list[_Taken], goal: float | None) -> Measurement:
    clock, processor = [item.clock for item in taken], [item.processor for item in taken]
    return Measurement(
        name=f"dab of {DIAMETER:.0f} px to pixels on screen, {name}: p99",
        value=float(np.percentile(clock, 99)) * 1000,
        unit="ms",
        goal=goal,
        ours=f"median {as_milliseconds(float(np.median(clock)))}; "
        f"p99 of processor time {as_milliseconds(float(np.percentile(processor, 99)))}",
        note=f"{SIDE}x{SIDE}, view {VIEW[0]}x{VIEW[1]}, offscreen; {len(taken)} moves",
    )


def _ratio(many: list[_Taken], few: list[_Taken]) -> Measurement:
    ours, peer = (float(np.median([item.clock for item in taken])) for taken in (many, few))
    return Measurement(
        name="dab to screen with 20 layers against 2 (medians)",
        value=ours / peer,
        unit="x",
        ours=as_milliseconds(ours),
        peer=as_milliseconds(peer),
    )


def _document(count: int, side: int) -> Document:
    noise = np.random.default_rng(1).integers(0, 256, (side, side, 4), dtype=np.uint8)
    shared = Raster.from_array(np.minimum(noise, noise[..., 3:]))
    layers = [PaintLayer(name="Background", raster=filled_raster(side, side, (250, 250, 245, 255)))]
    layers += [
        PaintLayer(
            name=f"Layer {index}",
            raster=shared,
            blend_mode=BlendMode.MULTIPLY if index % 2 else BlendMode.NORMAL,
            opacity=0.9,
        )
        for index in range(1, count)
    ]
    return Document(width=side, height=side, layers=tuple(layers), active_id=layers[count // 2].id)
