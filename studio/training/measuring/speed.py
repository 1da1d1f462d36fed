"""How long the model takes and how much memory it needs, measured in a process of its own."""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
import torch

from studio.engine.models.loading import quiet_libraries
from studio.training.networks.few_steps import load_few_steps
from studio.training.networks.integration import load_folder
from studio.training.networks.sampling import draw_pictures

_PROMPT = "a beautiful beach"
_REPEATS = 5


@dataclass(frozen=True)
class Speed:
    """Median seconds for one picture in float32 on ``threads`` threads of the CPU, and peak memory of the process."""

    threads: int
    full: float
    four_steps: float
    peak_mebibytes: float


def measure_speed(model: Path, *, steps: int, guidance_scale: float) -> dict[str, Any]:
    """Draw a few pictures with plain diffusers, at ``steps`` guided steps and in four, in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return asdict(pool.submit(_measure, model, steps, guidance_scale).result())


def _measure(model: Path, steps: int, guidance_scale: float) -> Speed:
    quiet_libraries()
    pipeline = load_folder(model)
    full = _median_seconds(pipeline, steps, guidance_scale)
    load_few_steps(pipeline, model)
    pipeline.fuse_lora()
    quick = _median_seconds(pipeline, 4, 1.0)
    return Speed(torch.get_num_threads(), full, quick, round(_peak_bytes() / 2**20, 1))


def _median_seconds(pipeline: object, steps: int, guidance_scale: float) -> float:
    seconds = []
    for seed in range(_REPEATS + 1):
        start = time.perf_counter()
        draw_pictures(pipeline, [_PROMPT], seed=seed, steps=steps, guidance_scale=guidance_scale)
        seconds.append(time.perf_counter() - start)
    return round(statistics.median(seconds[1:]), 2)  # the first one warms up


def _peak_bytes() -> int:
    """The most memory that this process has held."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    status = Path("/proc/self/status")
    if status.exists():  # Linux hands the figure of getrusage down from the process that started this one
        line = next(line for line in status.read_text("utf-8-sig").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
