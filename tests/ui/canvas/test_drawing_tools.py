"""Lines, shapes and gradients by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from studio.document import Rect
from studio.ui.canvas.canvas_view import CanvasView
from tests.ui.canvas.canvas_hands import SHIFT, Hand, labels, layer_pixel

RED = (255, 0, 0, 255)


@pytest.fixture(autouse=True)
def pen(canvas: CanvasView) -> None:
    canvas.options.set("brush", diameter=6.0, hardness=100.0, smoothing=0.0)
    canvas.set_color(QColor(255, 0, 0), QColor(0, 0, 255))


def test_a_line_a_rectangle_and_an_ellipse(canvas: CanvasView, hand: Hand, session) -> None:
    canvas.set_tool("draw_line")
    hand.drag((20, 50), (120, 50))
    canvas.set_tool("draw_rectangle")
    canvas.options.set("drawn_shape", outline=False, filled=True)
    hand.drag((150, 20), (190, 60))
    canvas.set_tool("draw_ellipse")
    canvas.options.set("drawn_shape", outline=True, filled=False)
    hand.drag((220, 20), (300, 100))
    assert [layer_pixel(session, *place) for place in ((70, 50), (170, 40), (260, 20))] == [RED] * 3
    assert [layer_pixel(session, *place)[3] for place in ((70, 60), (200, 40), (260, 60))] == [0] * 3
    assert labels(session) == ["Shape"] * 3


def test_a_polygon_is_closed_by_its_first_corner_and_a_curve_bends(canvas: CanvasView, hand: Hand, session) -> None:
    canvas.set_tool("draw_polygon")
    canvas.options.set("drawn_shape", outline=True, filled=True)
    for corner in ((20, 20), (100, 20), (60, 100), (20, 20)):
        hand.drag(corner)
    assert layer_pixel(session, 60, 50) == RED
    canvas.set_tool("draw_curve")
    canvas.options.set("drawn_shape", outline=True, filled=False)
    hand.drag((150, 150), (150, 50))
    hand.drag((300, 150), (300, 250))
    hand.key(Qt.Key.Key_Return)
    assert labels(session) == ["Shape", "Shape"]
    painted = session.document.active_paint_layer.raster.read(Rect(150, 60, 150, 80))[..., 3]
    assert painted.max() > 200, "it bends upwards, away from the straight line"
    canvas.set_tool("draw_polygon")
    hand.drag((20, 200))
    hand.key(Qt.Key.Key_Escape)
    assert labels(session) == ["Shape", "Shape"]


def test_shapes_are_mirrored_and_said_to_be_outside_of_the_selection(canvas: CanvasView, hand: Hand, session) -> None:
    canvas.options.set("symmetry", across=True)
    canvas.options.set("drawn_shape", outline=False, filled=True)
    canvas.set_tool("draw_rectangle")
    hand.drag((20, 20), (60, 60))
    width = session.document.width
    assert layer_pixel(session, 40, 40) == layer_pixel(session, width - 40, 40) == RED


def test_a_gradient_ends_in_the_other_colour_or_in_nothing(canvas: CanvasView, hand: Hand, session) -> None:
    canvas.set_tool("gradient")
    hand.drag((0, 100), (200, 110), modifiers=SHIFT)
    assert layer_pixel(session, 2, 10)[0] > 250
    assert layer_pixel(session, 220, 290) == (0, 0, 255, 255)
    session.undo()
    canvas.options.set("gradient", ends="nothing")
    hand.drag((0, 100), (200, 100))
    assert layer_pixel(session, 220, 290)[3] == 0
    assert labels(session) == ["Gradient"]
