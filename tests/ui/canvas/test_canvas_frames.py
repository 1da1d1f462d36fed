"""Frames on the canvas: the onion skin below and above the current one, and frames that are played."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from studio.document import (
    Document,
    GroupLayer,
    PaintLayer,
    Raster,
    add_layer,
    filled_mask,
    frames,
    go_to_frame,
    make_timeline,
    new_document,
    replace_layer,
)
from studio.history import StepKind
from studio.raster.compose import compose
from studio.session import Session
from studio.settings import OnionSkinSettings
from studio.ui.canvas.canvas_view import CanvasView
from tests.fake_worker import FakeWorker
from tests.ui.canvas.canvas_hands import Hand, labels, layer_pixel, shown

SKIN = OnionSkinSettings(enabled=True, before=1, after=2, opacity=1.0, tint_before="#ff0000", tint_after="#0000ff")
BLACK = (0, 0, 0, 255)


def block(x: int, color: tuple[int, int, int, int] = BLACK) -> Raster:
    return Raster.from_array(np.full((40, 40, 4), color, np.uint8), x, 100)


def animation() -> Document:
    """Black blocks at x = 50, 150, 250 and 350 on white, one a frame; the second frame is shown."""
    every = tuple(PaintLayer(name=str(x), id=f"at-{x}", raster=block(x)) for x in (50, 150, 250, 350))
    document = add_layer(new_document(400, 300), GroupLayer(name="Frames", id="frames", children=every))
    return go_to_frame(make_timeline(document, ("frames",), name="Frames", frame_name="Frame 1"), 1)


@pytest.fixture
def session(worker: FakeWorker) -> Session:
    return Session(animation(), worker)


def rgb(canvas: CanvasView, qtbot, x: int, y: int = 120) -> tuple[int, int, int]:
    return shown(canvas, qtbot, x, y).getRgb()[:3]


def wait_for(canvas: CanvasView, qtbot, x: int, color: tuple[int, int, int]) -> None:
    qtbot.waitUntil(lambda: rgb(canvas, qtbot, x) == color)


def test_neighbours_are_tinted_and_fade_with_their_distance(canvas, qtbot):
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    wait_for(canvas, qtbot, 260, (0, 0, 255))
    wait_for(canvas, qtbot, 360, (128, 128, 255))
    assert rgb(canvas, qtbot, 160) == (0, 0, 0)
    assert rgb(canvas, qtbot, 10) == (255, 255, 255)
    canvas.set_onion_skin(SKIN.with_changes(enabled=False))
    wait_for(canvas, qtbot, 60, (255, 255, 255))


def test_the_document_and_its_history_know_nothing_of_it(canvas, session, qtbot):
    before = compose(session.document)
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    assert (compose(session.document) == before).all()
    assert labels(session) == []
    assert not session.is_modified


def test_going_on_brings_other_neighbours(canvas, session, qtbot):
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    session.show_frame(2)
    wait_for(canvas, qtbot, 160, (255, 0, 0))
    wait_for(canvas, qtbot, 360, (0, 0, 255))
    wait_for(canvas, qtbot, 60, (255, 255, 255))
    assert rgb(canvas, qtbot, 260) == (0, 0, 0)


def test_it_lies_below_the_frame_or_above_it(canvas, session, qtbot):
    session.apply(
        StepKind("test", "Fill"), replace_layer(session.document, "at-150", raster=block(50, (0, 255, 0, 255)))
    )
    canvas.set_onion_skin(SKIN.with_changes(after=0))
    wait_for(canvas, qtbot, 60, (0, 255, 0))
    canvas.set_onion_skin(SKIN.with_changes(after=0, on_top=True))
    wait_for(canvas, qtbot, 60, (255, 0, 0))


def test_other_colours_are_taken_at_once(canvas, qtbot):
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    canvas.set_onion_skin(SKIN.with_changes(tint_before="#00ff00"))
    wait_for(canvas, qtbot, 60, (0, 255, 0))


def test_painting_over_it_changes_only_the_frame(canvas, session, hand: Hand, qtbot):
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    canvas.set_color(QColor(0, 255, 0))
    hand.press((60, 120))
    hand.move((84, 120))
    assert rgb(canvas, qtbot, 66) == (0, 255, 0)
    assert rgb(canvas, qtbot, 52, 102) == (255, 0, 0)
    hand.release((84, 120))
    assert labels(session) == ["Brush stroke"]
    assert layer_pixel(session, 66, 120) == (0, 255, 0, 255)
    assert layer_pixel(session, 52, 102) == (0, 0, 0, 0)
    assert (frames(session.document)[0].raster).bounds().x == 50


def test_a_neighbour_that_changes_is_tinted_anew(canvas, session, qtbot):
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    session.apply(StepKind("test", "Move"), replace_layer(session.document, "at-50", raster=block(0)))
    wait_for(canvas, qtbot, 10, (255, 0, 0))
    wait_for(canvas, qtbot, 60, (255, 255, 255))


def test_a_frame_of_several_layers_and_masks_is_shown_as_it_looks(canvas, session, qtbot):
    half = filled_mask(session.document.canvas.intersected(block(50).bounds()).expanded(-10))
    parts = (PaintLayer(name="masked", raster=block(50), mask=half), PaintLayer(name="hidden", visible=False))
    group = GroupLayer(name="G", id="group", children=parts, visible=False)
    document = replace_layer(session.document, "frames", children=(group, *frames(session.document)[1:]))
    session.apply(StepKind("test", "Group layers"), document)
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 70, (255, 0, 0))
    assert rgb(canvas, qtbot, 52, 102) == (255, 255, 255)


def test_the_picker_takes_the_colour_of_the_picture(canvas, hand: Hand, qtbot):
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    canvas.set_tool("picker")
    with qtbot.waitSignal(canvas.color_picked) as picked:
        hand.drag((60, 120))
    assert picked.args[0] == QColor(255, 255, 255)


def test_a_still_picture_has_no_onion_skin(canvas, session, qtbot):
    canvas.set_onion_skin(SKIN)
    wait_for(canvas, qtbot, 60, (255, 0, 0))
    session.open_document(new_document(400, 300), StepKind("test", "New picture"))
    qtbot.waitUntil(lambda: rgb(canvas, qtbot, 60) == (255, 255, 255))


def test_a_played_frame_stands_in_for_the_document(canvas, qtbot):
    image = QImage(40, 30, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 200, 0))
    canvas.show_played(image)
    assert rgb(canvas, qtbot, 160) == (0, 200, 0)
    canvas.show_played(None)
    assert rgb(canvas, qtbot, 160) == (0, 0, 0)


def test_the_canvas_says_when_work_begins_and_not_when_the_view_moves(canvas, hand: Hand):
    begun: list[str] = []
    canvas.work_began.connect(lambda: begun.append(canvas.tool()))
    for tool in ("pan", "zoom", "brush", "mask_lasso"):
        canvas.set_tool(tool)
        hand.drag((100, 50), (120, 60))
    assert begun == ["brush", "mask_lasso"]
