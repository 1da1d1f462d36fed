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
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from tests.bench.measurement import Measurement
from tests.engine.checkpoint_files import checkpoint, write_sparse

ROUNDS = int(os.environ.get("SHORELINE_BENCH_ROUNDS", "5"))
STEPS = {"sd1": 4, "sdxl": 2}
LOADS = 3
GIGABYTE = 1 << 30
SIDES = {"sd1": 512, "sdxl": 768}
NAMES = {"sd1": "SD1.5 at 512", "sdxl": "XL at 768"}
DISK = {"sd1": 3 * GIGABYTE, "sdxl": 9 * GIGABYTE}
TOGETHER = {"sd1": 9 * GIGABYTE, "sdxl": 28 * GIGABYTE}
"""Memory for both sides at once."""
ALONE = {"sd1": 6 * GIGABYTE, "sdxl": 15 * GIGABYTE}
"""Memory for one side after the other."""
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
            if shutil.disk_usage(folder).free > DISK[family] and free > ALONE[family]:
                figures += _figures(family, Path(folder), together=free > TOGETHER[family])
    return figures


def _figures(family: str, folder: Path, *, together: bool) -> list[Measurement]:
    shapes = checkpoint(family)
    file = write_sparse(folder / "models" / "model.safetensors", shapes, values=RandomValues(shapes))
    side, cache = str(SIDES[family]), str(folder / "cache")
    with Worker("ours", family, side, str(file), cache) as worker:
        form = worker.ask("warm_up")
    sides = {"ours": (family, side, str(file), cache), "bare": (family, side, str(file), form)}
    loads, taken = _loads(sides), _taken(sides, STEPS[family], together=together)
    return [*_ratios(family, form, loads, taken, together=together), *_reuse(family, sides["ours"])]


def _loads(sides: Mapping[str, tuple[str, ...]]) -> dict[str, list[dict[str, float]]]:
    """Loads in fresh processes, one side after the other and the other way round in turns."""
    loads: dict[str, list[dict[str, float]]] = {who: [] for who in sides}
    for turn in range(LOADS):
        for who in sorted(sides, reverse=turn % 2 == 1):
            with Worker(who, *sides[who]) as worker:
                loads[who].append(worker.ask("load"))
    return loads


def _taken(sides: Mapping[str, tuple[str, ...]], steps: int, *, together: bool) -> dict[str, list[dict[str, float]]]:
    """Answers of both sides once they have loaded, that about memory last."""
    taken: dict[str, list[dict[str, float]]] = {who: [] for who in sides}
    for group in [tuple(sides)] if together else [(who,) for who in sides]:
        with ExitStack() as stack:
            workers = {who: stack.enter_context(Worker(who, *sides[who])) for who in group}
            for worker in workers.values():
                worker.ask("load")
            for deed in (*[f"draw {steps}"] * (ROUNDS + 1), "peak"):
                for who in sorted(workers, reverse=len(taken["ours"]) % 2 == 1):
                    taken[who].append(workers[who].ask(deed))
    return taken


def _ratios(
    family: str,
    form: str,
    loads: Mapping[str, Sequence[Mapping[str, float]]],
    taken: Mapping[str, Sequence[Mapping[str, float]]],
    *,
    together: bool,
) -> Iterator[Measurement]:
    turns = f"{form}; {'in turns' if together else 'one after the other'}"
    drawn = {who: answers[1:-1] for who, answers in taken.items()}  # the first drawing warms up
    for name, goal, answers in (
        ("load", 1.3, loads),
        ("step", 1.02, drawn),
        ("decode", 1.3, drawn),
    ):
        ours, bare = ([answer[name] for answer in answers[who]] for who in ("ours", "bare"))
        clock = [statistics.median(answer[f"{name}_wall"] for answer in answers[who]) for who in ("ours", "bare")]
        yield Measurement(
            name=f"{NAMES[family]}: {name}, processor time",
            value=statistics.median(ours) / statistics.median(bare),
            unit="x",
            goal=goal,
            ours=f"{statistics.median(ours):.2f} s ({clock[0]:.2f} s by the clock)",
            peer=f"{statistics.median(bare):.2f} s ({clock[1]:.2f} s by the clock)",
            note=f"{turns}; medians of {len(ours)}; best {min(ours) / min(bare):.3f}x",
        )
    ours_peak, bare_peak = (taken[who][-1]["peak"] for who in ("ours", "bare"))
    yield Measurement(
        name=f"{NAMES[family]}: most memory",
        value=ours_peak / bare_peak,
        unit="x",
        goal=1.05,
        ours=f"{ours_peak / GIGABYTE:.2f} GiB",
        peer=f"{bare_peak / GIGABYTE:.2f} GiB",
        note=turns,
    )


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
