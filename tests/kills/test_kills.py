"""Painters are killed at random moments: nothing older than two seconds is lost, and no file is ever broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio.document import Document, PaintLayer, Rect, new_document
from studio.files import open_document, save_document
from studio.files.journal.recovery import RecoveredSession, find_leftovers, recover
from tests.kills.evidence import TICK_MS, Evidence, digest, flat_digest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED_TICKS = 2000 // TICK_MS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks windows and kills them")


def kill_painters(folder: Path, count: int, *, at_once: int, seed: int) -> list[Path]:
    arguments = [str(value) for value in (folder, count, at_once, seed)]
    command = [sys.executable, "-m", "tests.kills.painter", *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1500, check=False)
    assert result.returncode == 0, result.stderr
    return sorted(folder.iterdir())


def check(folder: Path) -> None:
    """All that must hold after a kill."""
    evidence = Evidence.of(folder)
    recovery = folder / "data" / "recovery"
    leftovers = find_leftovers(recovery)
    assert not list(recovery.glob("*.damaged*")), "a kill was taken for damage"
    assert len(leftovers) <= 1
    assert all(leftover.steps is not None for leftover in leftovers)
    session = recover(leftovers[0].path) if leftovers else None
    assert session is None or session.notes == ()
    check_nothing_old_is_lost(evidence, session)
    check_files(folder / "pictures", evidence)


def check_nothing_old_is_lost(evidence: Evidence, session: RecoveredSession | None) -> None:
    limit = evidence.killed_at - ALLOWED_TICKS
    known = [number for _, number in evidence.states]
    documents = [] if session is None else [step.state for step in session.steps[: session.index + 1]]
    # What the hand was doing is one step more, whose document nobody saw.
    is_unfinished = bool(documents) and digest(documents[-1]) not in known
    whole = documents[:-1] if is_unfinished else documents
    reached = _last(known, digest(whole[-1])) if whole else 0
    missing = evidence.states[reached + 1 :]
    assert not missing or missing[0][0] >= limit, f"a step of {evidence.killed_at - missing[0][0]} ticks is lost"
    # A stroke that came to its end meanwhile is among the steps.
    old = [(x, y) for tick, x, y in evidence.stroke if tick < limit]
    if old:
        assert is_unfinished, f"a stroke of {evidence.killed_at - evidence.stroke[0][0]} ticks is lost"
        assert all(_is_painted(documents[-1], x, y, evidence.color) for x, y in old)


def _last(numbers: list[int], number: int) -> int:
    assert number in numbers, "what was recovered was never on the canvas"
    return len(numbers) - 1 - numbers[::-1].index(number)


def _is_painted(document: Document, x: int, y: int, color: list[int]) -> bool:
    """On whichever layer: a result that arrives during a stroke becomes the active one."""
    layers = [layer for layer in document.walk() if isinstance(layer, PaintLayer)]
    return any(layer.raster.read(Rect(x, y, 1, 1))[0, 0].tolist() == [*color, 255] for layer in layers)


def check_files(pictures: Path, evidence: Evidence) -> None:
    for path in pictures.glob("picture.*"):
        document = open_document(path).document
        number = digest(document) if path.suffix == ".ora" else flat_digest(document)
        assert number in evidence.saves[path.name][-2:], f"{path.name} is neither the old nor the new picture"
    save_document(new_document(8, 8), pictures / "next.ora")
    assert not list(pictures.glob(".*")), "what a save left half written stays"


def test_eight_painters_lose_nothing_older_than_two_seconds(tmp_path: Path) -> None:
    for folder in kill_painters(tmp_path, 8, at_once=4, seed=1):
        check(folder)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_painters_lose_nothing_older_than_two_seconds(tmp_path: Path) -> None:
    for folder in kill_painters(tmp_path, 200, at_once=4, seed=1000):
        check(folder)
