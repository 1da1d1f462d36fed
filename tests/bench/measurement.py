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
    pairs = taking_turns(first, second, runs)
    return float(np.median([own for own, _ in pairs])), float(np.median([other for _, other in pairs]))


def taking_turns(
    first: Callable[[], object], second: Callable[[], object], runs: int
) -> tuple[tuple[float, float], ...]:
    """Seconds of both in each of ``runs`` pairs, after one that is not counted.

    Who begins changes from pair to pair, so that neither always finds the machine as the other left it.
    """
    pairs: list[tuple[float, float]] = []
    for number in range(-1, runs):
        taken = [0.0, 0.0]
        for index in (0, 1) if number % 2 else (1, 0):
            start = time.perf_counter()
            (first, second)[index]()
            taken[index] = time.perf_counter() - start
        if number >= 0:
            pairs.append((taken[0], taken[1]))
    return tuple(pairs)


def as_milliseconds(value: float) -> str:
    return f"{value * 1000:.2f} ms"
