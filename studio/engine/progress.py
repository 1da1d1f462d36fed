"""Throttled progress with the time left estimated from measured steps."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from studio.document import Pixels, Rect
from studio.generation import Progress

MINIMUM_INTERVAL: Final = 0.1
"""Seconds between two reports of denoising steps."""
_SMOOTHING: Final = 0.3
_NETWORKS: Final = 98
"""Percents of loading that are for reading the networks; the rest is for what is fitted to them."""


class StepReporter:
    """Reports the denoising steps of one job.

    ``total_steps`` counts over all pictures. A report goes out at most every `MINIMUM_INTERVAL` seconds,
    except the last one. Previews are reported with ``rect`` and ``mask``, see `Progress`. ``clock`` returns seconds.
    """

    def __init__(
        self,
        report: Callable[[Progress], None],
        total_steps: int,
        rect: Rect | None,
        clock: Callable[[], float] = time.monotonic,
        *,
        mask: Pixels | None = None,
    ) -> None:
        self._report = report
        self._total = total_steps
        self._rect = rect
        self._mask = mask
        self._clock = clock
        self._last_report = float("-inf")
        self._step_started: float | None = None
        self._last_step = 0.0
        self._seconds_per_step: float | None = None

    def stage(self, name: str, step: int = 0) -> None:
        """Announce a stage at once; its time does not count as a step's."""
        self._step_started = self._clock() if name == "denoising" else None
        self._report(Progress(stage=name, step=step, total_steps=self._total))

    def step_done(self, step: float, preview: Callable[[], Pixels | None]) -> None:
        """Count a step; ``preview`` is called only when a report goes out. ``step`` is 1-based over the whole job
        and may be fractional for schedulers that run the model more than once a step."""
        now = self._clock()
        self._measure(step, now)
        if now - self._last_report < MINIMUM_INTERVAL and step < self._total:
            return
        self._last_report = now
        self._report(
            Progress(
                stage="denoising",
                step=min(int(step), self._total),
                total_steps=self._total,
                seconds_left=self._seconds_left(step),
                preview=preview(),
                preview_rect=self._rect,
                preview_mask=self._mask,
            )
        )

    def _measure(self, step: float, now: float) -> None:
        if self._step_started is not None and step > self._last_step:
            seconds = (now - self._step_started) / (step - self._last_step)
            known = self._seconds_per_step
            self._seconds_per_step = seconds if known is None else known + _SMOOTHING * (seconds - known)
        self._step_started, self._last_step = now, step

    def _seconds_left(self, step: float) -> float | None:
        if self._seconds_per_step is None:
            return None
        return max(0.0, self._total - step) * self._seconds_per_step


class LoadingReporter:
    """Reports how much of a model is loaded in whole percents, each of them once."""

    def __init__(self, report: Callable[[Progress], None]) -> None:
        self._report = report
        self._told = -1

    def networks(self, share: float) -> None:
        """So much of the networks, 0 to 1, was read."""
        self._tell(int(_NETWORKS * share))

    def done(self) -> None:
        """Everything is ready."""
        self._tell(100)

    def _tell(self, percent: int) -> None:
        if percent > self._told:
            self._told = percent
            self._report(Progress(stage="loading", step=percent, total_steps=100))
