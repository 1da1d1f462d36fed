"""Models of full size with random weights against bare diffusers: loading, steps, decoding, memory, what is used again.

Stable Diffusion 1.5 at 512 pixels, and XL at 768 where memory and disk allow. Seconds are those of the processor, which
say more than the clock's on a machine that does other things.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from tests.bench.measurement import Measurement
from tests.engine.checkpoint_files import checkpoint, write_sparse

ROUNDS = int(os.environ.get("SHORELINE_BENCH_ROUNDS", "5"))
"""Processes a side: where its weights come to lie makes one of them up to a tenth quicker than the next."""
STEPS = {"sd1": 4, "sdxl": 2}
GIGABYTE = 1 << 30
SIDES = {"sd1": 512, "sdxl": 768}
NAMES = {"sd1": "SD1.5 at 512", "sdxl": "XL at 768"}
DISK = {"sd1": 3 * GIGABYTE, "sdxl": 9 * GIGABYTE}
MEMORY = {"sd1": 6 * GIGABYTE, "sdxl": 15 * GIGABYTE}
_STEEP = ("out_layers.3", "proj_out", "to_out", "ff.net.2", "conv2", "out_proj", "fc2", "c_proj")
"""Ends of branches, which stay small so that sums do not grow from block to block."""


class RandomValues(Mapping[str, Any]):
    """Weights of sensible sizes for the tensors of a checkpoint, each made when it is asked for."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        self._shapes = shapes
        self._pool = np.random.default_rng(0).standard_normal(1 << 22).astype(np.float32)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shapes)

    def __len__(self) -> int:
        return len(self._shapes)

    def __getitem__(self, name: str) -> Any:
        shape = self._shapes[name]
        if len(shape) < 2:
            return np.full(shape, float(name.endswith("weight")), np.float32)
        deviation = 0.02 if "embedding" in name else 1 / math.sqrt(math.prod(shape[1:]))
        deviation *= 0.3 if any(mark in name for mark in _STEEP) else 1.0
        return np.resize(self._pool, shape) * np.float32(deviation)


class Worker:
    """A process with one model; ends with the context."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.full_size", *arguments]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()

    def ask(self, deed: str) -> Any:
        """The answer to a deed with its numbers, such as "draw 2"."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(deed + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def run() -> list[Measurement]:
    figures: list[Measurement] = []
    for family in os.environ.get("SHORELINE_BENCH_FAMILIES", "sd1,sdxl").split(","):
        with tempfile.TemporaryDirectory(dir=os.environ.get("SHORELINE_BENCH_FOLDER")) as folder:
            free = psutil.virtual_memory().available
            if shutil.disk_usage(folder).free > DISK[family] and free > MEMORY[family]:
                figures += _figures(family, Path(folder))
    return figures


def _figures(family: str, folder: Path) -> list[Measurement]:
    shapes = checkpoint(family)
    file = write_sparse(folder / "models" / "model.safetensors", shapes, values=RandomValues(shapes))
    side, cache = str(SIDES[family]), str(folder / "cache")
    with Worker("ours", family, side, str(file), cache) as worker:
        form = worker.ask("warm_up")
    sides = {"ours": (family, side, str(file), cache), "bare": (family, side, str(file), form)}
    return [*_ratios(family, form, _taken(sides, STEPS[family])), *_reuse(family, sides["ours"])]


def _taken(sides: Mapping[str, tuple[str, ...]], steps: int) -> dict[str, list[dict[str, float]]]:
    """Answers of fresh processes, one side after the other and the other way round in turns."""
    taken: dict[str, list[dict[str, float]]] = {who: [] for who in sides}
    for turn in range(ROUNDS):
        for who in sorted(sides, reverse=turn % 2 == 1):
            with Worker(who, *sides[who]) as worker:
                load, _warm = worker.ask("load"), worker.ask("draw 1")
                taken[who].append({**load, **worker.ask(f"draw {steps}"), **worker.ask("peak")})
    return taken


def _ratios(family: str, form: str, taken: Mapping[str, Sequence[Mapping[str, float]]]) -> Iterator[Measurement]:
    note = f"{form}; medians of {ROUNDS} processes in turns"
    for name, goal in (("load", 1.3), ("step", 1.02), ("decode", 1.3)):
        ours, bare = ([answer[name] for answer in taken[who]] for who in ("ours", "bare"))
        clock = [statistics.median(answer[f"{name}_wall"] for answer in taken[who]) for who in ("ours", "bare")]
        yield Measurement(
            name=f"{NAMES[family]}: {name}, processor time",
            value=statistics.median(ours) / statistics.median(bare),
            unit="x",
            goal=goal,
            ours=f"{statistics.median(ours):.2f} s ({clock[0]:.2f} s by the clock)",
            peer=f"{statistics.median(bare):.2f} s ({clock[1]:.2f} s by the clock)",
            note=f"{note}: ours {_range(ours)}, bare {_range(bare)}",
        )
    ours_peak, bare_peak = (statistics.median(answer["peak"] for answer in taken[who]) for who in ("ours", "bare"))
    yield Measurement(
        name=f"{NAMES[family]}: most memory",
        value=ours_peak / bare_peak,
        unit="x",
        goal=1.05,
        ours=f"{ours_peak / GIGABYTE:.2f} GiB",
        peer=f"{bare_peak / GIGABYTE:.2f} GiB",
        note=note,
    )


def _range(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.2f} to {max(seconds):.2f} s"


def _reuse(family: str, ours: tuple[str, ...]) -> Iterator[Measurement]:
    with Worker("ours", *ours) as worker:
        worker.ask("load")
        calls = worker.ask("repeat")
    for name, what in (("text_encoder", "the text"), ("vae", "the picture")):
        yield Measurement(
            name=f"{NAMES[family]}: times that a second request encodes {what}",
            value=calls[name],
            unit="",
            goal=0,
            note="the same words and picture, another seed",
        )
