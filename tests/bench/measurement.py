"""What a benchmark measures, and how it takes time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One figure of a benchmark.

    Parameters
    ----------
    name
        What was measured.
    value, unit
        The figure: seconds ("s"), milliseconds ("ms"), a ratio against a peer ("x"), a share ("%") ...
    goal, better
        What it should reach, if there is a goal, and which way is better: "higher" or "lower".
    ours, peer
        What the ratio was made of, in seconds or bytes, as text for the table.
    note
        The conditions: sizes, number of runs, the peer's version.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    better: Literal["higher", "lower"] = "lower"
    ours: str = ""
    peer: str = ""
    note: str = ""

    @property
    def meets_goal(self) -> bool | None:
        """Whether the goal is reached; ``None`` if there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.better == "higher" else self.value <= self.goal


def seconds(work: Callable[[], object], runs: int) -> list[float]:
    """Wall time of each of ``runs`` calls, after one that is not counted."""
    work()
    times: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def alternating(first: Callable[[], object], second: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds of two pieces of work that take turns, so that a busy machine slows both alike."""
    first()
    second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for work, taken in zip((first, second), times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return float(np.median(times[0])), float(np.median(times[1]))


def as_milliseconds(value: float) -> str:
    return f"{value * 1000:.2f} ms"
