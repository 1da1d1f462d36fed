"""Throttling and the time left, on a clock that the test turns."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import Rect
from studio.engine.progress import StepReporter
from studio.generation import Progress


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def run_steps(seconds: list[float], total: int) -> list[Progress]:
    clock, reports = Clock(), []
    reporter = StepReporter(reports.append, total, Rect(0, 0, 8, 8), clock)
    reporter.stage("denoising")
    for index, duration in enumerate(seconds):
        clock.now += duration
        reporter.step_done(index + 1, lambda: np.zeros((1, 1, 3), np.uint8))
    return [report for report in reports if report.preview is not None]


def test_fast_steps_are_reported_ten_times_a_second_at_most_and_the_last_one_always() -> None:
    steps = [report.step for report in run_steps([0.04] * 10, 10)]
    assert steps == [1, 4, 7, 10]


def test_the_time_left_follows_the_measured_steps() -> None:
    reports = run_steps([2.0] * 3, 10)
    assert [report.seconds_left for report in reports] == pytest.approx([18.0, 16.0, 14.0])


def test_a_slow_first_step_is_soon_forgotten() -> None:
    reports = run_steps([10.0] + [1.0] * 11, 20)
    assert reports[0].seconds_left == pytest.approx(190.0)
    assert reports[-1].seconds_left == pytest.approx(8.0, rel=0.3)


def test_the_time_between_pictures_is_no_step() -> None:
    clock, reports = Clock(), []
    reporter = StepReporter(reports.append, 2, None, clock)
    reporter.stage("denoising")
    clock.now += 1
    reporter.step_done(1, lambda: None)
    clock.now += 50  # decoding
    reporter.stage("decoding", step=1)
    reporter.stage("denoising", step=1)
    clock.now += 1
    reporter.step_done(2, lambda: None)
    assert reports[1].seconds_left == pytest.approx(1.0)


def test_a_preview_says_where_it_belongs_and_how_much_of_it_shows() -> None:
    reports, mask = [], np.full((8, 8), 255, np.uint8)
    reporter = StepReporter(reports.append, 1, Rect(4, 0, 8, 8), mask=mask)
    reporter.step_done(1, lambda: np.zeros((1, 1, 3), np.uint8))
    assert (reports[0].preview_rect, reports[0].preview_mask) == (Rect(4, 0, 8, 8), mask)


def test_previews_are_made_only_for_reports() -> None:
    clock, reports, made = Clock(), [], []
    reporter = StepReporter(reports.append, 100, None, clock)
    reporter.stage("denoising")
    for index in range(50):
        clock.now += 0.001
        reporter.step_done(index + 1, lambda: made.append(1))
    assert len(made) == 1
