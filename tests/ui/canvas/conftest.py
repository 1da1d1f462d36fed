"""A canvas on a fresh picture."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from studio.document import new_document
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from tests.fake_worker import FakeWorker
from tests.ui.canvas.canvas_hands import HARD, RED, Hand

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def session(worker: FakeWorker) -> Session:
    return Session(new_document(400, 300), worker)


@pytest.fixture
def canvas(qtbot, session: Session) -> Iterator[CanvasView]:
    """A shown canvas of 400x300 at actual size, with a hard red 20 px brush."""
    view = CanvasView(session)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    qtbot.waitExposed(view)
    view.actual_size()
    view.set_color(RED)
    for tool_id in ("brush", "eraser", "mask_brush"):
        view.options.set(tool_id, **HARD)
    view.set_hint("Type, or paint")
    view.setFocus()
    yield view
    view.hide()


@pytest.fixture
def hand(canvas: CanvasView) -> Hand:
    return Hand(canvas)
