"""A person with several pictures open: paints in any of them, shows, opens, closes and moves them, until killed.

``python -m tests.kills.several FOLDER COUNT AT_ONCE SEED`` is as ``tests.kills.painter``, but all windows keep their
journals in one folder, as two windows of one person do. The width of a picture tells it from all others.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from studio.app import Studio, build, make_application, put_window_first
from studio.document import Document, PaintLayer, Raster, add_layer, new_document
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.paths import default_paths
from studio.session import OpenDocument
from tests.kills.evidence import TICK_MS, Witness, digest
from tests.kills.painter import LEFT, Answers, QuickRunner, kill_all

FIRST_WIDTH = 64
MOST_OPENED = 60
STEP = StepKind("test", "Dab")


class Hand:
    """`work` is one tick after the other."""

    def __init__(self, studio: Studio, witness: Witness, number: int, chance: random.Random) -> None:
        self._studio = studio
        self._session = studio.session
        self._witness = witness
        self._chance = chance
        self._widths = iter(range(FIRST_WIDTH + MOST_OPENED * number, FIRST_WIDTH + MOST_OPENED * (number + 1)))
        self._session.edited.connect(self._edited)

    def work(self) -> Iterator[None]:
        for _ in range(3):
            self._open()
            yield
        deeds = (self._dab, self._dab, self._dab, self._stroke, self._stroke, self._undo, self._show, self._generate)
        while True:
            self._chance.choice((*deeds, self._move, self._change_number))()
            yield

    def _edited(self, document: OpenDocument) -> None:
        self._witness.note("state", width=document.document.width, digest=digest(document.document))

    def _any(self) -> OpenDocument:
        return self._chance.choice(self._session.documents)

    def _dab(self) -> None:
        """Also in a picture that is not shown, as a filter or a result does."""
        target = self._any()
        target.apply(STEP, self._dabbed(target.document))

    def _dabbed(self, document: Document) -> Document:
        pixels = np.full((8, 8, 4), 255, np.uint8)
        pixels[..., :3] = [self._chance.randrange(256) for _ in range(3)]
        raster = Raster.from_array(pixels, self._chance.randrange(60), self._chance.randrange(60))
        return add_layer(document, PaintLayer(name="Dab", raster=raster))

    def _stroke(self) -> None:
        canvas = self._studio.window.canvas
        canvas.set_tool("brush")
        start = canvas.rect().center() + QPoint(self._chance.randrange(-20, 20), self._chance.randrange(-20, 20))
        QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(canvas, start + QPoint(9, 5))
        if self._chance.random() < 0.3:
            self._show()
        QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, start + QPoint(9, 5))

    def _undo(self) -> None:
        self._session.undo()

    def _show(self) -> None:
        self._session.show(self._any())

    def _generate(self) -> None:
        """The result may arrive while another picture is shown."""
        if self._session.queue.running_job is None:
            self._session.start(GenerationSettings(prompt="a beach", width=64, height=64, seed=1))

    def _move(self) -> None:
        self._session.move(self._any(), self._chance.randrange(len(self._session.documents)))

    def _change_number(self) -> None:
        if self._chance.random() < 0.2:
            if len(self._session.documents) > 3:
                self._close()
            else:
                self._open()

    def _open(self) -> None:
        width = next(self._widths)
        document = self._session.open_document(new_document(width, 64), StepKind("test", "New picture"))
        document.apply(STEP, self._dabbed(document.document))

    def _close(self) -> None:
        document = self._any()
        self._witness.note("closed", width=document.document.width)
        self._session.close(document, new_document(8, 8))


def paint(folder: Path, seed: int) -> None:
    """Paint in several pictures until killed."""
    app = make_application()
    user = {name: folder / name for name in ("config", "cache")}
    paths = replace(default_paths(), **user, data=folder.parent / "data")
    studio = build(paths, make_runner=QuickRunner, prompts=Answers(folder / "picture.ora"))
    studio.store.change(results="layers")
    put_window_first(studio.window)
    studio.window.resize(1000, 700)
    studio.window.show()
    studio.worker.start()
    studio.window.recovery.offer()
    witness = Witness(folder)
    ticks = Hand(studio, witness, int(folder.name), random.Random(seed)).work()
    hand = QTimer(interval=TICK_MS)
    hand.timeout.connect(lambda: (witness.count(), next(ticks)))
    hand.start()
    app.exec()


if __name__ == "__main__":
    kill_all(Path(sys.argv[1]), *map(int, sys.argv[2:5]), work=paint)
