"""Windows with several pictures are killed: each picture comes back with its own steps, nothing old is lost."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from studio.document import new_document
from studio.files.journal.recovery import Leftover, RecoveredSession, find_leftovers, recover
from studio.paths import Paths
from studio.session import Session
from studio.ui.widgets.notice_bar import NoticeBar
from studio.ui.window.recovery import Recovery
from tests.fake_worker import FakeWorker
from tests.kills.evidence import TICK_MS, digest, notes_of, ticks_of

ROOT = Path(__file__).resolve().parents[2]
ALLOWED_TICKS = 2000 // TICK_MS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks windows and kills them")


@dataclass
class Seen:
    """What was on the canvas of one picture: (tick, digest), oldest first."""

    killed_at: int
    states: list[tuple[int, int]] = field(default_factory=list)
    closed_at: int | None = None


def kill(folder: Path, count: int, *, at_once: int, seed: int) -> dict[int, Seen]:
    """Let windows be killed; returns what was seen of each picture, by its width."""
    command = [sys.executable, "-m", "tests.kills.several", *map(str, (folder, count, at_once, seed))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1500, check=False)
    assert result.returncode == 0, result.stderr
    pictures: dict[int, Seen] = {}
    for place in sorted(folder.glob("[0-9][0-9][0-9]")):
        for note in notes_of(place):
            seen = pictures.setdefault(note["width"], Seen(ticks_of(place)))
            if note["kind"] == "closed":
                seen.closed_at = note["tick"]
            else:
                seen.states.append((note["tick"], note["digest"]))
    return pictures


def check(folder: Path, pictures: dict[int, Seen]) -> list[Leftover]:
    """All that must hold after the kills."""
    recovery = folder / "data" / "recovery"
    assert not list(recovery.glob("*.damaged*")), "a kill was taken for damage"
    leftovers = list(find_leftovers(recovery))
    lines: dict[int, list[RecoveredSession]] = defaultdict(list)
    for leftover in leftovers:
        line = recover(leftover.path)
        assert line.notes == ()
        widths = {step.state.width for step in line.steps}
        assert len(widths) == 1, "steps of several pictures are in one journal"
        lines[widths.pop()].append(line)
    assert all(len(found) == 1 for found in lines.values()), "a picture has two journals"
    for width, seen in pictures.items():
        check_picture(seen, lines[width][0] if lines[width] else None)
    return leftovers


def check_picture(seen: Seen, line: RecoveredSession | None) -> None:
    limit = seen.killed_at - ALLOWED_TICKS
    if seen.closed_at is not None:
        assert line is None or seen.closed_at >= limit, "what was closed is offered again"
        return
    if line is None:
        assert seen.states[0][0] >= limit, "a picture is lost"
        return
    known = [number for _, number in seen.states]
    # What the hand was doing is one step more, whose document nobody saw.
    shown = next(step.state for step in reversed(line.steps[: line.index + 1]) if digest(step.state) in known)
    reached = len(known) - 1 - known[::-1].index(digest(shown))
    missing = seen.states[reached + 1 :]
    assert not missing or missing[0][0] >= limit, f"a step of {seen.killed_at - missing[0][0]} ticks is lost"


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, list[Leftover]]:
    pictures = kill(tmp_path, 3, at_once=3, seed=5)
    return tmp_path, check(tmp_path, pictures)


def wait_for(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=20_000)


def test_all_pictures_of_killed_windows_come_back_at_once(
    qtbot: QtBot, killed: tuple[Path, list[Leftover]], paths: Paths
) -> None:
    folder, leftovers = killed
    assert len(leftovers) >= 5
    session, notices = Session(new_document(8, 8), FakeWorker()), NoticeBar()
    qtbot.addWidget(notices)
    recovery = Recovery(session, folder / "data" / "recovery", notices, notices)
    recovery.offer()
    wait_for(qtbot, lambda: bool(notices.texts()))
    next(button for button in notices.findChildren(QPushButton) if button.text() == "Recover All").click()
    wait_for(qtbot, lambda: not any(leftover.path.exists() for leftover in leftovers))
    assert len(session.documents) == len(leftovers)
    assert len({document.document.width for document in session.documents}) == len(leftovers)
    again = list((folder / "data" / "recovery").glob("*.journal"))
    assert len(again) == len(leftovers), "what came back has no journal"
    recovery.close()


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_sixty_windows_with_several_pictures_lose_nothing_older_than_two_seconds(tmp_path: Path) -> None:
    check(tmp_path, kill(tmp_path, 60, at_once=4, seed=2000))
