"""A session of actions by lot: done again it is the same, undone it is as before, and memory stays flat."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest

from studio.document import MAX_SIDE, Document, Rect
from studio.files.journal.journal import Journal
from studio.files.journal.recovery import discard, recover
from studio.raster.compose import compose
from studio.raster.compositor import Compositor
from tests.editing.document_digest import digest
from tests.editing.random_painter import HISTORY_BUDGET, KINDS, Action, Painter, actions

EVERY = 100
"""Actions between looks at the picture."""
TOLERANCE = 2
"""Levels of 255 by which a canvas that is painted on may differ from the whole: it rounds in another order."""
ADJUSTED_TOLERANCE = 8
"""The same where adjustment layers make a level more of it."""
CANVAS_BUDGET = 16 * 1024**2
MOST_GROWTH = 64 * 1024**2
"""Bytes by which the process may be larger in the second half of a long session than it ever was in the first."""


@dataclass
class Watched:
    """A painter, the canvas and the journal that follow, and what was seen at each look."""

    painter: Painter
    compared_every: int = 1

    def __post_init__(self) -> None:
        self.canvas = Compositor(self.painter.document, budget=CANVAS_BUDGET)
        self.exact = Compositor(budget=CANVAS_BUDGET)
        self.exact.set_document(self.painter.document.with_active(None))
        self.painter.show = self.show
        self.painter.session.document_changed.connect(lambda _old, new: self.show(new, None))
        self.seen: tuple[Document, str] | None = None
        self.shown = 0

    def show(self, document: Document, near: Rect | None) -> None:
        """Another document, or a stroke under way: what changed is composed, and only there."""
        self.canvas.set_document(document, near)
        self.exact.set_document(document.with_active(None))
        self.canvas.read(document.canvas)
        self.exact.read(document.canvas)
        self.shown += 1
        if self.shown % self.compared_every == 0:
            self.compare_canvas(document)

    def play(self, script: list[Action]) -> Iterator[str]:
        """Do all; the digest of the picture after every so many."""
        for number, action in enumerate(script, 1):
            try:
                self.painter.do(action)
                if number % EVERY == 0:
                    yield self.look()
            except Exception as error:
                error.add_note(f"at action {number}: {action}")
                raise

    def look(self) -> str:
        document = self.painter.document
        assert max(document.width, document.height) <= MAX_SIDE
        if self.seen is not None:
            assert digest(self.seen[0]) == self.seen[1], "a picture of the past was changed"
        found = digest(document)
        self.seen = document, found
        return found

    def compare_canvas(self, document: Document) -> None:
        """What the canvas shows is the whole composition: to the bit where tiles that changed are composed whole."""
        whole = compose(document)
        assert np.array_equal(self.exact.read(document.canvas), whole), "the canvas shows something that is gone"
        difference = np.abs(self.canvas.read(document.canvas).astype(int) - whole).max()
        is_adjusted = any(layer.adjustment is not None for layer in document.walk())
        most = ADJUSTED_TOLERANCE if is_adjusted else TOLERANCE
        assert difference <= most, f"the canvas differs by {difference}"


def check_journal(painter: Painter, folder: Path) -> None:
    """What a crash now would leave is the whole line of history."""
    history = painter.session.history
    journal = Journal.create(folder)
    journal.record(history.steps, history.index)
    journal.detach()
    recovered = recover(journal.path)
    assert recovered.notes == ()
    assert recovered.index == history.index
    for before, after in zip(history.steps[-5:], recovered.steps[-5:], strict=True):
        assert digest(after.state) == digest(before.state)
    discard(journal.path)


def replayed(script: list[Action], folder: Path) -> list[str]:
    """What `Watched.play` sees, by a painter whom nobody watches."""
    painter, seen = Painter(folder), []
    for number, action in enumerate(script, 1):
        painter.do(action)
        seen += [digest(painter.document)] if number % EVERY == 0 else []
    return seen


def test_a_session_done_again_is_the_same(tmp_path: Path) -> None:
    script = actions(seed=7, count=300)
    watched = Watched(Painter(tmp_path), compared_every=4)
    seen = list(watched.play(script))
    check_journal(watched.painter, tmp_path / "recovery")
    assert len(set(seen)) == len(seen) == 3
    assert replayed(script, tmp_path) == seen


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_thousand_actions_are_the_same_again_and_memory_stays_flat(tmp_path: Path) -> None:
    script, used = actions(seed=18, count=10_000), []
    watched = Watched(Painter(tmp_path), compared_every=8)
    painter, seen = watched.painter, []
    for found in watched.play(script):
        seen.append(found)
        if len(seen) % 5 == 0:
            check_journal(painter, tmp_path / "recovery")
            used.append(memory())
            assert painter.session.history.bytes_used <= HISTORY_BUDGET
            assert max(watched.canvas.bytes_used, watched.exact.bytes_used) <= CANVAS_BUDGET
    assert [kind for kind in KINDS if not painter.done[kind]] == [], "nothing was ever done by these"
    middle = len(used) // 2
    assert max(used[middle:]) - max(used[:middle]) < MOST_GROWTH, f"MiB: {[each >> 20 for each in used]}"
    assert replayed(script, tmp_path) == seen


def memory() -> int:
    """Bytes of this process, once what is not needed is gone."""
    gc.collect()
    return int(psutil.Process().memory_info().rss)
