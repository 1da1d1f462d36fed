"""From a brush dab to composed pixels, with few and many layers; and what strokes cost in history."""

from __future__ import annotations

import time

import numpy as np

from studio.document import BlendMode, Document, PaintLayer, Raster, Rect, filled_raster, replace_layer
from studio.history import DocumentHistory, StepKind
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush
from studio.raster.compositor import Compositor
from tests.bench.measurement import Measurement, as_milliseconds

SIDE = 4096
DIAMETER = 50
DABS = 600
TILE_BYTES = 256 * 256 * 4

Times = tuple[list[float], list[float]]


def run() -> list[Measurement]:
    times = {count: _dab_seconds(count) for count in (2, 20, 60)}
    measurements = [_percentile(count, taken) for count, taken in times.items()]
    medians = {count: float(np.median(taken)) for count, (taken, _) in times.items()}
    measurements.append(
        Measurement(
            name="a dab with 60 layers against 2 (medians)",
            value=medians[60] / medians[2],
            unit="x",
            ours=as_milliseconds(medians[60]),
            peer=as_milliseconds(medians[2]),
        )
    )
    measurements += [_percentile(20, _dab_seconds(20, diameter), diameter) for diameter in (500, 2000)]
    measurements.append(_history_ratio())
    return measurements


def _percentile(count: int, times: Times, diameter: int = DIAMETER) -> Measurement:
    taken, cpu = times
    return Measurement(
        name=f"dab of {diameter} px, {count} layers: p99",
        value=float(np.percentile(taken, 99)) * 1000,
        unit="ms",
        goal=8.0 if diameter == DIAMETER else None,
        ours=f"median {as_milliseconds(float(np.median(taken)))}, "
        f"p99 of CPU time {as_milliseconds(float(np.percentile(cpu, 99)))}",
        note=f"{SIDE}x{SIDE}, normal and multiply, opacity 0.9, active layer in the middle; {len(taken)} dabs",
    )


def _document(count: int) -> Document:
    """A painted-over background, then normal and multiply layers in turn; the middle one is active."""
    noise = np.random.default_rng(1).integers(0, 256, (SIDE, SIDE, 4), dtype=np.uint8)
    noise = np.minimum(noise, noise[..., 3:])
    shared = Raster.from_array(noise)  # one raster for all: the memory of 60 such layers is not what is measured
    layers = [PaintLayer(name="Background", raster=filled_raster(SIDE, SIDE, (250, 250, 245, 255)))]
    layers += [
        PaintLayer(
            name=f"Layer {index}",
            raster=shared,
            blend_mode=BlendMode.MULTIPLY if index % 2 else BlendMode.NORMAL,
            opacity=0.9,
        )
        for index in range(1, count)
    ]
    return Document(width=SIDE, height=SIDE, layers=tuple(layers), active_id=layers[count // 2].id)


def _dab_seconds(count: int, diameter: int = DIAMETER) -> Times:
    """Seconds from each move that paints to composed pixels, as the canvas does it: on the clock, and of CPU."""
    document = _document(count)
    layer = document.active_paint_layer
    assert layer is not None
    compositor = Compositor(document)
    compositor.read(document.canvas)
    brush = Brush(diameter=diameter, pressure_size=False, hardness=0.6, rgba=(180, 40, 20, 255))
    stroke = Stroke(layer.raster, brush)
    taken: list[float] = []
    cpu: list[float] = []
    x, y = 300.0, 300.0
    rng = np.random.default_rng(2)
    heading, step = 0.3, max(7.0, diameter / 20)
    for _ in range(DABS if diameter == DIAMETER else DABS // 4):
        heading += float(rng.normal(0, 0.2))
        x, y = x + step * np.cos(heading), y + step * np.sin(heading)
        x, y = float(np.clip(x, 100, SIDE - 100)), float(np.clip(y, 100, SIDE - 100))
        start, cpu_start = time.perf_counter(), time.process_time()
        touched = stroke.move_to(x, y)
        reach = diameter // 2 + 9
        near = Rect(int(x) - reach, int(y) - reach, 2 * reach + 1, 2 * reach + 1)
        compositor.set_document(replace_layer(document, layer.id, raster=stroke.raster()), near)
        for key in touched:
            compositor.tile(key)
        if not touched:
            continue
        taken.append(time.perf_counter() - start)
        cpu.append(time.process_time() - cpu_start)
    return taken, cpu


def _history_ratio() -> Measurement:
    history = DocumentHistory(_document(20), StepKind("test", "Open"))
    rng = np.random.default_rng(3)
    start, changed = history.bytes_used, 0
    for _ in range(100):
        document = history.current
        layer = document.active_paint_layer
        assert layer is not None
        stroke = Stroke(layer.raster, Brush(diameter=DIAMETER, pressure_size=False, rgba=(9, 99, 9, 255)))
        for _ in range(6):
            stroke.move_to(*rng.uniform(0, SIDE, 2))
        painted = stroke.commit()
        changed += len(painted.changed_tiles(layer.raster)) * TILE_BYTES
        history.apply(StepKind("test", "Brush"), replace_layer(document, layer.id, raster=painted))
    used = history.bytes_used - start
    return Measurement(
        name="history memory of 100 strokes against the tiles they changed",
        value=used / changed,
        unit="x",
        goal=1.3,
        ours=f"{used / 2**20:.0f} MiB",
        peer=f"{changed / 2**20:.0f} MiB",
    )
