"""An application folder against the checkout that it was made from: ``SHORELINE_FOLDER`` names it, unpacked.

Both take turns, so that a busy machine slows both alike; what counts is the ratio.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import bench_startup
from tests.bench.measurement import Measurement

WINDOW_GOAL = 1.25
GENERATE_GOAL = 1.15
RUNS = 7
PICTURES = 3


def run() -> list[Measurement]:
    """Start of the window, and processor seconds of a picture where the folder has an engine to draw with.

    Without a folder there is nothing to measure.
    """
    folder = os.environ.get("SHORELINE_FOLDER")
    if not folder:
        return []
    python = str(Path(folder) / "python" / "bin" / "python3")
    own, other = [sys.executable], [python, "-I"]
    measured = [_window(own, other)]
    if _can_draw(other):
        measured.append(_generate(own, other))
    return measured


def _window(own: list[str], other: list[str]) -> Measurement:
    pairs = _turns(lambda start: _shown([*start, "-c", bench_startup._CODE]), own, other, RUNS)
    return _ratio("window of the installed folder", pairs, WINDOW_GOAL)


def _generate(own: list[str], other: list[str]) -> Measurement:
    with tempfile.TemporaryDirectory() as place:
        picture = str(Path(place) / "a.png")
        arguments = ["-m", "studio", "generate", "a beach", "--seed", "1", "-o", picture]
        pairs = _turns(lambda start: _spent([*start, *arguments]), own, other, PICTURES)
    return _ratio("processor seconds of a picture", pairs, GENERATE_GOAL)


def _turns(
    take: Callable[[list[str]], float], own: list[str], other: list[str], runs: int
) -> list[tuple[float, float]]:
    """Figures of both in pairs, after one that is not counted; who begins changes."""
    pairs = []
    for number in range(runs + 1):
        if number % 2:
            second = take(other)
            pairs.append((take(own), second))
        else:
            first = take(own)
            pairs.append((first, take(other)))
    return pairs[1:]


def _shown(command: list[str]) -> float:
    """Seconds from the start of the process to the painted window."""
    start = time.time()
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0]) - start


def _spent(command: list[str]) -> float:
    """Processor seconds of a process and its children."""
    before = os.times()
    subprocess.run(command, env=_environment(), capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _can_draw(start: list[str]) -> bool:
    command = [*start, "-m", "studio", "engine", "list", "--json"]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=True)
    return '"state": "installed"' in done.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def _ratio(name: str, pairs: list[tuple[float, float]], goal: float) -> Measurement:
    own, other = (statistics.median(values) for values in zip(*pairs, strict=True))
    return Measurement(
        name=name,
        value=other / own,
        unit="x",
        goal=goal,
        ours=f"folder {other:.2f} s",
        peer=f"checkout {own:.2f} s",
        note=f"medians of {len(pairs)} runs in turn",
    )
