"""How long a job spends in each of its stages."""

from __future__ import annotations

import time
from collections.abc import Callable

from studio.generation import Progress

Report = Callable[[Progress], None]


class StageClock:
    """Passes progress on and adds up the seconds of each stage."""

    def __init__(self, report: Report) -> None:
        self._forward = report
        self._start = self._since = time.perf_counter()
        self._stage = "preparing"
        self._seconds: dict[str, float] = {}

    def report(self, progress: Progress) -> None:
        if progress.stage != self._stage:
            self._close_stage()
            self._stage = progress.stage
        self._forward(progress)

    def timings(self) -> dict[str, float]:
        self._close_stage()
        return {**self._seconds, "total": self._since - self._start}

    def _close_stage(self) -> None:
        now = time.perf_counter()
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._since = now
