"""The whole way of a picture against a bare diffusers call on the model that ships, and what it costs the window."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from studio.api import DenoiseJob, SchedulerSpec
from studio.engine.device.devices import torch_dtype
from studio.engine.device.threads import prefer_passive_waiting
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.generation import CancelToken, Progress
from studio.paths import default_paths
from tests.bench.measurement import Measurement, alternating, as_milliseconds

STEPS = 20
RUNS = 8
SIDE = 256
TICK_MS = 5
PROMPT = "a beautiful beach at sunset"
NEGATIVE = "fog"


def run() -> list[Measurement]:
    prefer_passive_waiting()
    with tempfile.TemporaryDirectory() as cache:
        paths = default_paths()
        engine = DiffusionEngine(ModelLibrary([paths.starter_model]), "cpu", Path(cache), _schedulers())
        _generate(engine)
        device = engine.device
        assert device is not None
        figures = [
            _against_bare(engine, paths.starter_model, device.dtype),
            _against_default(engine, paths.starter_model, device.dtype),
            _preview_share(engine),
            _event_loop_gap(engine),
        ]
        engine.close()
    return figures


def _against_bare(engine: DiffusionEngine, model: Path, dtype: str) -> Measurement:
    """Both encode, denoise and decode; ours also reports progress with previews and checks for a cancel."""
    ours, peer = alternating(lambda: _generate(engine), _bare_call(model, dtype), RUNS)
    return Measurement(
        name="generate: overhead over a bare diffusers call",
        value=(ours / peer - 1) * 100,
        unit="%",
        goal=2.0,
        ours=as_milliseconds(ours),
        peer=as_milliseconds(peer),
        note=f"{dtype}, {SIDE}x{SIDE}, {STEPS} steps, guidance, same weights and seed; medians of {RUNS} in turns",
    )


def _against_default(engine: DiffusionEngine, model: Path, dtype: str) -> Measurement:
    ours, peer = alternating(lambda: _generate(engine), _bare_call(model, "float32"), RUNS)
    return Measurement(
        name="generate: against diffusers' default number format",
        value=peer / ours,
        unit="x",
        goal=1.5,
        better="higher",
        ours=as_milliseconds(ours),
        peer=as_milliseconds(peer),
        note=f"{dtype} against float32, {SIDE}x{SIDE}, {STEPS} steps; medians of {RUNS} in turns",
    )


def _preview_share(engine: DiffusionEngine) -> Measurement:
    """One preview against one step. Previews come at most ten times a second, so this is the worst case."""
    from studio.engine.influences.watch import StepWatch

    previews: list[float] = []
    real = StepWatch._preview

    def timed(watch: StepWatch) -> Any:
        start = time.perf_counter()
        pixels = real(watch)
        previews.append(time.perf_counter() - start)
        return pixels

    steps: list[float] = []
    StepWatch._preview = timed  # type: ignore[method-assign]
    try:
        for _ in range(RUNS // 2):
            start = time.perf_counter()
            _generate(engine)
            steps.append((time.perf_counter() - start) / STEPS)
    finally:
        StepWatch._preview = real  # type: ignore[method-assign]
    preview, step = float(np.median(previews)), float(np.median(steps))
    return Measurement(
        name="preview: share of a step",
        value=preview / step * 100,
        unit="%",
        goal=5.0,
        ours=as_milliseconds(preview),
        peer=as_milliseconds(step),
        note=f"{SIDE}x{SIDE}; medians of {len(previews)} previews",
    )


def _event_loop_gap(engine: DiffusionEngine) -> Measurement:
    """How late a Qt timer fires on the main thread while a thread of low priority generates."""
    application = QCoreApplication.instance() or QCoreApplication([])
    stamps: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: stamps.append(time.perf_counter()))
    worker = threading.Thread(target=_generate_in_background, args=(engine,))
    timer.start(TICK_MS)
    worker.start()
    while worker.is_alive():
        application.processEvents()
        time.sleep(0.001)
    timer.stop()
    gaps = np.diff(np.array(stamps)) * 1000
    return Measurement(
        name="event-loop gap while generating: p99",
        value=float(np.percentile(gaps, 99)),
        unit="ms",
        goal=50.0,
        ours=f"median {float(np.median(gaps)):.1f} ms, largest {float(gaps.max()):.1f} ms",
        note=f"a timer of {TICK_MS} ms, {len(gaps)} ticks",
    )


def _generate_in_background(engine: DiffusionEngine) -> None:
    from studio.engine.device.threads import lower_priority_of_this_thread

    lower_priority_of_this_thread()
    for _ in range(4):
        _generate(engine)


def _generate(engine: DiffusionEngine) -> Any:
    reports: list[Progress] = []
    job = DenoiseJob(
        prompt=PROMPT,
        negative_prompt=NEGATIVE,
        seed=1,
        steps=STEPS,
        guidance_scale=4.0,
        scheduler="ddim",
        model="starter",
        width=SIDE,
        height=SIDE,
    )
    return engine.bound(reports.append, CancelToken()).denoise(job)


def _bare_call(model: Path, dtype: str) -> Callable[[], Any]:
    import torch
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(model, dtype=torch_dtype(dtype), local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)

    def call() -> Any:
        return pipeline(
            PROMPT,
            negative_prompt=NEGATIVE,
            num_inference_steps=STEPS,
            guidance_scale=4.0,
            width=SIDE,
            height=SIDE,
            generator=torch.Generator("cpu").manual_seed(1),
        ).images[0]

    return call


def _schedulers() -> dict[str, SchedulerSpec]:
    """DDIM, the starter model's own scheduler, so that both sides run the same one."""

    def ddim(config: Mapping[str, Any]) -> Any:
        from diffusers import DDIMScheduler

        return DDIMScheduler.from_config(dict(config))

    return {"ddim": SchedulerSpec(id="ddim", name="DDIM", factory=ddim)}
