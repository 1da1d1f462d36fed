"""The picture shown repeated around itself, with strokes that go on at the other side."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from studio.document import Rect, new_document
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush
from tests.ui.canvas.canvas_hands import HARD, labels, layer_pixel, mask_value

RED = (255, 0, 0, 255)
CLEAR = (0, 0, 0, 0)


@pytest.fixture
def wrapped(canvas):
    canvas.zoom_to(0.5)
    canvas.wrap_around(True)
    return canvas


def color_at(view, x, y):
    """What the view shows at a document point, which may lie beyond the canvas."""
    view.grab()  # what is painted now is handed over then
    view.settle()
    place = view.view_transform().to_view(QPointF(x + 0.5, y + 0.5)).toPoint()
    return view.grab().toImage().pixelColor(place)


def test_a_stroke_over_the_border_goes_on_at_the_other_side_in_one_step(wrapped, hand, session):
    canvas = session.document.canvas
    hand.drag((canvas.right - 20, 100), (canvas.right + 20, 100))
    assert labels(session) == ["Brush stroke"]
    for x in (canvas.right - 10, 10):
        assert layer_pixel(session, x, 100) == RED
    assert layer_pixel(session, 60, 100) == CLEAR
    bounds = session.document.active_layer.raster.bounds()
    assert bounds.intersected(canvas) == bounds, "nothing is painted where nobody sees it"


def test_the_copies_show_the_stroke_while_it_is_painted(wrapped, hand, session):
    canvas = session.document.canvas
    hand.press((-10, -10))
    hand.move((-60, -10))
    for x, y in ((-40, -10), (canvas.right - 40, canvas.bottom - 10), (canvas.right - 40, -10)):
        assert color_at(wrapped, x, y) == QColor(255, 0, 0)
    assert labels(session) == []
    hand.release((-60, -10))
    assert layer_pixel(session, canvas.right - 40, canvas.bottom - 10) == RED


@pytest.mark.parametrize(("tool", "value"), [("mask_brush", 255), ("eraser", None)])
def test_other_brushes_go_around_too(wrapped, hand, session, tool, value):
    canvas = session.document.canvas
    hand.drag((canvas.right - 30, 100), (canvas.right - 1, 100), (canvas.right + 30, 100))
    wrapped.options.set("mask_brush", **HARD)
    wrapped.set_tool(tool)
    hand.drag((canvas.right - 30, 100), (canvas.right + 30, 100))
    if value is None:
        assert layer_pixel(session, 10, 100) == CLEAR
    else:
        assert mask_value(session, 10, 100) == value


def test_off_shows_one_picture_and_paints_as_before(wrapped, hand, session):
    wrapped.wrap_around(False)
    canvas = session.document.canvas
    beyond = color_at(wrapped, canvas.right + 10, 200)
    hand.drag((canvas.right - 20, 100), (canvas.right + 20, 100))
    assert layer_pixel(session, 10, 100) == CLEAR
    assert color_at(wrapped, canvas.right + 10, 200) == beyond


@pytest.mark.parametrize("diameter", [9, 40, 150])
def test_a_stroke_looks_the_same_wherever_the_border_lies(diameter):
    """What is painted over a corner is what is painted in the middle, moved around; also by a brush larger than all."""
    around = Rect(0, 0, 96, 64)
    layer = new_document(96, 64, background=None).layers[0]

    def painted(x, y):
        brush = Brush(diameter=diameter, hardness=0.5, opacity=0.7, rgba=RED, pressure_size=False)
        stroke = Stroke(layer.raster, brush, around=around)
        for step in (0, 20, 40):
            stroke.move_to(x + step, y + step / 2)
        return stroke.commit().read(around).astype(int)

    middle, corner = painted(28.5, 22.5), painted(28.5 + 48, 22.5 + 32 - 640)
    assert middle.any()
    assert np.array_equal(np.roll(middle, (32, 48), (0, 1)), corner)


def test_a_fill_goes_on_at_the_other_side_and_is_poured_in_a_copy_too(wrapped, hand, session):
    canvas = session.document.canvas
    wrapped.options.set("brush", **HARD)
    for x in (80, canvas.right - 80):
        hand.drag((x, -4), (x, canvas.bottom + 4))  # two walls: one room lies across the border
    wrapped.set_tool("fill")
    wrapped.set_color(QColor(0, 0, 255))
    hand.press((-canvas.width + 4, 100))
    assert labels(session)[-1] == "Fill"
    for x in (2, canvas.right - 2):
        assert layer_pixel(session, x, 100) == (0, 0, 255, 255)
    assert layer_pixel(session, canvas.width // 2, 100) == CLEAR


def test_a_layer_that_is_moved_out_comes_in_at_the_other_side(wrapped, hand, session):
    canvas = session.document.canvas
    hand.drag((canvas.right - 12, 100), (canvas.right - 11, 100))
    before = session.document.active_layer.raster.read(canvas)
    wrapped.set_tool("move")
    hand.drag((200, 100), (230, 90))
    assert labels(session)[-1] == "Move layer"
    assert np.array_equal(session.document.active_layer.raster.read(canvas), np.roll(before, (-10, 30), (0, 1)))
    assert layer_pixel(session, 19, 90) == RED
    hand.drag((200, 90), (200 - 30 - 2 * canvas.width, 100))
    assert np.array_equal(session.document.active_layer.raster.read(canvas), before)
