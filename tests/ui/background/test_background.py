"""Work off the window's thread: heard of on it, cancelled, with its time left, and leaving no thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from studio.errors import Cancelled
from studio.ui.background.background import Background, Run, RunProgress


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work that waits for it ends with the test at the latest."""
    event = threading.Event()
    yield event
    event.set()


def test_results_and_errors_come_back_on_the_thread_that_asked(qtbot: QtBot) -> None:
    background, seen = Background("test"), list[object]()
    here = threading.current_thread()
    background.run(threading.current_thread, lambda there: seen.extend((there, threading.current_thread())))
    background.run(lambda: 1 // 0, print, seen.append)
    assert background.is_busy
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen[0] is not here
    assert seen[1] is here
    assert isinstance(seen[2], ZeroDivisionError)
    assert not background.is_busy


def test_what_was_asked_for_is_done_in_order_and_its_thread_ends_with_it(qtbot: QtBot) -> None:
    background, seen = Background("test"), list[int]()
    for number in range(20):
        background.run(lambda number=number: number, seen.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))
    assert background.join(5)
    assert "shoreline-test" not in [thread.name for thread in threading.enumerate()]
    background.run(lambda: 20, seen.append)
    qtbot.waitUntil(lambda: seen[-1] == 20)


def test_closed_it_finishes_its_work_but_says_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    background, told = Background("test"), list[object]()
    for name in ("one", "two"):
        background.run(lambda name=name: (tmp_path / name).write_text("whole"), told.append, told.append)  # type: ignore[misc]
    background.close()
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == ["whole", "whole"]
    background.run(lambda: told.append("late"), told.append)
    qtbot.wait(20)
    assert told == []


def test_what_is_cancelled_says_so_and_what_waits_never_begins(qtbot: QtBot, gate: threading.Event) -> None:
    background, told = Background("test"), list[object]()

    def work(run: Run) -> None:
        gate.wait(20)
        run.token.raise_if_cancelled()

    first = background.start(work, told.append, told.append)
    second = background.start(lambda _run: told.append("begun"), told.append, told.append)
    first.cancel()
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert all(isinstance(error, Cancelled) for error in told)


def test_stopping_waits_for_nobody(qtbot: QtBot, gate: threading.Event) -> None:
    background, told = Background("test"), list[object]()
    begun, cancelled = threading.Event(), list[bool]()

    def work(run: Run) -> None:
        begun.set()
        gate.wait(20)
        cancelled.append(run.is_cancelled)

    background.start(work, told.append, told.append)
    assert begun.wait(20)
    background.run(lambda: told.append("begun"), told.append)
    background.stop()
    assert not background.join(0), "the work goes on, and was not waited for"
    gate.set()
    assert background.join(5)
    qtbot.wait(20)
    assert cancelled == [True]
    assert told == []


def test_with_its_owner_gone_nothing_is_heard(qtbot: QtBot, gate: threading.Event) -> None:
    owner, told = QObject(), list[object]()
    run = Background("test", owner).start(lambda _run: gate.wait(20), told.append, told.append)
    owner.deleteLater()
    qtbot.waitUntil(lambda: run.is_cancelled)
    gate.set()
    qtbot.wait(20)
    assert told == []


def test_progress_floods_nobody_and_ends_with_the_last(qtbot: QtBot) -> None:
    background, told = Background("test"), list[RunProgress]()
    ended: list[object] = []

    def work(run: Run) -> str:
        for step in range(10_001):
            run.report(step / 10_000, f"step {step}")
        return "done"

    background.start(work, ended.append, ended.append, told.append)
    background.join(20)
    qtbot.waitUntil(lambda: ended == ["done"])
    assert len(told) == 1, "only the newest was waiting"
    assert (told[0].fraction, told[0].message) == (1.0, "step 10000")


def test_progress_of_what_was_cancelled_is_not_shown(qtbot: QtBot, gate: threading.Event) -> None:
    background, told = Background("test"), list[object]()
    ended: list[object] = []

    def work(run: Run) -> None:
        gate.wait(20)
        run.report(0.5)

    background.start(work, ended.append, ended.append, told.append).cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert told == []


def test_the_time_left_is_worked_out_once_it_says_something() -> None:
    now = [100.0]
    run = Run(lambda: None, lambda: now[0])
    run.begin()
    now[0] = 101.0
    assert run.seconds_left(0.5) is None, "too early"
    now[0] = 110.0
    assert run.seconds_left(0.0) is None
    assert run.seconds_left(0.25) == pytest.approx(30.0)
    run.report(2.0, "more than all")
    assert run.take_told() == RunProgress(fraction=1.0, message="more than all", seconds_left=0.0)
