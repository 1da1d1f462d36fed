"""A person who paints, drags, generates, saves and exports in a real window without ever pausing, until killed.

``python -m tests.kills.painter FOLDER COUNT AT_ONCE SEED`` paints in so many windows, some at a time, each in a process
of its own with a folder of its own, and ends each with SIGKILL at a random moment. The processes are forked from this
one, which has imported everything.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from studio.app import Studio, build, make_application, put_window_first
from studio.document import new_document, replace_layer
from studio.files import documents  # noqa: F401 - imported once for all processes
from studio.generation import CancelToken, GeneratedImage, GenerationRequest, GenerationResult, GenerationSettings
from studio.history import StepKind
from studio.paths import default_paths
from studio.ui.dialogs.prompts import SaveChoice
from tests.kills.evidence import TICK_MS, Witness, digest, flat_digest, ticks_of

WIDTH, HEIGHT = 640, 480
LONGEST_TICKS = 400
Work = Callable[[Path, int], None]
"""Paints in a folder, with a seed, until killed."""
LEFT = Qt.MouseButton.LeftButton


class QuickRunner:
    """A generator whose pictures are there in a moment."""

    def preload(self, *_arguments: object) -> None:
        """There is nothing to load."""

    def run(self, request: GenerationRequest, _cancel: CancelToken, _report: Callable[..., object]) -> GenerationResult:
        time.sleep(random.uniform(0.0, 0.2))
        pixels = np.full((request.settings.height, request.settings.width, 4), 255, np.uint8)
        pixels[..., :3] = np.random.default_rng(request.settings.seed).integers(0, 256, 3)
        image = GeneratedImage(pixels=pixels, seed=request.settings.seed)
        return GenerationResult(request=request, images=(image,), timings={})


@dataclass
class Answers:
    """Says where to save, and that changes may be dropped."""

    path: Path

    def save_path(
        self, _title: str, _suggestion: Path, _filters: str, _suffix: str, answer: Callable[..., None]
    ) -> None:
        answer(self.path)

    def unsaved_changes(self, _name: str, answer: Callable[[SaveChoice], None]) -> None:
        answer(SaveChoice.DISCARD)

    def several_unsaved(self, _names: list[str], answer: Callable[[frozenset[int] | None], None]) -> None:
        answer(frozenset())


class Painter:
    """One hand on one window; `work` is one tick of it after the other."""

    def __init__(self, studio: Studio, witness: Witness, answers: Answers, chance: random.Random) -> None:
        self._studio = studio
        self._session = studio.session
        self._canvas = studio.window.canvas
        self._witness = witness
        self._answers = answers
        self._chance = chance
        self._session.history_changed.connect(self._changed)

    def work(self) -> Iterator[None]:
        deeds = (self._stroke, self._stroke, self._long_stroke, self._drag, self._lasso, self._mend, self._generate)
        deeds += (self._save, self._export, self._opacity)
        while True:
            yield from self._chance.choice(deeds)()

    def _changed(self) -> None:
        self._witness.note("state", digest=digest(self._session.document))

    def _stroke(self, steps: int | None = None) -> Iterator[None]:
        self._canvas.set_tool("brush")
        color = [self._chance.randrange(256) for _ in range(3)]
        self._canvas.set_color(QColor(*color))
        self._witness.note("press", color=color)
        yield from self._along(steps or self._chance.randrange(3, 40), note=True)
        self._witness.note("release")

    def _long_stroke(self) -> Iterator[None]:
        yield from self._stroke(self._chance.randrange(100, 500))

    def _drag(self) -> Iterator[None]:
        self._canvas.set_tool("move")
        yield from self._along(self._chance.randrange(3, 30))

    def _lasso(self) -> Iterator[None]:
        self._canvas.set_tool("mask_lasso")
        yield from self._along(self._chance.randrange(10, 30))

    def _along(self, steps: int, *, note: bool = False) -> Iterator[None]:
        """Press, move to and fro in rows, release: a tick a move."""
        x, y = self._chance.randrange(WIDTH - 100), self._chance.randrange(HEIGHT - 100)
        QTest.mousePress(self._canvas, LEFT, Qt.KeyboardModifier.NoModifier, self._at(x, y))
        for step in range(steps):
            along, row = step % 20, step // 20
            place = (x + 5 * (along if row % 2 == 0 else 20 - along), (y + 4 * row) % HEIGHT)
            QTest.mouseMove(self._canvas, self._at(*place))
            if note:
                self._witness.note("point", x=place[0], y=place[1])
            yield
        QTest.mouseRelease(self._canvas, LEFT, Qt.KeyboardModifier.NoModifier, self._at(*place))
        yield

    def _at(self, x: int, y: int):
        return self._canvas.view_transform().to_view(QPointF(x + 0.5, y + 0.5)).toPoint()

    def _mend(self) -> Iterator[None]:
        for _ in range(self._chance.randrange(1, 4)):
            self._studio.window.actions_by_id["edit.undo"].trigger()
            yield
        if self._chance.random() < 0.5:
            self._studio.window.actions_by_id["edit.redo"].trigger()
            yield

    def _generate(self) -> Iterator[None]:
        if self._session.queue.running_job is None:
            seed = self._chance.randrange(1000)
            self._session.start(GenerationSettings(prompt="a beach", width=64, height=64, seed=seed))
        yield

    def _opacity(self) -> Iterator[None]:
        """As a slider that is dragged."""
        layer_id = self._session.document.active_id
        for _ in range(self._chance.randrange(5, 60)):
            changed = replace_layer(self._session.document, layer_id, opacity=self._chance.random())
            self._session.apply(StepKind("test", "Layer opacity"), changed, merge_key=f"opacity:{layer_id}")
            yield

    def _save(self) -> Iterator[None]:
        yield from self._write("picture.ora", digest, self._studio.window.saving.save_as)

    def _export(self) -> Iterator[None]:
        yield from self._write("picture.png", flat_digest, self._studio.window.saving.export)

    def _write(self, name: str, number: Callable[..., int], write: Callable[[], object]) -> Iterator[None]:
        self._answers.path = self._answers.path.with_name(name)
        self._witness.note("save", path=name, digest=number(self._session.document))
        write()
        yield


def paint(folder: Path, seed: int) -> None:
    """Paint in a window until killed."""
    app = make_application()
    user = {name: folder / name for name in ("config", "data", "cache")}
    (folder / "pictures").mkdir()
    answers = Answers(folder / "pictures" / "picture.ora")
    studio = build(replace(default_paths(), **user), make_runner=QuickRunner, prompts=answers)
    studio.store.change(results="layers")
    put_window_first(studio.window)
    studio.window.resize(1000, 700)
    studio.window.show()
    studio.worker.start()
    studio.window.recovery.offer()
    studio.session.open_document(new_document(WIDTH, HEIGHT), StepKind("test", "New picture"))
    canvas = studio.window.canvas
    canvas.actual_size()
    canvas.options.set("brush", diameter=9, hardness=100, smoothing=0, pressure_size=False)
    witness = Witness(folder)
    witness.note("state", digest=digest(studio.session.document))
    ticks = Painter(studio, witness, answers, random.Random(seed)).work()
    hand = QTimer(interval=TICK_MS)
    hand.timeout.connect(lambda: (witness.count(), next(ticks)))
    hand.start()
    app.exec()


def start(folder: Path, seed: int, work: Work) -> int:
    """The process of a new painter."""
    folder.mkdir()
    process = os.fork()
    if process == 0:
        try:
            with (folder / "complaints").open("w") as complaints:
                os.dup2(complaints.fileno(), 1)
                os.dup2(complaints.fileno(), 2)
            work(folder, seed)
        finally:
            os._exit(3)
    return process


def kill_all(folder: Path, count: int, at_once: int, seed: int, work: Work = paint) -> None:
    """Let ``count`` painters work, ``at_once`` at a time, and kill each soon after a random tick."""
    chance = random.Random(seed)
    ends: dict[int, tuple[Path, int]] = {}
    number = 0
    while number < count or ends:
        while number < count and len(ends) < at_once:
            place = folder / f"{number:03d}"
            ends[start(place, seed + number, work)] = (place, chance.randrange(1, LONGEST_TICKS))
            number += 1
        for process, (place, end) in list(ends.items()):
            if os.waitpid(process, os.WNOHANG)[0]:
                sys.exit(f"{place} ended by itself: {(place / 'complaints').read_text()}")
            if ticks_of(place) >= end:
                time.sleep(chance.uniform(0.0, 0.02))
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
                del ends[process]
        time.sleep(0.01)


if __name__ == "__main__":
    kill_all(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
