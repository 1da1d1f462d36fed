"""Garbage ends on the thread of the window, whichever thread makes it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from studio.system.garbage import THRESHOLDS, GarbageCollection


class Ring:
    """Holds itself, and notes the thread on which it ended."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        self.itself = self
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.current_thread())


@pytest.fixture
def garbage() -> Iterator[GarbageCollection]:
    made = GarbageCollection()
    made.begin()
    yield made
    gc.disable()  # as the session of tests has it


def run_elsewhere(work: object) -> threading.Thread:
    thread = threading.Thread(target=work)  # type: ignore[arg-type]
    thread.start()
    return thread


def test_a_busy_thread_ends_nobody_elses_objects(garbage: GarbageCollection) -> None:
    ended: list[threading.Thread] = []
    Ring(ended)
    kept: list[list[int]] = []
    run_elsewhere(lambda: kept.extend([] for _ in range(2 * THRESHOLDS[0]))).join()
    assert not ended
    garbage.look()
    assert ended == [threading.current_thread()]


def test_a_thread_that_needs_memory_has_the_windows_collect(
    garbage: GarbageCollection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.system.garbage.PATIENCE_SECONDS", 600.0)
    ended: list[threading.Thread] = []
    Ring(ended)
    answers: list[bool] = []
    asking = run_elsewhere(lambda: answers.append(garbage.collect_all()))
    while asking.is_alive():
        garbage.look()
        asking.join(0.01)
    assert answers == [True]
    assert ended == [threading.current_thread()]


def test_a_thread_does_not_wait_for_ever_for_a_window_that_is_busy(
    garbage: GarbageCollection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.system.garbage.PATIENCE_SECONDS", 0.05)
    answers: list[bool] = []
    run_elsewhere(lambda: answers.append(garbage.collect_all())).join()
    assert answers == [False]


def test_python_collects_again_in_the_end(garbage: GarbageCollection) -> None:
    assert not gc.isenabled()
    garbage.end()
    assert gc.isenabled()
    ended: list[threading.Thread] = []
    Ring(ended)
    assert garbage.collect_all()
    assert len(ended) == 1
